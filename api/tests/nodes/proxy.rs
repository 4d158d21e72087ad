//! The proxy in front of the nodes, with the configuration that people deploy.

use crate::port;
use crate::tab::get;
use crate::wait::until;
use std::fs;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const HAPROXY: &str = include_str!("../../../docs/proxies/haproxy.cfg");
const NGINX: &str = include_str!("../../../docs/proxies/nginx.conf");

/// Runs the proxy, and ends it when its standard input ends: the other end of that is ours, and the
/// kernel closes it for us when we die in any way.
const KEEPER: &str = r#"
trap '' HUP INT TERM
(trap - HUP INT TERM; exec "$@") </dev/null &
cat >/dev/null
kill $!
wait
"#;

/// A running proxy.
pub struct Proxy {
    pub address: String,
    /// Where it says what it thinks of the nodes.
    stats: Option<String>,
    keeper: Child,
    _folder: TempDir,
}

impl Proxy {
    pub fn haproxy(nodes: [&str; 3]) -> Self {
        let stats = format!("127.0.0.1:{}", port::fresh());
        let tls = ":443 ssl crt /etc/haproxy/site.pem alpn h2,http/1.1";
        let run = |file: &str| format!("haproxy -db -f {file}");
        let mut proxy = Self::start(HAPROXY, (tls, &[("127.0.0.1:8404", &stats)]), nodes, run);
        proxy.stats = Some(stats);
        proxy
    }

    pub fn nginx(nodes: [&str; 3]) -> Self {
        let certificate = [
            ("ssl_certificate /etc/nginx/site.crt;", ""),
            ("ssl_certificate_key /etc/nginx/site.key;", ""),
        ];
        let run = |file: &str| {
            let own = format!("daemon off; pid {file}.pid; error_log {file}.log;");
            format!("nginx -p / -c {file} -g '{own}'")
        };
        Self::start(NGINX, ("443 ssl http2", &certificate), nodes, run)
    }

    /// With other addresses than the file's, and without TLS.
    fn start(
        file: &str,
        (listen, more): (&str, &[(&str, &str)]),
        nodes: [&str; 3],
        run: impl Fn(&str) -> String,
    ) -> Self {
        let address = format!("127.0.0.1:{}", port::fresh());
        let hosts = ["10.0.0.11:8000", "10.0.0.12:8000", "10.0.0.13:8000"];
        let own = hosts.into_iter().zip(nodes);
        let all = own.chain([(listen, &*address)]).chain(more.iter().copied());
        let text = all.fold(file.to_owned(), |text, (theirs, ours)| {
            assert_eq!(text.matches(theirs).count(), 1, "{theirs}");
            text.replace(theirs, ours)
        });
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("proxy.conf");
        fs::write(&path, text).unwrap();
        let mut command = Command::new("/bin/sh");
        command.args(["-c", KEEPER, "keeper", "/bin/sh", "-c"]);
        command.arg(format!("exec {}", run(path.to_str().unwrap())));
        command.env_clear().env("PATH", "/usr/sbin:/usr/bin:/bin");
        let keeper = command.stdin(Stdio::piped()).spawn().unwrap();
        until("the proxy lets somebody through", || {
            get(&address, "/readyz", "").is_some_and(|answer| answer.status == 200)
        });
        Self {
            address,
            stats: None,
            keeper,
            _folder: folder,
        }
    }

    /// Waits until it thinks that of a node.
    pub fn thinks(&self, node: usize, opinion: &str) {
        let name = ["one", "two", "three"][node];
        let stats = self.stats.as_deref().expect("only HAProxy says so");
        until("the proxy has noticed", || {
            let table = get(stats, "/;csv", "").unwrap();
            let mut lines = table.text().lines();
            let line = lines.find(|line| line.starts_with(&format!("nodes,{name},")));
            line.unwrap().split(',').any(|cell| cell == opinion)
        });
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
