//! The part of a client that a session stores.

use shared::text;
use std::net::IpAddr;

/// The maximum length of a stored user agent, in bytes.
const MAX_USER_AGENT_LEN: usize = 256;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct ClientInfo {
    /// The client's IP address, as far as trusted proxies report it.
    pub address: IpAddr,
    user_agent: Option<String>,
}

impl ClientInfo {
    /// A client with this address and `User-Agent` header.
    pub fn new(address: IpAddr, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.map(|text| {
            let seen = text::visible(text);
            let end = seen.floor_char_boundary(MAX_USER_AGENT_LEN);
            seen[..end].to_owned()
        });
        Self {
            address,
            user_agent,
        }
    }

    /// The user agent, truncated and without invisible characters.
    pub fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }
}
