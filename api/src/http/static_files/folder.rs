//! Reads a folder of built files, with the compressed copies that lie beside them.

use crate::auth::random;
use crate::http::request::list;
use poem::http::{HeaderMap, header};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::path::Path;
use std::{fs, io};

/// Suffixes of compressed copies, the smallest first.
const ENCODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// A file and its compressed copies.
pub(super) struct File {
    pub(super) content_type: &'static str,
    pub(super) etag: String,
    /// Whether its name changes with its content.
    pub(super) hashed: bool,
    plain: Content,
    compressed: Vec<(&'static str, Content)>,
}

/// Read once and sent for as long as the process lives: slow clients share it, instead of each
/// holding a copy.
type Content = &'static [u8];

impl File {
    pub(super) fn plain(&self) -> Content {
        self.plain
    }

    /// Whether the client has it already, as one of the tags it lists (RFC 9110, section 13.1.2).
    /// They are compared weakly, as that header is.
    pub(super) fn matches_etag(&self, headers: &HeaderMap) -> bool {
        let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag) == self.opaque_tag();
        list::elements(headers, header::IF_NONE_MATCH).any(|tag| tag == "*" || opaque(tag))
    }

    fn opaque_tag(&self) -> &str {
        self.etag.strip_prefix("W/").unwrap_or(&self.etag)
    }

    /// What the client likes best, of equals the smallest (RFC 9110, section 12.5.3). Who accepts
    /// nothing of it gets the file as it is.
    pub(super) fn choose(&self, headers: &HeaderMap) -> (Option<&'static str>, Content) {
        let accepted = list::elements(headers, header::ACCEPT_ENCODING);
        let accepted: Vec<_> = accepted.filter_map(list::weighted).collect();
        let named = |coding: &str| {
            let mut same = accepted.iter();
            let same = same.find(|(name, _)| canonical(name).eq_ignore_ascii_case(coding));
            same.map(|(_, weight)| *weight)
        };
        let any = named("*").unwrap_or(0);
        let mut best = (named("identity").unwrap_or(0), None, self.plain);
        for (coding, bytes) in &self.compressed {
            let weight = named(coding).unwrap_or(any);
            if weight > best.0 || weight == best.0 && weight > 0 && best.1.is_none() {
                best = (weight, Some(*coding), *bytes);
            }
        }
        (best.1, best.2)
    }
}

/// RFC 9110, section 8.4.1.3: the old name means the same.
fn canonical(coding: &str) -> &str {
    if coding.eq_ignore_ascii_case("x-gzip") {
        "gzip"
    } else {
        coding
    }
}

/// All files below the folder, by their path from it, with a slash before.
pub(super) fn read(folder: &Path) -> io::Result<HashMap<String, File>> {
    let mut bytes = HashMap::new();
    collect(folder, "", &mut bytes)?;
    let is_copy = |path: &str| {
        let mut endings = ENCODINGS.iter().map(|(_, ending)| ending);
        endings.any(|ending| {
            path.strip_suffix(ending)
                .is_some_and(|base| bytes.contains_key(base))
        })
    };
    let plain = bytes.iter().filter(|(path, _)| !is_copy(path));
    let files = plain.map(|(path, plain)| {
        let copies = ENCODINGS.iter().filter_map(|(encoding, ending)| {
            let copy = bytes.get(&format!("{path}{ending}"))?;
            Some((*encoding, *copy))
        });
        let file = File {
            content_type: content_type(path),
            // Weak, because the compressed copies share it (RFC 9110, section 8.8.3.3).
            etag: format!("W/\"{}\"", random::hex(&Sha256::digest(plain)[..16])),
            hashed: is_hashed(path),
            plain,
            compressed: copies.collect(),
        };
        (path.clone(), file)
    });
    Ok(files.collect())
}

/// Opens each of the files, and reads none.
pub(super) fn try_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            try_all(&entry.path())?;
        } else {
            fs::File::open(entry.path())?;
        }
    }
    Ok(())
}

fn collect(folder: &Path, prefix: &str, into: &mut HashMap<String, Content>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        // What is hidden was not built to be shown.
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let path = format!("{prefix}/{}", name.to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &path, into)?;
        } else {
            into.insert(path, fs::read(entry.path())?.leak());
        }
    }
    Ok(())
}

/// trunk puts a hash of 16 hexadecimal digits into the name.
pub(super) fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split(['-', '_', '.']).any(|part| {
        part.len() >= 15 && part.len() <= 16 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json" | "map") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("webmanifest") => "application/manifest+json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}
