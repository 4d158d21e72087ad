use crate::config::{ConfigError, KeySource, Secret, Signing};
use clap::Args;

/// What signs and verifies access tokens.
#[derive(Args)]
pub struct KeySettings {
    /// Algorithm of access tokens: HS256, or `EdDSA` for several services that verify
    #[arg(
        long = "jwt-algorithm",
        env = "JWT_ALGORITHM",
        hide_env_values = true,
        default_value = "HS256"
    )]
    algorithm: String,
    /// Signs access tokens with HS256: at least 32 bytes, 64 random hex digits are good
    #[arg(long = "jwt-secret", env = "JWT_SECRET", hide_env_values = true)]
    secret: Option<String>,
    /// Key file or folder: `EdDSA` keys, and retired HS256 secrets; see `api key`
    #[arg(long = "jwt-keys", env = "JWT_KEYS", hide_env_values = true)]
    keys: Option<String>,
}

impl KeySettings {
    /// Checks what can be checked without opening a file.
    pub fn check(&self) -> Result<KeySource, ConfigError> {
        if self.keys.as_deref() == Some("") {
            let remedy = "name a folder like data/keys, or leave it out";
            return Err(ConfigError::new("JWT_KEYS", "is empty", remedy));
        }
        let signing = match self.algorithm.as_str() {
            "HS256" => Signing::Secret(Secret::parse("JWT_SECRET", self.secret.clone())?),
            "EdDSA" => Signing::KeySet,
            _ => {
                let problem = "names an algorithm that is not built in";
                let remedy = "use HS256 or EdDSA";
                return Err(ConfigError::new("JWT_ALGORITHM", problem, remedy));
            }
        };
        if matches!(signing, Signing::KeySet) && self.keys.is_none() {
            let problem = "is missing, and EdDSA signs with a key from there";
            let remedy = "set it to a folder like data/keys and make the first key: api key rotate";
            return Err(ConfigError::new("JWT_KEYS", problem, remedy));
        }
        let ring = self.keys.clone().map(Into::into);
        Ok(KeySource {
            signing,
            key_dir: ring,
        })
    }
}
