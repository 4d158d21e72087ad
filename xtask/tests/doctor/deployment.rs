//! The API as somebody would deploy it: its program, an app with compressed copies, one person.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use tempfile::TempDir;

pub const PASSWORD: &str = "correct zebra battery plum";

const INDEX: &str = "<!doctype html><title>a</title>\
    <link rel=\"preload\" href=\"/web-0123456789abcdef_bg.wasm\" as=\"fetch\">";
const APP: [(&str, &str); 4] = [
    ("index.html", INDEX),
    ("web-0123456789abcdef_bg.wasm", "plain wasm"),
    ("web-0123456789abcdef_bg.wasm.br", "small wasm"),
    ("shown.txt", "# TYPE a counter\n"),
];

/// A running API, which ends with the story.
pub struct Deployment {
    /// What browsers see, unless something stands before it.
    pub url: String,
    pub address: String,
    child: Child,
    _folder: TempDir,
}

impl Deployment {
    /// With these variables besides the usual ones.
    pub fn start(more: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().expect("a folder"), "http", more)
    }

    /// With a certificate that nobody signed.
    pub fn with_tls() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name).display().to_string();
        let (key, certificate) = (path("key.pem"), path("certificate.pem"));
        let made = Command::new("openssl")
            .args([
                "req", "-x509", "-newkey", "ed25519", "-nodes", "-days", "90",
            ])
            .args([
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
            ])
            .args(["-keyout", &key, "-out", &certificate])
            .stderr(Stdio::null())
            .status();
        assert!(made.expect("openssl runs").success());
        let tls = [("TLS_KEY", &*key), ("TLS_CERTIFICATE", &certificate)];
        Self::start_in(folder, "https", &tls)
    }

    fn start_in(folder: TempDir, scheme: &str, more: &[(&str, &str)]) -> Self {
        for (name, text) in APP {
            fs::write(folder.path().join(name), text).expect("it is ours to write");
        }
        let address = free_address();
        let url = format!("{scheme}://{address}");
        let app = folder.path().display().to_string();
        let mut all = vec![
            ("LISTEN", &*address),
            ("PUBLIC_URL", &url),
            ("STATIC_DIR", &app),
        ];
        all.extend(more);
        run(folder.path(), &["migrate"], &all, "");
        run(folder.path(), &["user", "create", "alice"], &all, PASSWORD);
        let mut serve = command(folder.path(), &["serve"], &all);
        let mut child = serve.stderr(Stdio::piped()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stderr.take().expect("it is a pipe")).lines();
        let is_up = |line: &std::io::Result<String>| {
            line.as_ref()
                .is_ok_and(|line| line.contains("server started"))
        };
        assert!(lines.by_ref().any(|line| is_up(&line)), "it listens");
        // It must not wait for somebody to read what it says.
        std::thread::spawn(move || lines.for_each(drop));
        Self {
            url,
            address,
            child,
            _folder: folder,
        }
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Nobody listens there now.
fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound").to_string()
}

fn run(folder: &Path, args: &[&str], variables: &[(&str, &str)], typed: &str) {
    let mut command = command(folder, args, variables);
    command
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .stdout(Stdio::null());
    let mut child = command.spawn().expect("it runs");
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let _ = writeln!(stdin, "{typed}");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{output:?}");
}

fn command(folder: &Path, args: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program());
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("JWT_SECRET", "0123456789abcdef0123456789abcdef")
        .env("REFRESH_TOKEN_SECRET", "fedcba9876543210fedcba9876543210")
        .env("ARGON2_MEMORY_KIB", "7168")
        .env("ARGON2_ITERATIONS", "1")
        .envs(variables.iter().copied());
    command
}

/// The API's program, built as it stands.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let built = Command::new("cargo")
            .args(["build", "--quiet", "-p", "api"])
            .status();
        assert!(built.expect("cargo runs").success());
        let folder = Path::new(env!("CARGO_BIN_EXE_xtask")).parent();
        folder.expect("it lies in a folder").join("api")
    })
}
