//! The client's address. Forwarded headers are believed only from proxies that are named in the
//! configuration, and counted from the right: everything left of our own proxies the client wrote.

use crate::auth::client_info::ClientInfo;
use crate::config::IpNet;
use crate::http::state;
use poem::http::{HeaderMap, header};
use poem::{FromRequest, Request, RequestBody};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

const FORWARDED_FOR: &str = "x-forwarded-for";

/// Who is at the other end of the line, for handlers.
pub struct ClientIp(pub ClientInfo);

impl<'a> FromRequest<'a> for ClientIp {
    async fn from_request(request: &'a Request, _body: &mut RequestBody) -> poem::Result<Self> {
        let trusted = &state(request).config.trusted_proxies;
        Ok(Self(client_info(request, trusted)))
    }
}

/// Whether one of our proxies speaks, and not the client itself.
pub fn is_by_proxy(request: &Request, trusted: &[IpNet]) -> bool {
    let peer = peer(request);
    trusted.iter().any(|network| network.contains(peer))
}

fn peer(request: &Request) -> IpAddr {
    let peer = request.remote_addr().as_socket_addr();
    // Without a socket, as in a test, the request comes from this machine.
    peer.map_or(Ipv4Addr::LOCALHOST.into(), SocketAddr::ip)
}

fn client_info(request: &Request, trusted: &[IpNet]) -> ClientInfo {
    let agent = request.headers().get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok());
    ClientInfo::new(client(peer(request), request.headers(), trusted), agent)
}

pub(crate) fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(address));
    let lines: Vec<_> = headers.get_all(FORWARDED_FOR).iter().collect();
    let mut hops = lines
        .iter()
        .rev()
        .flat_map(|line| line.to_str().unwrap_or("?").rsplit(','))
        .map(|hop| hop.trim_matches([' ', '\t']))
        // RFC 9110, section 5.6.1.2: empty elements count for nothing.
        .filter(|hop| !hop.is_empty());
    let mut client = peer;
    while is_trusted(client) {
        match hops.next().map(address) {
            Some(Some(hop)) => client = hop,
            // Nonsense was written by somebody we cannot tell from the last proxy.
            Some(None) | None => break,
        }
    }
    client.to_canonical()
}

/// Some proxies add the port, some put a version 6 address in brackets.
fn address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse().ok().map(|socket: SocketAddr| socket.ip());
    let bracketed = || {
        let inside = hop.strip_prefix('[')?.strip_suffix(']')?;
        inside.parse().ok().map(IpAddr::V6)
    };
    hop.parse().ok().or_else(with_port).or_else(bracketed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(trusted: &str, peer: &str, forwarded: &[&str], expected: &str) {
        let trusted = IpNet::parse_list(trusted).expect("it is a list");
        let mut headers = HeaderMap::new();
        for line in forwarded {
            headers.append(FORWARDED_FOR, line.parse().expect("it is a header"));
        }
        let peer = peer.parse().expect("it is an address");
        assert_eq!(client(peer, &headers, &trusted).to_string(), expected);
    }

    #[test]
    fn nobody_is_believed_unless_named() {
        check("", "192.0.2.1", &["198.51.100.7"], "192.0.2.1");
        check("10.0.0.0/8", "192.0.2.1", &["198.51.100.7"], "192.0.2.1");
    }

    #[test]
    fn hops_are_counted_from_the_right() {
        let proxies = "10.0.0.0/8";
        check(proxies, "10.0.0.1", &["198.51.100.7"], "198.51.100.7");
        check(
            proxies,
            "10.0.0.1",
            &["1.1.1.1, 198.51.100.7"],
            "198.51.100.7",
        );
        check(
            proxies,
            "10.0.0.1",
            &["1.1.1.1, 198.51.100.7, 10.0.0.2"],
            "198.51.100.7",
        );
        check(
            proxies,
            "10.0.0.1",
            &["1.1.1.1", "198.51.100.7"],
            "198.51.100.7",
        );
        check(
            proxies,
            "::ffff:10.0.0.1",
            &["198.51.100.7"],
            "198.51.100.7",
        );
        check(proxies, "10.0.0.1", &[], "10.0.0.1");
        check(proxies, "10.0.0.1", &["198.51.100.7, nonsense"], "10.0.0.1");
        check(proxies, "10.0.0.1", &[""], "10.0.0.1");
        check(
            proxies,
            "10.0.0.1",
            &["198.51.100.7 ,, \t10.0.0.2 ,", " "],
            "198.51.100.7",
        );
    }

    #[test]
    fn a_hop_may_have_its_port() {
        let proxies = "10.0.0.0/8";
        for (hop, expected) in [
            ("198.51.100.7:4711", "198.51.100.7"),
            ("[2001:db8::7]:4711", "2001:db8::7"),
            ("2001:db8::7", "2001:db8::7"),
            ("198.51.100.7:", "10.0.0.1"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[198.51.100.7]", "10.0.0.1"),
        ] {
            check(proxies, "10.0.0.1", &[hop], expected);
        }
    }
}
