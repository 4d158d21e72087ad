use super::{UnsupportedHash, equal, parse_u32, salt_and_hash};
use ::scrypt::Params;

/// In bytes: the highest memory cost that OWASP recommends, `ln=17,r=8`.
const MEMORY_MAX: u64 = 128 * 1024 * 1024;
/// Memory times lanes: about two seconds of one core.
const WORK_MAX: u64 = 4 * MEMORY_MAX;
const HASH_MAX: usize = 64;

/// The parameters and the expected hash.
pub struct Scrypt {
    params: Params,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Scrypt {
    /// Parses the part after the name: `ln=17,r=8,p=1$salt$hash`.
    pub(super) fn read(rest: &str) -> Result<Self, UnsupportedHash> {
        let (params, rest) = rest.split_once('$').ok_or(UnsupportedHash::UnknownFormat)?;
        let params = cost(params)?;
        let (salt, hash) = salt_and_hash(rest, HASH_MAX)?;
        Ok(Self { params, salt, hash })
    }

    /// Whether the password matches the hash.
    pub(super) fn matches(&self, password: &str) -> bool {
        let mut computed = vec![0; self.hash.len()];
        let password = password.as_bytes();
        let done = ::scrypt::scrypt(password, &self.salt, &self.params, &mut computed);
        done.is_ok() && equal(&computed, &self.hash)
    }
}

/// Parses `ln=17,r=8,p=1`, in that order.
fn cost(params: &str) -> Result<Params, UnsupportedHash> {
    let parts: Vec<_> = params.split(',').collect();
    let [log_n, r, p] = parts[..] else {
        return Err(UnsupportedHash::UnknownFormat);
    };
    let value = |part: &str, name| {
        parse_u32(
            part.strip_prefix(name)
                .ok_or(UnsupportedHash::UnknownFormat)?,
        )
    };
    let (log_n, r, p) = (value(log_n, "ln=")?, value(r, "r=")?, value(p, "p=")?);
    let n = 1_u64.checked_shl(log_n).unwrap_or(u64::MAX);
    let memory = n.saturating_mul(128 * u64::from(r));
    if memory > MEMORY_MAX || memory.saturating_mul(p.into()) > WORK_MAX {
        return Err(UnsupportedHash::TooExpensive);
    }
    let log_n = u8::try_from(log_n).map_err(|_| UnsupportedHash::TooExpensive)?;
    Params::new(log_n, r, p).map_err(|_| UnsupportedHash::UnknownFormat)
}
