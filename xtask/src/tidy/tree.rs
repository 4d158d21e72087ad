//! The files that the rules read.

use crate::workspace;
use std::path::Path;

/// One file of the repository.
pub struct SourceFile {
    /// From the top level, with forward slashes.
    pub path: String,
    pub bytes: u64,
    /// Empty where it is not text.
    pub text: String,
}

/// All files that are, or would be, committed.
pub struct Tree {
    pub files: Vec<SourceFile>,
}

impl Tree {
    /// What git knows of or would add.
    pub fn of_checkout(root: &Path) -> anyhow::Result<Self> {
        let names = workspace::files(root)?;
        let files = names.into_iter().filter_map(|name| {
            // What is deleted and not yet committed is listed too.
            let bytes = std::fs::read(root.join(&name)).ok()?;
            Some(SourceFile {
                path: name,
                bytes: bytes.len() as u64,
                text: String::from_utf8(bytes).unwrap_or_default(),
            })
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path);
        file.map(|file| file.text.as_str())
    }

    /// The Rust files below a folder, or all with "".
    pub fn rust<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a SourceFile> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder) && file.is("rs"))
    }
}

impl SourceFile {
    /// Whether its name ends with the extension.
    pub fn is(&self, extension: &str) -> bool {
        Path::new(&self.path)
            .extension()
            .is_some_and(|is| is == extension)
    }

    /// Its lines of code, numbered, without comments and without the unit tests at its end.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate();
        lines
            .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
            .map(|(index, line)| (index + 1, line))
    }
}

/// Whether the line has the word, not as a part of another.
pub fn has_word(line: &str, word: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(start, _)| {
        !line[..start].ends_with(is_part) && !line[start + word.len()..].starts_with(is_part)
    })
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A repository of these files.
    pub fn tree(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, text)| SourceFile {
            path: (*path).to_owned(),
            bytes: text.len() as u64,
            text: (*text).to_owned(),
        });
        Tree {
            files: files.collect(),
        }
    }

    #[test]
    fn code_is_without_comments_and_tests() {
        let file = &tree(&[(
            "a.rs",
            "use a;\n// use b;\nuse c;\n#[cfg(test)]\nmod tests;\n",
        )])
        .files[0];
        assert_eq!(
            file.code().collect::<Vec<_>>(),
            [(1, "use a;"), (3, "use c;")]
        );
    }

    #[test]
    fn a_word_is_a_whole_word() {
        assert!(has_word("use poem::Route;", "poem"));
        assert!(!has_word("use poem_openapi::Object;", "poem"));
        assert!(!has_word("let epoem = 1;", "poem"));
    }
}
