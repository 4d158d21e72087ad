//! How README says what to change.

/// A new file, or lines to add to one that is there.
#[derive(Debug, PartialEq, Eq)]
pub struct Change<'a> {
    pub file: &'a str,
    /// The line that the new ones follow; none for a new file.
    pub after: Option<&'a str>,
    /// Whether that line stands there more than once, and each time is meant.
    pub each: bool,
    pub code: &'a str,
}

impl Change<'_> {
    /// The text with the code behind the line.
    pub fn insert(&self, text: &str, line: &str) -> String {
        let mut found = false;
        let mut changed = String::with_capacity(text.len() + self.code.len());
        for old in text.split_inclusive('\n') {
            changed.push_str(old);
            if old.trim() == line && (self.each || !found) {
                changed.push_str(self.code);
                found = true;
            }
        }
        changed
    }
}

/// All changes of a page: a paragraph that begins with a path in backticks and says either "a new
/// file" or "after" a line in backticks, and the Rust code that follows it.
pub fn changes(page: &str) -> Vec<Change<'_>> {
    let blocks = page.match_indices("\n```rust\n");
    blocks
        .filter_map(|(at, fence)| {
            let code = &page[at + fence.len()..];
            let code = &code[..code.find("```")?];
            let before = page[..at].trim_end();
            let paragraph = before.rsplit("\n\n").next()?;
            change(paragraph, code)
        })
        .collect()
}

fn change<'a>(paragraph: &'a str, code: &'a str) -> Option<Change<'a>> {
    let (file, rest) = quoted(paragraph.strip_prefix('`')?)?;
    if rest.starts_with(", a new file") {
        return Some(Change {
            file,
            after: None,
            each: false,
            code,
        });
    }
    let rest = rest.strip_prefix(", after ")?;
    let each = rest.starts_with("each ");
    let line = rest.trim_start_matches("each ").strip_prefix('`')?;
    let (line, _) = quoted(line)?;
    Some(Change {
        file,
        after: Some(line),
        each,
        code,
    })
}

/// What stands before the closing backtick, and what behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.split_once('`')
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "\
Words.

`a.rs`, a new file: with words.

```rust
new();
```

`b.rs`, after each `x,`

```rust
y,
```

Other code:

```rust
other();
```
";

    #[test]
    fn a_page_says_what_to_change() {
        let found = changes(PAGE);
        let [new, lines] = found.as_slice() else {
            panic!("there are two: {found:?}");
        };
        assert_eq!((new.file, new.after, new.code), ("a.rs", None, "new();\n"));
        assert_eq!(
            (lines.file, lines.after, lines.each),
            ("b.rs", Some("x,"), true)
        );
    }

    #[test]
    fn lines_are_added_behind_the_line_that_is_named() {
        let found = changes(PAGE);
        let lines = &found[1];
        assert_eq!(
            lines.insert("(\n  x,\n)\n[\nx,\n]\n", "x,"),
            "(\n  x,\ny,\n)\n[\nx,\ny,\n]\n"
        );
        assert_eq!(lines.insert("z\n", "x,"), "z\n");
    }
}
