//! Looks for secrets, however they are spelt.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

/// Shorter pieces stand anywhere by chance.
const TELLING: usize = 8;

/// Something that must stay where it is.
#[derive(Clone)]
pub struct Secret {
    pub name: &'static str,
    parts: Vec<Vec<u8>>,
}

impl Secret {
    /// A text, or a token: then each of its parts is one too, and what the last part stands for.
    pub fn text(name: &'static str, text: &str) -> Self {
        let mut parts = vec![text.as_bytes().to_vec()];
        if let [_, claims, signature] = text.split('.').collect::<Vec<_>>()[..] {
            parts.extend([claims, signature].map(|part| part.as_bytes().to_vec()));
            parts.extend(URL_SAFE_NO_PAD.decode(signature));
        }
        Self { name, parts }
    }

    /// A secret of bytes that is written in base64url; most of a text that ends in them, too.
    pub fn encoded(name: &'static str, text: &str, bytes: usize) -> Self {
        let all = URL_SAFE_NO_PAD.decode(text).unwrap();
        let secret = all[all.len() - bytes..].to_vec();
        let end = text.as_bytes()[text.len() - 24..].to_vec();
        Self {
            name,
            parts: vec![text.as_bytes().to_vec(), end, secret],
        }
    }

    fn spellings(&self) -> BTreeSet<Vec<u8>> {
        let all = self.parts.iter().flat_map(|part| spellings(part));
        let long = all.filter(|spelling| spelling.len() >= TELLING);
        long.map(|spelling| spelling.to_ascii_lowercase()).collect()
    }
}

fn spellings(part: &[u8]) -> Vec<Vec<u8>> {
    let mut all = vec![part.to_vec()];
    let hex = part.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    all.push(hex.into_bytes());
    let list = format!("{part:?}");
    all.push(list.trim_matches(['[', ']']).as_bytes().to_vec());
    if let Ok(text) = str::from_utf8(part) {
        all.push(text.escape_default().to_string().into_bytes());
        all.push(text.replace('"', "\\\"").into_bytes());
        all.push(percent(part, "%20").into_bytes());
        all.push(percent(part, "+").into_bytes());
    }
    for before in 0..3 {
        all.extend(base64_behind(part, before));
    }
    all
}

fn percent(part: &[u8], blank: &str) -> String {
    part.iter().fold(String::new(), |mut text, byte| {
        let _ = match byte {
            b' ' => write!(text, "{blank}"),
            b'-' | b'.' | b'_' | b'~' => write!(text, "{}", char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => write!(text, "{}", char::from(*byte)),
            byte => write!(text, "%{byte:02X}"),
        };
        text
    })
}

/// What base64 makes of it behind so many bytes of something else, less what depends on its
/// neighbours.
fn base64_behind(part: &[u8], before: usize) -> [Vec<u8>; 2] {
    let padded = [&vec![0; before][..], part].concat();
    let first = (before * 8).div_ceil(6);
    let last = padded.len() * 8 / 6;
    [STANDARD_NO_PAD, URL_SAFE_NO_PAD].map(|engine| {
        let text = engine.encode(&padded).into_bytes();
        text.get(first..last).unwrap_or_default().to_vec()
    })
}

/// Where secrets are looked for.
pub struct Place {
    pub name: String,
    bytes: Vec<u8>,
}

impl Place {
    pub fn new(name: &str, text: &str) -> Self {
        Self::of_bytes(name, text.as_bytes().to_vec())
    }

    pub fn of_bytes(name: &str, bytes: Vec<u8>) -> Self {
        Self {
            name: name.to_owned(),
            bytes,
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

/// Which secrets stand where. Upper and lower case are one: names are stored in lower case, and
/// now and then a name is a password that was typed into the wrong field.
pub fn leaks(places: &[Place], secrets: &[Secret]) -> Vec<String> {
    let mut known: HashMap<[u8; TELLING], Vec<(&Secret, Vec<u8>)>> = HashMap::new();
    for secret in secrets {
        for spelling in secret.spellings() {
            let start = *spelling.first_chunk().unwrap();
            known.entry(start).or_default().push((secret, spelling));
        }
    }
    let mut found = BTreeSet::new();
    for place in places {
        let bytes = place.bytes.to_ascii_lowercase();
        for (at, start) in bytes.windows(TELLING).enumerate() {
            let candidates = known.get(start).into_iter().flatten();
            let here = candidates.filter(|(_, spelling)| bytes[at..].starts_with(spelling));
            found.extend(here.map(|(secret, _)| format!("{} holds {}", place.name, secret.name)));
        }
    }
    found.into_iter().collect()
}
