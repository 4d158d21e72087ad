//! Where an address is, as far as that can be told without asking anybody.

use super::text;
use std::net::IpAddr;

/// The address in words.
pub fn place(ip: &str) -> String {
    match ip.parse() {
        Ok(IpAddr::V4(ip)) if ip.is_loopback() => text::THIS_COMPUTER.say().to_owned(),
        Ok(IpAddr::V6(ip)) if ip.is_loopback() => text::THIS_COMPUTER.say().to_owned(),
        Ok(IpAddr::V4(v4)) if v4.is_private() => text::THIS_NETWORK.fill(&[ip]),
        Ok(IpAddr::V6(v6)) if v6.is_unique_local() => text::THIS_NETWORK.fill(&[ip]),
        _ => ip.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_places_have_words() {
        assert_eq!(place("127.0.0.1"), "this computer");
        assert_eq!(place("::1"), "this computer");
        assert_eq!(place("192.168.1.7"), "a private network (192.168.1.7)");
        assert_eq!(place("203.0.113.9"), "203.0.113.9");
        assert_eq!(place("unix"), "unix");
    }
}
