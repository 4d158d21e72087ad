//! What a browser calls itself, in words that people use.

use super::text;

/// Looked for in this order: most browsers also name those they descend from.
const BROWSERS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// The device of that `User-Agent`.
pub fn device(user_agent: Option<&str>) -> String {
    let Some(agent) = user_agent else {
        return text::UNKNOWN_DEVICE.say().to_owned();
    };
    let find = |table: &[(&str, &'static str)]| {
        let mut rows = table.iter();
        rows.find(|(mark, _)| agent.contains(mark))
            .map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => text::BROWSER_ON.fill(&[browser, system]),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        // A program: `curl/8.1` and the like.
        (None, None) => agent.split(['/', ' ']).next().unwrap_or(agent).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(agent: &str, words: &str) {
        assert_eq!(device(Some(agent)), words);
    }

    #[test]
    fn browsers_are_told_from_those_they_descend_from() {
        check(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36",
            "Chrome on Linux",
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0",
            "Edge on Windows",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:127.0) Gecko/20100101 Firefox/127.0",
            "Firefox on Mac",
        );
    }

    #[test]
    fn programs_keep_their_name() {
        check("curl/8.1.2", "curl");
        assert_eq!(device(None), "Unknown device");
    }
}
