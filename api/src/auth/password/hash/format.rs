//! The formats of stored hashes: the current one, and those of imported users.
//!
//! The string contains the cost of verifying it. Imported strings may be careless or hostile, so
//! the cost is checked before anything is computed.

mod argon2;
mod bcrypt;
mod pbkdf2;
mod scrypt;

use super::argon::Argon;
use crate::config::HashCost;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use thiserror::Error;

/// Longer strings are not password hashes.
const MAX_LEN: usize = 512;
/// A shorter hash could be matched by chance or by trying.
const MIN_HASH_LEN: usize = 16;
/// The maximum length of a salt, in bytes.
const MAX_SALT_LEN: usize = 128;

/// Why a hash is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UnsupportedHash {
    /// Its format, or a part of it, is unknown.
    #[error("unknown password hash format")]
    UnknownFormat,
    /// Verifying it would take seconds, or too much memory.
    #[error("verifying this password hash would cost too much")]
    TooExpensive,
}

/// A hash of a known format and with bounded cost.
pub(crate) enum ParsedHash<'a> {
    Argon(&'a str),
    Bcrypt(bcrypt::Bcrypt<'a>),
    Pbkdf2(pbkdf2::Pbkdf2),
    Scrypt(scrypt::Scrypt),
}

impl<'a> ParsedHash<'a> {
    /// Parses a string; the cost of our own hashes (`ours`) is always accepted.
    pub(crate) fn read(text: &'a str, ours: &HashCost) -> Result<Self, UnsupportedHash> {
        if text.len() > MAX_LEN {
            return Err(UnsupportedHash::UnknownFormat);
        }
        if let Some(rest) = text.strip_prefix("pbkdf2_sha256$") {
            return pbkdf2::Pbkdf2::read_django(rest).map(Self::Pbkdf2);
        }
        let format = text.strip_prefix('$').and_then(|rest| rest.split_once('$'));
        let (name, rest) = format.ok_or(UnsupportedHash::UnknownFormat)?;
        match name {
            "argon2id" | "argon2i" | "argon2d" => argon2::check(text, ours).map(Self::Argon),
            "2a" | "2b" | "2y" => bcrypt::Bcrypt::read(text, rest).map(Self::Bcrypt),
            "pbkdf2-sha256" | "pbkdf2-sha512" => pbkdf2::Pbkdf2::read(name, rest).map(Self::Pbkdf2),
            "scrypt" => scrypt::Scrypt::read(rest).map(Self::Scrypt),
            _ => Err(UnsupportedHash::UnknownFormat),
        }
    }

    /// Whether the password matches the hash.
    pub(crate) fn matches(&self, argon: &Argon, password: &str) -> bool {
        // The other formats may treat a password with a NUL like one without: the shorter one would
        // be verified and the longer one rehashed.
        let plain = !password.contains('\0');
        match self {
            Self::Argon(phc) => argon.matches(password, phc),
            Self::Bcrypt(hash) => plain && hash.matches(password),
            Self::Pbkdf2(hash) => plain && hash.matches(password),
            Self::Scrypt(hash) => plain && hash.matches(password),
        }
    }

    /// Whether the hash covers the whole password, so that the password may be rehashed.
    pub(crate) fn covers_whole_password(&self, password: &str) -> bool {
        match self {
            Self::Bcrypt(_) => password.len() <= bcrypt::MAX_PASSWORD_BYTES,
            _ => true,
        }
    }
}

/// Parses a number without sign or leading zeros.
fn parse_u32(text: &str) -> Result<u32, UnsupportedHash> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let number = text.parse().ok().filter(|_| digits);
    number.ok_or(UnsupportedHash::UnknownFormat)
}

/// Decodes salt and hash from the base64 of PHC strings; the hash has at most `hash_max` bytes.
fn salt_and_hash(text: &str, hash_max: usize) -> Result<(Vec<u8>, Vec<u8>), UnsupportedHash> {
    let (salt, hash) = text.split_once('$').ok_or(UnsupportedHash::UnknownFormat)?;
    let decode = |text| STANDARD_NO_PAD.decode(text).ok();
    let salt = decode(salt).filter(|salt| (1..=MAX_SALT_LEN).contains(&salt.len()));
    let hash = decode(hash).filter(|hash| (MIN_HASH_LEN..=hash_max).contains(&hash.len()));
    salt.zip(hash).ok_or(UnsupportedHash::UnknownFormat)
}

fn equal(one: &[u8], other: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one, other).is_ok()
}

#[cfg(test)]
mod tests;
