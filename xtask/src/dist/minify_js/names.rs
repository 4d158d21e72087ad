//! What the wasm and its script call each other. The names that wasm-bindgen gives end in hashes,
//! which no compressor makes smaller, and stand in both files.

use anyhow::{Context, ensure};
use std::collections::BTreeMap;

/// Sections of a module, by their numbers in the format. Custom ones are for tools.
const CUSTOM: u8 = 0;
const IMPORTS: u8 = 2;
const EXPORTS: u8 = 7;

/// The names and what takes their place.
type Names = BTreeMap<String, String>;

/// Both files with short names.
pub fn shortened(wasm: &[u8], script: &str) -> anyhow::Result<(Vec<u8>, String)> {
    let mut names = Names::new();
    let wasm = module(wasm, &mut names)?;
    let script = renamed(script, &names)?;
    Ok((wasm, script))
}

fn module(wasm: &[u8], names: &mut Names) -> anyhow::Result<Vec<u8>> {
    let mut rest = Bytes(wasm);
    let mut short = rest.take(8)?.to_vec();
    while let Ok(section) = rest.byte() {
        let length = rest.number()?;
        let mut body = Bytes(rest.take(length)?);
        let written = match section {
            CUSTOM => continue,
            IMPORTS => imports(&mut body, names)?,
            EXPORTS => exports(&mut body, names)?,
            _ => body.0.to_vec(),
        };
        short.push(section);
        sized(&mut short, &written);
    }
    Ok(short)
}

/// Each has the name of its module, its own, and what it is.
fn imports(body: &mut Bytes, names: &mut Names) -> anyhow::Result<Vec<u8>> {
    let count = body.number()?;
    let mut written = Vec::new();
    number(&mut written, count);
    for _ in 0..count {
        sized(&mut written, body.sized()?);
        sized(&mut written, short_for(body.sized()?, names)?.as_bytes());
        let before = body.0;
        ensure!(body.byte()? == 0, "what is imported is not a function");
        body.number()?;
        written.extend(&before[..before.len() - body.0.len()]);
    }
    Ok(written)
}

/// Each has its name, what it is, and its number.
fn exports(body: &mut Bytes, names: &mut Names) -> anyhow::Result<Vec<u8>> {
    let count = body.number()?;
    let mut written = Vec::new();
    number(&mut written, count);
    for _ in 0..count {
        sized(&mut written, short_for(body.sized()?, names)?.as_bytes());
        written.push(body.byte()?);
        number(&mut written, body.number()?);
    }
    Ok(written)
}

/// Only what wasm-bindgen named: those names mean nothing else in the script.
fn short_for(name: &[u8], names: &mut Names) -> anyhow::Result<String> {
    let name = str::from_utf8(name).context("a name is no text")?;
    let of_bindgen = ["__wbg_", "__wbindgen_", "wasm_bindgen__"];
    if !of_bindgen.iter().any(|start| name.starts_with(start)) {
        return Ok(name.to_owned());
    }
    let next = format!("${}", names.len());
    Ok(names.entry(name.to_owned()).or_insert(next).clone())
}

/// The script with those names in place of the long ones, which it must all know.
fn renamed(script: &str, names: &Names) -> anyhow::Result<String> {
    let mut known = 0;
    let mut seen = Names::new();
    let mut short = String::new();
    let in_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    let mut rest = script;
    while let Some(start) = rest.find(in_name) {
        let (between, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !in_name(c)).unwrap_or(from.len()));
        short.push_str(between);
        match names.get(word) {
            Some(name) => {
                known += usize::from(seen.insert(word.to_owned(), name.clone()).is_none());
                short.push_str(name);
            }
            None => short.push_str(word),
        }
        rest = after;
    }
    short.push_str(rest);
    ensure!(
        known == names.len(),
        "the script does not know every name of the wasm"
    );
    Ok(short)
}

/// What of a module is still to be read.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, length: usize) -> anyhow::Result<&'a [u8]> {
        let (taken, rest) = self
            .0
            .split_at_checked(length)
            .context("the wasm is cut off")?;
        self.0 = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> anyhow::Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// LEB128, seven bits a byte, the lowest first.
    fn number(&mut self) -> anyhow::Result<usize> {
        let mut number = 0;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        anyhow::bail!("a number of the wasm does not end")
    }

    fn sized(&mut self) -> anyhow::Result<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }
}

fn number(written: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        written.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    written.push(number.to_le_bytes()[0]);
}

fn sized(written: &mut Vec<u8>, bytes: &[u8]) {
    number(written, bytes.len());
    written.extend(bytes);
}

#[cfg(test)]
mod tests;
