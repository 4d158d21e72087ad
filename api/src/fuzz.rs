//! Every parser of what a stranger may write, as a function of bytes that panics where one of its
//! promises is broken. The tests run them over the seeds in `api/fuzz/seeds` and what grows from
//! those; cargo-fuzz runs them for as long as one likes.

#[cfg(test)]
mod mutation;

pub use crate::auth::fuzz::{access_token, device_token, password_hash, people, refresh_token};
pub use crate::http::fuzz::{authorization, cookies, foreign, forwarded, json_body, query};

/// Judges bytes.
pub type Target = fn(&[u8]);

/// All of them, by the name of their folder of seeds.
pub const TARGETS: [(&str, Target); 11] = [
    ("access_token", access_token),
    ("authorization", authorization),
    ("cookies", cookies),
    ("device_token", device_token),
    ("foreign", foreign),
    ("forwarded", forwarded),
    ("json_body", json_body),
    ("password_hash", password_hash),
    ("people", people),
    ("query", query),
    ("refresh_token", refresh_token),
];

#[cfg(test)]
mod tests {
    use super::mutation::Mutations;
    use super::*;
    use std::fs;
    use std::path::Path;

    /// Of each seed.
    const DESCENDANTS: usize = 2_000;

    fn seeds(target: &str) -> Vec<Vec<u8>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
        let files = fs::read_dir(folder.join(target)).expect(target);
        let mut paths: Vec<_> = files.map(|file| file.expect(target).path()).collect();
        paths.sort();
        let read = paths.iter().map(|path| fs::read(path).expect(target));
        read.collect()
    }

    #[test]
    fn every_parser_keeps_its_promises_for_the_seeds_and_what_grows_from_them() {
        for (name, target) in TARGETS {
            let seeds = seeds(name);
            assert!(seeds.len() >= 3, "{name} has few seeds");
            target(b"");
            for seed in &seeds {
                target(seed);
                for grown in Mutations::of(seed, &seeds).take(DESCENDANTS) {
                    target(&grown);
                }
            }
        }
    }

    #[test]
    fn every_folder_of_seeds_and_every_program_has_its_target() {
        let of = |folder: &str| {
            let path = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("fuzz")
                .join(folder);
            let files = fs::read_dir(path).expect(folder);
            let names = files.map(|file| file.expect(folder).file_name());
            let names = names.map(|name| name.to_string_lossy().replace(".rs", ""));
            let mut names: Vec<_> = names.collect();
            names.sort();
            names
        };
        let names = TARGETS.map(|(name, _)| name);
        assert_eq!(of("seeds"), names);
        assert_eq!(of("fuzz_targets"), names);
    }
}
