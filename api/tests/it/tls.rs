//! The program speaks TLS itself, where it is given a certificate.

use crate::attacks::crowd::{crowd, is_soon};
use crate::program::{SECRETS, api, one_line};
use crate::server::{Server, rest};
use std::fs::{self, Permissions};
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::version::{TLS12, TLS13};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, ProtocolVersion, RootCertStore};
use tokio_rustls::rustls::{Stream, SupportedProtocolVersion};

const REQUEST: &[u8] = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

/// A folder with a certificate for `localhost` that signs for itself.
struct Authority {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Authority {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let certificate = issue(folder.path());
        Self {
            folder,
            certificate,
        }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn starts(&self) -> Server {
        Server::start(&[
            ("PUBLIC_URL", "https://localhost"),
            ("TLS_CERTIFICATE", &self.path("certificate.pem")),
            ("TLS_KEY", &self.path("key.pem")),
        ])
    }
}

/// Writes a new certificate as a tool for renewal would: the key first, each at once.
fn issue(folder: &Path) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    for (name, text) in [
        ("key.pem", made.signing_key.serialize_pem()),
        ("certificate.pem", made.cert.pem()),
    ] {
        let unfinished = folder.join("new");
        fs::write(&unfinished, text).unwrap();
        fs::set_permissions(&unfinished, Permissions::from_mode(0o600)).unwrap();
        fs::rename(&unfinished, folder.join(name)).unwrap();
    }
    made.cert.der().clone()
}

type Spoken = (ProtocolVersion, String);

/// Asks over TLS of that version, trusting only that certificate.
fn asks(
    server: &Server,
    version: &'static SupportedProtocolVersion,
    trusted: &CertificateDer<'static>,
) -> std::io::Result<Spoken> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(default_provider()))
        .with_protocol_versions(&[version])
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("localhost").unwrap();
    let mut connection = ClientConnection::new(Arc::new(config), name).unwrap();
    let mut socket = server.connects()?;
    let mut stream = Stream::new(&mut connection, &mut socket);
    stream.write_all(REQUEST)?;
    let mut answer = String::new();
    // The server may close without saying so.
    let _ = stream.read_to_string(&mut answer);
    Ok((connection.protocol_version().unwrap(), answer))
}

#[test]
fn both_versions_of_today_are_spoken_and_browsers_are_told_to_stay() {
    let authority = Authority::new();
    let server = authority.starts();
    // Somebody who says nothing keeps nobody waiting.
    let _silent = server.connects().unwrap();
    for (version, named) in [
        (&TLS12, ProtocolVersion::TLSv1_2),
        (&TLS13, ProtocolVersion::TLSv1_3),
    ] {
        let (spoken, answer) = asks(&server, version, &authority.certificate).unwrap();
        assert_eq!(spoken, named);
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        let hsts = "strict-transport-security: max-age=63072000; includeSubDomains";
        assert!(answer.contains(hsts), "{answer}");
    }
    let stranger = Authority::new();
    assert!(asks(&server, &TLS13, &stranger.certificate).is_err());
}

/// 600 of them made every handshake take eight to ten seconds.
#[test]
fn silent_connections_keep_nobody_from_shaking_hands() {
    let authority = Authority::new();
    let server = authority.starts();
    let asks_soon = |version| {
        is_soon(|| {
            let (_, answer) = asks(&server, version, &authority.certificate).unwrap();
            assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        });
    };
    let _silent = crowd(&server, 600, b"");
    asks_soon(&TLS12);
    asks_soon(&TLS13);
    let _half = crowd(&server, 600, b"\x16\x03\x01\x02\x00\x01");
    asks_soon(&TLS12);
    asks_soon(&TLS13);
}

/// RFC 8996.
#[test]
fn older_versions_and_plain_http_are_refused() {
    let authority = Authority::new();
    let server = authority.starts();
    for minor in [0, 1, 2] {
        // A fatal alert, protocol_version (RFC 8446, section 6.2).
        let alert = is_told(&server, minor);
        assert_eq!((alert[0], alert[5], alert[6]), (21, 2, 70), "{alert:?}");
    }
    // It was the version: the same with TLS 1.2 is answered by a handshake.
    assert_eq!(is_told(&server, 3)[0], 22);
    let answer = server.says(REQUEST);
    assert!(!answer.contains("HTTP/1.1"), "{answer}");
    let answer = asks(&server, &TLS13, &authority.certificate).unwrap().1;
    assert!(
        answer.starts_with("HTTP/1.1 200 "),
        "and it goes on: {answer}"
    );
}

/// The beginning of the answer to a client that knows no newer version than that.
fn is_told(server: &Server, minor: u8) -> [u8; 7] {
    let mut socket = server.connects().unwrap();
    socket.write_all(&client_hello(minor)).unwrap();
    let mut told = [0; 7];
    socket.read_exact(&mut told).unwrap();
    told
}

/// A `ClientHello` (RFC 5246, section 7.4.1.2) of SSL 3.0 or TLS 1.0 to 1.2.
fn client_hello(minor: u8) -> Vec<u8> {
    let random = [7; 32];
    let suites = [0, 4, 0xc0, 0x2b, 0xc0, 0x09];
    let groups = [0, 10, 0, 4, 0, 2, 0, 0x17];
    let points = [0, 11, 0, 2, 1, 0];
    let signatures = [0, 13, 0, 4, 0, 2, 4, 3];
    let extensions = [&groups[..], &points, &signatures].concat();
    let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
    let body = [
        &[3, minor][..],
        &random,
        &[0],
        &suites,
        &[1, 0, 0, length(&extensions)],
        &extensions,
    ]
    .concat();
    let message = [&[1, 0, 0, length(&body)], &body[..]].concat();
    [&[22, 3, 1, 0, length(&message)], &message[..]].concat()
}

#[test]
fn a_renewed_certificate_is_taken_without_a_restart() {
    let authority = Authority::new();
    let server = authority.starts();
    // What is broken meanwhile changes nothing.
    fs::write(authority.path("certificate.pem"), "half a cert").unwrap();
    let renewed = issue(authority.folder.path());
    let taken = (0..20_000).any(|_| {
        let old = asks(&server, &TLS13, &authority.certificate);
        let new = asks(&server, &TLS13, &renewed);
        assert!(old.is_ok() || new.is_ok() || asks(&server, &TLS13, &renewed).is_ok());
        new.is_ok()
    });
    assert!(taken, "it is never taken");
    server.is_asked_to_stop();
    let (status, log) = server.ends();
    assert!(status.success(), "{log}");
    assert!(log.contains("the certificate was renewed"), "{log}");
}

#[test]
fn what_is_no_certificate_stops_the_start() {
    let authority = Authority::new();
    let other = Authority::new();
    let open = authority.path("open.pem");
    fs::copy(authority.path("key.pem"), &open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o604)).unwrap();
    let (certificate, key) = (authority.path("certificate.pem"), authority.path("key.pem"));
    for (certificate, key, variable) in [
        (&certificate, &authority.path("nowhere.pem"), "TLS_KEY"),
        (&authority.path("nowhere.pem"), &key, "TLS_CERTIFICATE"),
        (&key, &key, "TLS_CERTIFICATE"),
        (&certificate, &certificate, "TLS_KEY"),
        (&certificate, &other.path("key.pem"), "TLS_KEY"),
        (&certificate, &open, "TLS_KEY"),
    ] {
        let mut variables = SECRETS.to_vec();
        variables.push(("PUBLIC_URL", "https://localhost"));
        variables.extend([("TLS_CERTIFICATE", certificate.as_str()), ("TLS_KEY", key)]);
        let folder = TempDir::new().unwrap();
        let said = one_line(&api(&folder, &["serve"], &variables), 2);
        assert!(said.starts_with(&format!("error: {variable} ")), "{said}");
    }
    let mut talk = authority.starts().connects().unwrap();
    drop(rest(&mut talk));
}

/// Its certificate is for the name that browsers use; who asks here knows where it asks.
#[test]
fn a_server_that_speaks_tls_is_asked_how_it_is_over_tls() {
    let authority = Authority::new();
    let server = authority.starts();
    let certificate = authority.path("certificate.pem");
    let folder = TempDir::new().unwrap();
    let variables = [
        ("LISTEN", &*server.address),
        ("TLS_CERTIFICATE", &*certificate),
    ];
    assert!(api(&folder, &["health"], &variables).status.success());
    let plain = one_line(&api(&folder, &["health"], &variables[..1]), 1);
    assert!(plain.contains("/readyz of"), "{plain}");
}
