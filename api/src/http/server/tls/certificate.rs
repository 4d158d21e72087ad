use crate::config::{ConfigError, TlsFiles};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::MetadataExt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::server::{ClientHello, ResolvesServerCert, ServerConfig};
use tokio_rustls::rustls::sign::CertifiedKey;
use tokio_rustls::rustls::version::{TLS12, TLS13};
use zeroize::Zeroizing;

/// How soon a renewed certificate is taken.
const RENEW_EVERY: Duration = Duration::from_secs(1);
/// Everybody but the owner and its group.
const OPEN_TO_OTHERS: u32 = 0o007;

/// The certificate of this process; it follows its files.
#[derive(Clone)]
pub struct Certificate(Arc<Inner>);

struct Inner {
    files: TlsFiles,
    seen: Mutex<Result<Pem, String>>,
    current: RwLock<Arc<CertifiedKey>>,
}

/// The two files as they were read.
#[derive(PartialEq, Eq)]
struct Pem {
    certificate: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Certificate {
    /// Reads the files, which must belong together.
    pub fn open(files: TlsFiles) -> Result<Self, ConfigError> {
        let pem = Pem::read(&files)?;
        let current = RwLock::new(Arc::new(pem.certified()?));
        Ok(Self(Arc::new(Inner {
            files,
            seen: Mutex::new(Ok(pem)),
            current,
        })))
    }

    /// Takes renewed files until it is dropped.
    pub async fn watch(self) {
        let mut ticks = tokio::time::interval(RENEW_EVERY);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let certificate = self.clone();
            let renewed = tokio::task::spawn_blocking(move || certificate.0.reload()).await;
            renewed.expect("BUG: reading the certificate panicked");
        }
    }

    /// TLS 1.2 and 1.3, nothing older (RFC 8996), with the library's own choice of suites.
    pub fn acceptor(&self) -> TlsAcceptor {
        let builder = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_protocol_versions(&[&TLS13, &TLS12])
            .expect("BUG: the library knows both versions");
        let resolver: Arc<Inner> = Arc::clone(&self.0);
        let mut config = builder.with_no_client_auth().with_cert_resolver(resolver);
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Arc::new(config).into()
    }
}

impl Inner {
    /// Takes the files if they changed and belong together; else what was good stays, and what is
    /// wrong is said once.
    fn reload(&self) {
        let read = Pem::read(&self.files).map_err(|error| error.to_string());
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if *seen == read {
            return;
        }
        let certified = read.as_ref().map_err(Clone::clone);
        let certified = certified.and_then(|pem| pem.certified().map_err(|e| e.to_string()));
        match certified {
            Ok(key) => {
                tracing::info!("the certificate was renewed");
                let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
                *current = Arc::new(key);
            }
            Err(problem) => tracing::error!(problem, "the certificate was not renewed"),
        }
        *seen = read;
    }
}

impl Pem {
    fn read(files: &TlsFiles) -> Result<Self, ConfigError> {
        let remedy = "name a PEM file that this user can read";
        let cannot = |error: io::Error| format!("cannot be read ({error})");
        let key = || {
            let file = File::open(&files.key).map_err(cannot)?;
            let mode = file.metadata().map_err(cannot)?.mode();
            if mode & OPEN_TO_OTHERS != 0 {
                return Err("is a file that everybody can open: chmod 600".to_owned());
            }
            fs::read(&files.key).map(Zeroizing::new).map_err(cannot)
        };
        let refuse = |variable| move |problem| ConfigError::new(variable, problem, remedy);
        Ok(Self {
            certificate: fs::read(&files.certificate)
                .map_err(cannot)
                .map_err(refuse("TLS_CERTIFICATE"))?,
            key: key().map_err(refuse("TLS_KEY"))?,
        })
    }

    fn certified(&self) -> Result<CertifiedKey, ConfigError> {
        let refuse = |variable, problem| {
            let remedy = "name the PEM files of one certificate with its chain and its private key";
            ConfigError::new(variable, problem, remedy)
        };
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&self.certificate).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| refuse("TLS_CERTIFICATE", "holds no certificate"))?;
        let key = PrivateKeyDer::from_pem_slice(&self.key);
        let key = key.map_err(|_| refuse("TLS_KEY", "holds no private key"))?;
        let certified = CertifiedKey::from_der(chain, key, &aws_lc_rs::default_provider());
        certified.map_err(|_| refuse("TLS_KEY", "does not fit TLS_CERTIFICATE"))
    }
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Certificate(..)")
    }
}

impl ResolvesServerCert for Inner {
    fn resolve(&self, _hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        Some(Arc::clone(&current))
    }
}
