//! Where this machine's apt fetches Debian's packages from.

use std::fs;
use std::path::Path;

/// The address that apt is told of for that release of Debian, in either of apt's two formats.
pub fn find(apt: &Path, suite: &str) -> Option<String> {
    let more = fs::read_dir(apt.join("sources.list.d"))
        .into_iter()
        .flatten()
        .flatten();
    let mut files: Vec<_> = more.map(|entry| entry.path()).collect();
    files.sort();
    files.insert(0, apt.join("sources.list"));
    let texts = files.iter().filter_map(|file| {
        Some((
            file.extension()?.to_str()?.to_owned(),
            fs::read_to_string(file).ok()?,
        ))
    });
    texts
        .into_iter()
        .find_map(|(kind, text)| match kind.as_str() {
            "list" => text.lines().find_map(|line| of_line(line, suite)),
            "sources" => text.split("\n\n").find_map(|part| of_part(part, suite)),
            _ => None,
        })
}

/// `deb [options] address suite component ..`
fn of_line(line: &str, suite: &str) -> Option<String> {
    let rest = line.trim().strip_prefix("deb ")?.trim_start();
    let rest = match rest.strip_prefix('[') {
        Some(options) => options.split_once(']')?.1,
        None => rest,
    };
    let mut words = rest.split_whitespace();
    let address = words.next()?;
    (words.next()? == suite && words.any(|word| word == "main")).then(|| address.to_owned())
}

/// Fields, one a line (deb822).
fn of_part(part: &str, suite: &str) -> Option<String> {
    let field = |name: &str| {
        part.lines().find_map(|line| {
            let (key, value) = line.split_once(':')?;
            (key.eq_ignore_ascii_case(name)).then(|| value.trim().to_owned())
        })
    };
    let has = |name: &str, word: &str| {
        field(name).is_some_and(|value| value.split_whitespace().any(|one| one == word))
    };
    let is_ours = has("Types", "deb") && has("Suites", suite) && has("Components", "main");
    let is_off = has("Enabled", "no");
    let addresses = field("URIs").filter(|_| is_ours && !is_off)?;
    addresses.split_whitespace().next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, text: &str) -> Option<String> {
        let apt = tempfile::tempdir().expect("BUG: there is a temporary folder");
        let file = apt.path().join(name);
        fs::create_dir_all(file.parent().expect("BUG: it lies in a folder")).expect("it is ours");
        fs::write(file, text).expect("it is ours");
        find(apt.path(), "bookworm")
    }

    #[test]
    fn both_formats_of_apt_are_read() {
        let line = "# deb http://no.invalid/ bookworm main\ndeb [signed-by=/a] http://a.invalid/debian bookworm main\n";
        assert_eq!(
            found("sources.list", line).as_deref(),
            Some("http://a.invalid/debian")
        );
        let parts = "Types: deb\nURIs: http://s.invalid/\nSuites: bookworm-security\nComponents: main\n\n\
                     Types: deb\n# a\nURIs: http://b.invalid/debian\nSuites: bookworm bookworm-updates\nComponents: main\n";
        let found_in = found("sources.list.d/debian.sources", parts);
        assert_eq!(found_in.as_deref(), Some("http://b.invalid/debian"));
        assert_eq!(
            found("sources.list", "deb http://a.invalid/ trixie main\n"),
            None
        );
    }
}
