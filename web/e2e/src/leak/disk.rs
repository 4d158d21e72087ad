//! What a browser wrote to its profile, where anybody who copies the folder finds it.

use super::telling_parts;
use std::fs;
use std::path::Path;

/// The files below the profile that hold one of the secrets.
///
/// The refresh token is in the browser's own store of cookies: that is where it belongs.
pub fn what_stays_on_disk(profile: &Path, secrets: &[String]) -> Vec<String> {
    let secrets = telling_parts(secrets);
    let mut found = Vec::new();
    let mut folders = vec![profile.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).expect("the profile can be read");
        for path in entries.flatten().map(|entry| entry.path()) {
            if path.is_dir() && !path.is_symlink() {
                folders.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                let text = String::from_utf8_lossy(&bytes);
                let held = secrets
                    .iter()
                    .filter(|secret| text.contains(secret.as_str()));
                found.extend(held.map(|secret| format!("{} holds {secret}", path.display())));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_in_the_middle_of_a_file_in_a_folder_is_found() {
        let profile = tempfile::tempdir().expect("there is a temporary folder");
        let folder = profile.path().join("Local Storage");
        fs::create_dir(&folder).expect("the folder is ours");
        let secret = "correct horse battery staple".to_owned();
        let bytes = [b"\xff\0x", secret.as_bytes(), b"\xfe\0"].concat();
        fs::write(folder.join("1.log"), bytes).expect("the folder is ours");
        let found = what_stays_on_disk(profile.path(), &[secret]);
        assert_eq!(found.len(), 1, "{found:?}");
        let others = what_stays_on_disk(profile.path(), &["something else".to_owned()]);
        assert!(others.is_empty(), "{others:?}");
    }
}
