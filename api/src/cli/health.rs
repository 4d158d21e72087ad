//! What a container or a supervisor asks every few seconds, without a shell or curl.

mod tls;

use super::CliError;
use crate::config::{ConfigError, HealthSettings};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;

/// A server that takes longer is not well.
const TIMEOUT: Duration = Duration::from_secs(3);
/// `HTTP/1.1 200` is all of the answer that is needed (RFC 9112, section 4).
const MAX_STATUS_LINE: usize = 12;

/// Asks the server that listens here whether it can work, or only whether it is alive.
pub(super) async fn health(settings: &HealthSettings) -> Result<(), CliError> {
    let listen = settings.check()?;
    let address = reachable(listen)?;
    let path = if settings.alive {
        "/healthz"
    } else {
        "/readyz"
    };
    let asked = tokio::time::timeout(TIMEOUT, ask(address, settings.is_tls(), path)).await;
    let status = match asked {
        Err(_) => Err("it does not answer in time".to_owned()),
        Ok(Err(error)) => Err(error.to_string()),
        Ok(Ok(status)) => Ok(status),
    };
    match status {
        Ok(200) => {
            println!("{path} at {address}: 200");
            Ok(())
        }
        Ok(status) => Err(CliError::Other(format!(
            "{path} of {address} says {status}"
        ))),
        Err(problem) => Err(CliError::Other(format!("{path} of {address}: {problem}"))),
    }
}

/// Where this machine reaches what listens there.
fn reachable(listen: SocketAddr) -> Result<SocketAddr, ConfigError> {
    if listen.port() == 0 {
        let problem = "has port 0, which the system chooses";
        return Err(ConfigError::new("LISTEN", problem, "name the port"));
    }
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    Ok(SocketAddr::new(ip, listen.port()))
}

async fn ask(address: SocketAddr, is_tls: bool, path: &str) -> io::Result<u16> {
    let stream = TcpStream::connect(address).await?;
    if is_tls {
        status(tls::wrap(stream, address).await?, address, path).await
    } else {
        status(stream, address, path).await
    }
}

async fn status(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    address: SocketAddr,
    path: &str,
) -> io::Result<u16> {
    let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    stream.flush().await?;
    let mut start = [0; MAX_STATUS_LINE];
    stream.read_exact(&mut start).await?;
    let start = String::from_utf8_lossy(&start);
    let code = start
        .strip_prefix("HTTP/1.1 ")
        .and_then(|code| code.parse().ok());
    code.ok_or_else(|| io::Error::other("it does not speak HTTP"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_listens_everywhere_is_asked_on_loopback() {
        for (listen, asked) in [
            ("0.0.0.0:8000", "127.0.0.1:8000"),
            ("[::]:8000", "[::1]:8000"),
            ("10.0.0.1:8000", "10.0.0.1:8000"),
        ] {
            let address = reachable(listen.parse().expect(listen)).expect(listen);
            assert_eq!(address.to_string(), asked);
        }
        assert!(reachable("127.0.0.1:0".parse().expect("an address")).is_err());
    }
}
