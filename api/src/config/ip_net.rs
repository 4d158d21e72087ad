use super::ConfigError;
use std::net::IpAddr;

/// An address, or a block of addresses like `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IpNet {
    address: IpAddr,
    prefix: u32,
}

impl IpNet {
    /// Reads `TRUSTED_PROXIES`: addresses or blocks, with commas.
    pub fn parse_list(value: &str) -> Result<Vec<Self>, ConfigError> {
        let parts = value
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty());
        let networks: Option<Vec<_>> = parts.map(Self::parse).collect();
        networks.ok_or_else(|| {
            let problem = "holds something that is no address";
            ConfigError::new("TRUSTED_PROXIES", problem, "write it like 10.0.0.0/8,::1")
        })
    }

    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(bits), |prefix| prefix.parse().ok())?;
        (prefix <= bits).then_some(Self { address, prefix })
    }

    /// Whether the address is in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (ours, theirs, bits) = match (self.address, address.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits().into(), b.to_bits().into(), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits(), 128),
            _ => return false,
        };
        let differ: u128 = ours ^ theirs;
        differ.checked_shr(bits - self.prefix).unwrap_or(0) == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_its_addresses() {
        for (block, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("0.0.0.0/0", "198.51.100.7", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("::/0", "2001:db8:1::1", true),
        ] {
            let network = IpNet::parse(block).expect("it is a block");
            let address = address.parse().expect("it is an address");
            assert_eq!(network.contains(address), inside, "{block} {address}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        assert_eq!(IpNet::parse_list("").map(|list| list.len()), Ok(0));
        assert_eq!(
            IpNet::parse_list("10.0.0.1, ::1/128").map(|list| list.len()),
            Ok(2)
        );
        for bad in [
            "localhost",
            "10.0.0.0/33",
            "10.0.0.0/x",
            "10.0.0.1;::1",
            "*",
        ] {
            assert!(IpNet::parse_list(bad).is_err(), "{bad}");
        }
    }
}
