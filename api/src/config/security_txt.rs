use super::ConfigError;
use std::fs;

const VARIABLE: &str = "SECURITY_TXT";
/// What a file must say (RFC 9116, section 2.5).
const FIELDS: [&str; 2] = ["contact:", "expires:"];
/// Nobody reads more.
const MAX: usize = 32 * 1024;

/// Reads the file that says whom to tell of a vulnerability.
pub(super) fn read(path: &str) -> Result<String, ConfigError> {
    let remedy = "name a readable file with a Contact and an Expires line, as in RFC 9116";
    let text = fs::read_to_string(path);
    let text = text.map_err(|error| {
        let problem = format!("cannot be read: {}", error.kind());
        ConfigError::new(VARIABLE, problem, remedy)
    })?;
    let has = |field: &&str| {
        let mut lines = text.lines();
        lines.any(|line| line.to_ascii_lowercase().starts_with(*field))
    };
    if text.len() > MAX || !FIELDS.iter().all(has) {
        return Err(ConfigError::new(VARIABLE, "is no security.txt", remedy));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::TempDir;

    #[test]
    fn a_file_without_its_fields_is_refused() {
        let folder = TempDir::new().expect("a folder can be made");
        let path = folder.path().join("security.txt");
        let name = path.to_str().expect("it is text");
        assert!(read(name).is_err(), "there is no file");
        for (text, good) in [
            ("", false),
            ("Contact: mailto:a@example.org\n", false),
            (
                "Contact: mailto:a@example.org\nExpires: 2027-01-01T00:00:00Z\n",
                true,
            ),
            (
                "# us\ncontact: https://a\r\nEXPIRES: 2027-01-01T00:00:00Z\r\n",
                true,
            ),
        ] {
            fs::write(&path, text).expect("it is written");
            assert_eq!(read(name).is_ok(), good, "{text}");
        }
    }
}
