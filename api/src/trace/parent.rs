/// The span of somebody before us to which a request belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RemoteParent {
    pub(super) trace: [u8; 16],
    pub(super) span: [u8; 8],
    pub(super) sampled: bool,
}

impl RemoteParent {
    /// Reads `traceparent` (W3C Trace Context, section 3.2). Anything else is none.
    pub fn parse(header: &str) -> Option<Self> {
        let parts: Vec<_> = header.split('-').collect();
        let [version, trace, span, flags, ..] = parts[..] else {
            return None;
        };
        // Later versions may add to the end.
        let [version] = bytes(version)?;
        let is_known = version == 0 && parts.len() == 4;
        let is_later = (1..0xff).contains(&version);
        let parent = Self {
            trace: bytes(trace)?,
            span: bytes(span)?,
            sampled: bytes::<1>(flags)?[0] & 1 == 1,
        };
        let is_named = parent.trace != [0; 16] && parent.span != [0; 8];
        ((is_known || is_later) && is_named).then_some(parent)
    }
}

/// So many bytes in lower-case hexadecimal digits.
fn bytes<const N: usize>(digits: &str) -> Option<[u8; N]> {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if digits.len() != 2 * N || !digits.bytes().all(is_digit) {
        return None;
    }
    let mut bytes = [0; N];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    const SPAN: &str = "b7ad6b7169203331";

    #[test]
    fn a_parent_is_read() {
        for (flags, sampled) in [("01", true), ("00", false), ("03", true)] {
            let parent = RemoteParent::parse(&format!("00-{TRACE}-{SPAN}-{flags}"));
            let parent = parent.expect("it is one");
            assert_eq!(parent.trace[..2], [0x0a, 0xf7]);
            assert_eq!(parent.span[7], 0x31);
            assert_eq!(parent.sampled, sampled);
        }
        assert!(RemoteParent::parse(&format!("01-{TRACE}-{SPAN}-01-more")).is_some());
    }

    #[test]
    fn anything_else_is_none() {
        let zeros = "0".repeat(32);
        for header in [
            String::new(),
            format!("00-{TRACE}-{SPAN}"),
            format!("00-{TRACE}-{SPAN}-01-more"),
            format!("ff-{TRACE}-{SPAN}-01"),
            format!("00-{zeros}-{SPAN}-01"),
            format!("00-{TRACE}-{}-01", &zeros[..16]),
            format!("00-{}-{SPAN}-01", TRACE.to_uppercase()),
            format!("00-{TRACE}-{SPAN}-1"),
            format!("00-{}-{SPAN}-01", "é".repeat(16)),
        ] {
            assert_eq!(RemoteParent::parse(&header), None, "{header}");
        }
    }
}
