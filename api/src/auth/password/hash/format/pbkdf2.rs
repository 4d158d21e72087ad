use super::{MAX_SALT_LEN, MIN_HASH_LEN, UnsupportedHash, equal, parse_u32, salt_and_hash};
use ::pbkdf2::pbkdf2_hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Sha256, Sha512};

/// About two seconds of one core without SHA-2 instructions.
const ROUNDS_MAX: u32 = 3_000_000;

/// The parameters and the expected hash.
pub struct Pbkdf2 {
    digest: Digest,
    rounds: u32,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Digest {
    Sha256,
    Sha512,
}

impl Digest {
    /// A longer hash would cost the server twice the work and an attacker only once.
    fn bytes(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }
}

impl Pbkdf2 {
    /// Parses the part after the name: `i=600000,l=32$salt$hash` as in a PHC string, or
    /// `29000$salt$hash` with `.` for `+`, as Python's passlib writes it.
    pub(super) fn read(name: &str, rest: &str) -> Result<Self, UnsupportedHash> {
        let digest = match name {
            "pbkdf2-sha256" => Digest::Sha256,
            "pbkdf2-sha512" => Digest::Sha512,
            _ => return Err(UnsupportedHash::UnknownFormat),
        };
        let (params, rest) = rest.split_once('$').ok_or(UnsupportedHash::UnknownFormat)?;
        let Some(params) = params.strip_prefix("i=") else {
            let plain = !rest.contains('+');
            let rest = plain.then(|| rest.replace('.', "+"));
            let rest = rest.ok_or(UnsupportedHash::UnknownFormat)?;
            let (salt, hash) = salt_and_hash(&rest, digest.bytes())?;
            return Self::bounded(digest, params, salt, hash);
        };
        let (rounds, length) = match params.split_once(",l=") {
            Some((rounds, length)) => (rounds, Some(parse_u32(length)? as usize)),
            None => (params, None),
        };
        let (salt, hash) = salt_and_hash(rest, digest.bytes())?;
        if length.is_some_and(|length| length != hash.len()) {
            return Err(UnsupportedHash::UnknownFormat);
        }
        Self::bounded(digest, rounds, salt, hash)
    }

    /// Parses the part after `pbkdf2_sha256$` in Django's tables: `1000000$salt$hash`, the salt as
    /// plain text, the hash in padded base64.
    pub(super) fn read_django(rest: &str) -> Result<Self, UnsupportedHash> {
        let parts: Vec<_> = rest.split('$').collect();
        let [rounds, salt, hash] = parts[..] else {
            return Err(UnsupportedHash::UnknownFormat);
        };
        let length = MIN_HASH_LEN..=Digest::Sha256.bytes();
        let hash = STANDARD.decode(hash).ok();
        let hash = hash.filter(|hash| length.contains(&hash.len()));
        let hash = hash.ok_or(UnsupportedHash::UnknownFormat)?;
        if !(1..=MAX_SALT_LEN).contains(&salt.len()) {
            return Err(UnsupportedHash::UnknownFormat);
        }
        Self::bounded(Digest::Sha256, rounds, salt.into(), hash)
    }

    fn bounded(
        digest: Digest,
        rounds: &str,
        salt: Vec<u8>,
        hash: Vec<u8>,
    ) -> Result<Self, UnsupportedHash> {
        let rounds = parse_u32(rounds)?;
        let bounded = rounds <= ROUNDS_MAX;
        let this = bounded.then_some(Self {
            digest,
            rounds,
            salt,
            hash,
        });
        this.ok_or(UnsupportedHash::TooExpensive)
    }

    /// Whether the password matches the hash.
    pub(super) fn matches(&self, password: &str) -> bool {
        let mut computed = vec![0; self.hash.len()];
        let (password, salt) = (password.as_bytes(), &self.salt);
        match self.digest {
            Digest::Sha256 => pbkdf2_hmac::<Sha256>(password, salt, self.rounds, &mut computed),
            Digest::Sha512 => pbkdf2_hmac::<Sha512>(password, salt, self.rounds, &mut computed),
        }
        equal(&computed, &self.hash)
    }
}
