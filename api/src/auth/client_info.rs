//! Who is at the other end of the line, as far as a session remembers it.

use shared::text;
use std::net::IpAddr;

/// The most of a user agent that is kept, in bytes.
const MAX_USER_AGENT_LEN: usize = 256;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct ClientInfo {
    /// The client's address, as far as proxies can be believed.
    pub address: IpAddr,
    user_agent: Option<String>,
}

impl ClientInfo {
    /// A client that calls itself so.
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

    /// What the browser calls itself, bounded and without what cannot be seen.
    pub fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }
}
