use super::ConfigError;
use std::fmt;
use zeroize::Zeroizing;

/// The fewest bytes of a key: those of the hash (RFC 7518, section 3.2).
const MIN_BYTES: usize = 32;
/// Fewer different bytes than this are no random key.
const MIN_DISTINCT: usize = 8;
const REMEDY: &str = "set it to 64 random hex digits, as `openssl rand -hex 32` prints them";

/// A signing key from the environment: the bytes of the string as it stands. It does not print.
#[derive(Clone)]
pub struct Secret(Zeroizing<Vec<u8>>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// Takes a value that is long and varied enough to be a key.
    pub fn parse(variable: &'static str, value: Option<String>) -> Result<Self, ConfigError> {
        let refuse = |problem: &str| Err(ConfigError::new(variable, problem, REMEDY));
        let Some(value) = value.map(Zeroizing::new) else {
            return refuse("is missing");
        };
        let bytes = value.as_bytes();
        let mut seen = [false; 256];
        for byte in bytes {
            seen[usize::from(*byte)] = true;
        }
        if bytes.len() < MIN_BYTES {
            refuse("is shorter than 32 bytes")
        } else if seen.into_iter().filter(|seen| *seen).count() < MIN_DISTINCT {
            refuse("is monotonous")
        } else if bytes.iter().any(u8::is_ascii_control) || bytes.trim_ascii() != bytes {
            refuse("has blanks or control characters at its ends or inside")
        } else {
            Ok(Self(Zeroizing::new(bytes.to_vec())))
        }
    }

    /// The key's bytes, for the cryptography alone.
    pub fn expose(&self) -> &[u8] {
        &self.0
    }

    /// Refuses one key for two purposes.
    pub fn must_differ(&self, other: &Self) -> Result<(), ConfigError> {
        if self.0 == other.0 {
            let problem = "equals JWT_SECRET";
            return Err(ConfigError::new("REFRESH_TOKEN_SECRET", problem, REMEDY));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(value: &str) -> Result<Secret, ConfigError> {
        Secret::parse("JWT_SECRET", Some(value.to_owned()))
    }

    #[test]
    fn a_weak_secret_is_refused_without_being_repeated() {
        for (value, problem) in [
            ("brief", "shorter than 32 bytes"),
            ("0123456789abcdef0123456789abcde", "shorter than 32 bytes"),
            ("abababababababababababababababababab", "monotonous"),
            (" 0123456789abcdef0123456789abcdef", "blanks"),
            ("0123456789abcdef0123456789abcdef\n", "blanks"),
        ] {
            let error = parse(value).expect_err(value).to_string();
            assert!(error.contains(problem), "{error}");
            assert!(error.starts_with("JWT_SECRET "), "{error}");
            assert!(!error.contains(value.trim()), "{error}");
        }
        let missing = Secret::parse("JWT_SECRET", None).expect_err("it is missing");
        assert!(missing.to_string().contains("is missing"));
    }

    #[test]
    fn a_good_secret_is_taken_as_it_stands_and_does_not_print() {
        let secret = parse("0123456789abcdef0123456789abcdef").expect("it is good");
        assert_eq!(secret.expose(), b"0123456789abcdef0123456789abcdef");
        assert!(!format!("{secret:?}").contains("0123"));
    }
}
