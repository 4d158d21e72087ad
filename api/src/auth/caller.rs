//! Who is at the other end of the line, as far as a session remembers it.

use std::net::IpAddr;

/// The most of a user agent that is kept, in bytes.
const USER_AGENT_MAX: usize = 256;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The client's address, as far as proxies can be believed.
    pub address: IpAddr,
    user_agent: Option<String>,
}

impl Caller {
    /// A client that calls itself so.
    pub fn new(address: IpAddr, user_agent: Option<&str>) -> Self {
        let user_agent = user_agent.map(|text| {
            let printable = text.chars().filter(|c| !c.is_control());
            let mut kept = String::new();
            for c in printable {
                if kept.len() + c.len_utf8() > USER_AGENT_MAX {
                    break;
                }
                kept.push(c);
            }
            kept
        });
        Self {
            address,
            user_agent,
        }
    }

    /// What the browser calls itself, bounded and without control characters.
    pub fn user_agent(&self) -> Option<&str> {
        self.user_agent.as_deref()
    }
}
