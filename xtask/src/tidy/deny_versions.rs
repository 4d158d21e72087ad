//! What `deny.toml` says of our dependencies holds in Cargo.lock, also where no cargo-deny is: nothing
//! that it bans is there, nothing below a floor, and nothing from elsewhere.

use super::tree::Tree;

const RULES: &str = "deny.toml";
const LOCK: &str = "Cargo.lock";

/// Every ban, floor and source.
pub fn check(tree: &Tree) -> Vec<String> {
    let bans: Vec<_> = lines_with(tree, RULES, "crate = \"")
        .filter_map(Ban::of)
        .collect();
    let mut breaches = Vec::new();
    if tree.text(RULES).is_some() && bans.is_empty() {
        breaches.push(format!("{RULES}: it bans nothing that can be read here"));
    }
    for locked in packages(tree) {
        let met = bans.iter().filter(|ban| ban.meets(&locked));
        breaches.extend(met.map(|ban| {
            format!(
                "{LOCK}: {} {} ({})",
                locked.name, locked.version, ban.reason
            )
        }));
        if locked
            .source
            .is_some_and(|source| !source.starts_with("registry+"))
        {
            breaches.push(format!("{LOCK}: {} is not from the registry", locked.name));
        }
    }
    breaches
}

fn lines_with<'a>(tree: &'a Tree, file: &str, start: &'a str) -> impl Iterator<Item = &'a str> {
    let lines = tree.text(file).unwrap_or_default().lines();
    lines.filter(move |line| line.contains(start) && line.contains("reason = "))
}

/// A crate that must not be there, or not below a version.
struct Ban<'a> {
    name: &'a str,
    below: Option<Version>,
    reason: &'a str,
}

impl<'a> Ban<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let spec = quoted(line, "crate = \"")?;
        let (name, below) = spec
            .split_once("@<")
            .map_or((spec, None), |(name, version)| (name, Some(version)));
        Some(Self {
            name,
            below: below.map(version),
            reason: quoted(line, "reason = \"")?,
        })
    }

    fn meets(&self, locked: &Locked<'_>) -> bool {
        let is_below = self
            .below
            .is_none_or(|below| version(locked.version) < below);
        self.name == locked.name && is_below
    }
}

/// One package of the lock file.
#[derive(Default)]
struct Locked<'a> {
    name: &'a str,
    version: &'a str,
    source: Option<&'a str>,
}

fn packages(tree: &Tree) -> impl Iterator<Item = Locked<'_>> {
    let text = tree.text(LOCK).unwrap_or_default();
    text.split("[[package]]").skip(1).map(|entry| Locked {
        name: quoted(entry, "name = \"").unwrap_or_default(),
        version: quoted(entry, "version = \"").unwrap_or_default(),
        source: quoted(entry, "source = \""),
    })
}

fn quoted<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split('"').next()
}

type Version = [u64; 3];

/// What is before a hyphen or a plus; that a release candidate is below its release matters to no
/// floor of ours.
fn version(text: &str) -> Version {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let mut numbers = core.split('.').map(|part| part.parse().unwrap_or(0));
    std::array::from_fn(|_| numbers.next().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::super::tree::tests::tree;
    use super::*;

    const DENY: &str = r#"deny = [
  { crate = "jwt@<10.3.0", reason = "a CVE" },
  { crate = "rsa", reason = "no mended version" },
]"#;

    fn breaches(packages: &[(&str, &str)], source: &str) -> Vec<String> {
        let entry = |(name, version): &(&str, &str)| {
            format!(
                "[[package]]\nname = \"{name}\"\nversion = \"{version}\"\nsource = \"{source}\"\n"
            )
        };
        let lock = packages.iter().map(entry).collect::<Vec<_>>().concat();
        check(&tree(&[(RULES, DENY), (LOCK, &lock)]))
    }

    #[test]
    fn what_is_banned_or_too_old_is_a_breach() {
        let good = [
            ("jwt", "10.3.0"),
            ("jwt", "11.0.0-rc.1"),
            ("rsa-like", "1.0.0"),
        ];
        assert!(breaches(&good, "registry+somewhere").is_empty());
        let bad = [("jwt", "10.2.9"), ("jwt", "9.10.11+a"), ("rsa", "0.10.0")];
        assert_eq!(
            breaches(&bad, "registry+somewhere"),
            [
                "Cargo.lock: jwt 10.2.9 (a CVE)",
                "Cargo.lock: jwt 9.10.11+a (a CVE)",
                "Cargo.lock: rsa 0.10.0 (no mended version)",
            ]
        );
    }

    #[test]
    fn what_is_not_from_the_registry_is_a_breach() {
        assert_eq!(
            breaches(&[("jwt", "11.0.0")], "git+elsewhere"),
            ["Cargo.lock: jwt is not from the registry"]
        );
    }

    #[test]
    fn a_list_that_cannot_be_read_is_a_breach() {
        let files = [(RULES, "deny = []"), (LOCK, "")];
        assert_eq!(check(&tree(&files)).len(), 1);
    }
}
