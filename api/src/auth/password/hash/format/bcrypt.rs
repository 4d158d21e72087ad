use super::UnsupportedHash;

/// bcrypt ignores the bytes of a password after these.
pub(super) const MAX_PASSWORD_BYTES: usize = 72;
/// The binary logarithm of the rounds: about two seconds of one core.
const COST_MAX: u8 = 15;
const COST_MIN: u8 = 4;
/// The length of salt and hash together, in characters.
const SALT_AND_HASH: usize = 53;

/// `$2b$12$` and 53 characters; `$2a$` and `$2y$` mean the same.
pub struct Bcrypt<'a>(&'a str);

impl<'a> Bcrypt<'a> {
    /// Parses the whole text; `rest` is the part after the name.
    pub(super) fn read(text: &'a str, rest: &str) -> Result<Self, UnsupportedHash> {
        let (cost, hash) = rest.split_once('$').ok_or(UnsupportedHash::UnknownFormat)?;
        let digits = cost.len() == 2 && cost.bytes().all(|byte| byte.is_ascii_digit());
        let cost: u8 = cost.parse().map_err(|_| UnsupportedHash::UnknownFormat)?;
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/');
        if !digits || cost < COST_MIN || hash.len() != SALT_AND_HASH || !hash.bytes().all(allowed) {
            return Err(UnsupportedHash::UnknownFormat);
        }
        let bounded = cost <= COST_MAX;
        bounded
            .then_some(Self(text))
            .ok_or(UnsupportedHash::TooExpensive)
    }

    /// Whether the first [`MAX_PASSWORD_BYTES`] of the password match the hash.
    pub(super) fn matches(&self, password: &str) -> bool {
        // A hash that the library cannot parse matches no password.
        ::bcrypt::verify(password, self.0).unwrap_or(false)
    }
}
