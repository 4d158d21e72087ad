//! Text that users choose and others see, such as display names and what a browser calls itself.
//!
//! Such text must not reorder what stands around it, hide a part of itself, or show nothing: lists,
//! audit events and mail would then say something else than they seem to. New text is refused where
//! it breaks the rule; text from before the rule, and text that nobody can correct, is stripped.

use std::borrow::Cow;

/// The most combining marks on one character: Vietnamese has two, vocalized Hebrew up to four.
const MARKS_MAX: usize = 4;

/// Whether every character of the text can be seen and none changes how others are shown.
pub fn is_visible(text: &str) -> bool {
    matches!(visible(text), Cow::Borrowed(_))
}

/// The text without what cannot be seen or changes how other text is shown.
pub fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut marks = 0;
    while let Some(c) = chars.next() {
        let before = kept.chars().next_back();
        let stays = match c {
            JOINER | NON_JOINER | EMOJI_STYLE => joins(before, c, chars.peek().copied()),
            _ if is_mark(c) => {
                marks += 1;
                before.is_some_and(|before| before != ' ') && marks <= MARKS_MAX
            }
            _ => is_printable(c) && !shows_nothing(c),
        };
        if !is_mark(c) {
            marks = 0;
        }
        if stays {
            kept.push(c);
        }
    }
    if kept == text {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(kept)
    }
}

/// As [`visible`], for text that is owned.
pub fn strip(text: String) -> String {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(seen) => seen,
    }
}

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';
const EMOJI_STYLE: char = '\u{fe0f}';

/// Whether an invisible character has its use there: between letters of scripts whose spelling needs
/// it (Arabic to Sinhala), or in an emoji.
fn joins(before: Option<char>, c: char, after: Option<char>) -> bool {
    let is_letter = |c: char| matches!(c, '\u{600}'..='\u{dff}') && c.is_alphabetic();
    let is_emoji = |c: char| matches!(c, '\u{203c}'..='\u{3299}' | '\u{1f000}'..='\u{1faff}');
    let is_mark = |c: char| is_mark(c) && matches!(c, '\u{600}'..='\u{dff}');
    match (c, before, after) {
        (EMOJI_STYLE, Some(before), _) => is_emoji(before),
        (JOINER, Some(before), Some(after)) if is_emoji(after) => {
            is_emoji(before) || before == EMOJI_STYLE
        }
        (JOINER | NON_JOINER, Some(before), Some(after)) => {
            (is_letter(before) || is_mark(before)) && is_letter(after)
        }
        _ => false,
    }
}

/// Whether the standard library would show that character in a string as it stands. That leaves out
/// control and format characters (all that order text in two directions among them), line and
/// paragraph separators, unusual blanks, private and unassigned code points. A blank stands in front,
/// because a combining mark is shown as it stands only behind another character.
fn is_printable(c: char) -> bool {
    let mut bytes = [0; 5];
    bytes[0] = b' ';
    let length = 1 + c.encode_utf8(&mut bytes[1..]).len();
    let text = std::str::from_utf8(&bytes[..length]).unwrap_or_default();
    matches!(c, '"' | '\'' | '\\' | IDEOGRAPHIC_SPACE) || text.escape_debug().count() == 2
}

/// Stands between the parts of Japanese names.
const IDEOGRAPHIC_SPACE: char = '\u{3000}';

/// Whether it is shown on top of the character before it.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_printable(c) && !shows_nothing(c) && c.escape_debug().count() > 1
}

/// Letters, marks and signs that are printed as nothing (`Default_Ignorable_Code_Point`, and the blank
/// of Braille), besides those that [`is_printable`] leaves out.
fn shows_nothing(c: char) -> bool {
    matches!(
        c,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{2800}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffc}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_scripts_are_seen_as_they_are() {
        for name in [
            "Alice \"Al\" O'Neill \\ Co.",
            "Zoë",
            "Zoe\u{308}",
            "Nguyê\u{303}\u{323}n",
            "Алиса",
            "אלי\u{5e1}\u{5b8}",
            "أليس",
            "می\u{200c}خواهم",
            "ක්\u{200d}රි",
            "山田\u{3000}太郎",
            "ประยุทธ์",
            "한국",
            "❤\u{fe0f} Ada 👩\u{200d}💻",
            "🏳\u{fe0f}\u{200d}🌈",
        ] {
            assert_eq!(visible(name), name);
            assert!(is_visible(name), "{name:?}");
        }
    }

    #[test]
    fn what_reorders_hides_or_shows_nothing_is_found_and_stripped() {
        for (text, seen) in [
            ("ecila\u{202e}alice", "ecilaalice"),
            ("\u{2066}alice\u{2069}", "alice"),
            ("\u{200e}alice\u{200f}\u{61c}", "alice"),
            ("ali\u{200b}ce\u{2060}\u{feff}\u{ad}", "alice"),
            ("ali\u{200d}ce\u{200c}", "alice"),
            ("ali\u{fe0f}ce\u{fe00}\u{e0101}\u{34f}", "alice"),
            ("\u{3164}\u{115f}\u{1160}\u{ffa0}\u{2800}\u{17b4}", ""),
            ("a\u{0}l\u{7}i\u{1b}[31mce\r\n\u{85}", "ali[31mce"),
            ("alice\u{2028}\u{2029}bob\u{a0}\u{2003}", "alicebob"),
            ("\u{e000}\u{f8ff}\u{10ffff}\u{fffe}\u{378}", ""),
            ("\u{e0041}\u{e007f}\u{fffc}\u{fff9}", ""),
            ("\u{301}alice", "alice"),
            (" \u{301}", " "),
        ] {
            assert_eq!(visible(text), seen, "{text:?}");
            assert!(!is_visible(text), "{text:?}");
        }
    }

    #[test]
    fn one_character_has_few_marks() {
        let marks = "\u{301}\u{302}\u{303}\u{304}";
        let text = format!("Z{marks}a{marks}");
        assert!(is_visible(&text));
        let tower = format!("Z{}algo", "\u{335}".repeat(40));
        assert_eq!(visible(&tower), format!("Z{}algo", "\u{335}".repeat(4)));
    }

    #[test]
    fn stripping_once_is_enough() {
        for text in [
            "\u{202e}\u{200d}a\u{301}",
            "a\u{200b}\u{301}\u{301}",
            "👩\u{200d}\u{202e}💻",
        ] {
            let once = visible(text).into_owned();
            assert!(is_visible(&once), "{text:?} {once:?}");
        }
    }
}
