//! Which inline scripts and styles of a page may run: those whose hash its policy names.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// The sources for `script-src` of the inline scripts of a page.
pub fn scripts(html: &str) -> String {
    sources(html, "script")
}

/// The sources for `style-src` of the inline styles of a page.
pub fn styles(html: &str) -> String {
    sources(html, "style")
}

/// Written for pages that we build ourselves: lower-case tags, nothing commented out.
fn sources(html: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut sources = String::new();
    let mut rest = html;
    while let Some(at) = rest.find(&open) {
        rest = &rest[at + open.len()..];
        let Some((attributes, after)) = rest.split_once('>') else {
            break;
        };
        let Some(end) = after.find(&close) else {
            break;
        };
        if !attributes.contains("src=") {
            // Browsers read every line end as one line feed, and hash what they read.
            let text = after[..end].replace("\r\n", "\n").replace('\r', "\n");
            let hash = STANDARD.encode(Sha256::digest(text));
            sources.extend([" 'sha256-", &hash, "'"]);
        }
        rest = &after[end..];
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inline_scripts_are_hashed_as_they_stand() {
        let html = "<script src=\"a.js\"></script><script>alert(1)</script><style>a{}</style>";
        // printf 'alert(1)' | openssl dgst -sha256 -binary | base64
        let expected = " 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";
        assert_eq!(scripts(html), expected);
        assert_eq!(styles(html).matches("sha256-").count(), 1);
        assert_eq!(scripts("<p>nothing</p>"), "");
    }

    #[test]
    fn line_ends_are_hashed_as_browsers_read_them() {
        let unix = scripts("<script>\na()\nb()\n</script>");
        assert_eq!(scripts("<script>\r\na()\r\nb()\r\n</script>"), unix);
        assert_eq!(scripts("<script>\ra()\rb()\r</script>"), unix);
    }
}
