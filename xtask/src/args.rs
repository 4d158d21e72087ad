//! The few flags that verbs take: `--switch`, `--valued 1` or `--valued=1`.

use std::collections::BTreeMap;
use std::fmt;

/// What was asked for cannot be asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Usage(pub String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The flags that were given.
#[derive(Debug, Default)]
pub struct Flags(BTreeMap<String, Option<String>>);

impl Flags {
    /// Reads `args`, of which only `switches` and `valued` flags may be given, each once.
    pub fn parse(args: &[String], switches: &[&str], valued: &[&str]) -> Result<Self, Usage> {
        let mut given = BTreeMap::new();
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let (name, attached) = match arg.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (arg.as_str(), None),
            };
            let value = if valued.contains(&name) {
                let value = attached.or_else(|| rest.next().cloned());
                Some(value.ok_or_else(|| Usage(format!("{name} wants a value")))?)
            } else if switches.contains(&name) && attached.is_none() {
                None
            } else {
                return Err(unknown(arg, switches, valued));
            };
            if given.insert(name.to_owned(), value).is_some() {
                return Err(Usage(format!("{name} is given twice")));
            }
        }
        Ok(Self(given))
    }

    /// Whether the switch was given.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What was given with that flag.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }

    /// The port that was given, or `default`.
    pub fn port(&self, name: &str, default: u16) -> Result<u16, Usage> {
        let Some(text) = self.value(name) else {
            return Ok(default);
        };
        match text.parse() {
            Ok(0) | Err(_) => Err(Usage(format!(
                "{name} wants a port from 1 to 65535, not `{text}`"
            ))),
            Ok(port) => Ok(port),
        }
    }
}

fn unknown(arg: &str, switches: &[&str], valued: &[&str]) -> Usage {
    let known: Vec<_> = switches.iter().chain(valued).copied().collect();
    if known.is_empty() {
        return Usage(format!(
            "`{arg}` is not understood; there are no flags here"
        ));
    }
    Usage(format!(
        "`{arg}` is not understood; there are {}",
        known.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Flags, Usage> {
        let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        Flags::parse(&args, &["--no-open"], &["--port"])
    }

    #[track_caller]
    fn refused(line: &str, why: &str) {
        let Usage(text) = parse(line).expect_err("BUG: this line is wrong");
        assert!(text.contains(why), "{text}");
    }

    #[test]
    fn a_value_stands_behind_the_flag_or_is_attached() {
        for line in ["--no-open --port 81", "--port=81 --no-open"] {
            let flags = parse(line).expect("BUG: these are known flags");
            assert!(flags.has("--no-open"));
            assert_eq!(flags.port("--port", 8080), Ok(81));
        }
    }

    #[test]
    fn what_is_not_given_has_its_default() {
        let flags = parse("").expect("BUG: nothing is fine");
        assert!(!flags.has("--no-open"));
        assert_eq!(flags.port("--port", 8080), Ok(8080));
    }

    #[test]
    fn anything_else_is_refused_with_the_way_out() {
        refused("--prot 1", "there are --no-open, --port");
        refused("80", "`80` is not understood");
        refused("--no-open=yes", "`--no-open=yes` is not understood");
        refused("--port", "wants a value");
        refused("--port 1 --port 2", "given twice");
    }

    #[test]
    fn a_port_is_a_number_that_can_be_listened_on() {
        for text in ["0", "65536", "http"] {
            let flags = parse(&format!("--port {text}")).expect("BUG: the shape is right");
            assert!(flags.port("--port", 8080).is_err(), "{text}");
        }
    }
}
