use super::Secret;
use std::path::PathBuf;

/// Where the keys of access tokens come from.
#[derive(Clone, Debug)]
pub struct KeySource {
    /// What signs.
    pub signing: Signing,
    /// `JWT_KEYS`: a folder of key files, or one key file.
    pub key_dir: Option<PathBuf>,
}

/// `JWT_ALGORITHM`, and what it needs.
#[derive(Clone, Debug)]
pub enum Signing {
    /// HS256 with `JWT_SECRET`; keys of the ring only verify.
    Secret(Secret),
    /// `EdDSA` with the newest key of the ring.
    KeySet,
}

impl KeySource {
    /// HS256 with this secret, and no ring.
    pub fn secret(secret: Secret) -> Self {
        Self {
            signing: Signing::Secret(secret),
            key_dir: None,
        }
    }
}
