//! What pages say on the console, and what the browser says there about them.

use thirtyfour::BrowserLogEntry;

/// One line.
#[derive(Clone, Debug)]
pub struct Said {
    level: String,
    source: String,
    /// The words.
    pub text: String,
}

impl Said {
    pub fn of(entry: BrowserLogEntry) -> Self {
        Self {
            level: entry.level,
            source: entry.source.unwrap_or_default(),
            text: entry.message,
        }
    }

    /// Whether something is wrong: an exception, a breach of the content security policy, an error
    /// or a warning of the app, something that could not be loaded. The browser also notes each
    /// call of the API that was refused or failed; whether that was right, the journey says.
    pub fn is_complaint(&self) -> bool {
        let grave = matches!(self.level.as_str(), "SEVERE" | "WARNING");
        let api_call = self.source == "network" && self.text.contains("/api/");
        grave && !api_call
    }

    /// Whether it is about the content security policy.
    pub fn is_breach(&self) -> bool {
        self.source == "security" || self.text.contains("Content Security Policy")
    }

    /// Source and words.
    pub fn line(&self) -> String {
        format!("{} ({}): {}", self.level, self.source, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(level: &str, source: &str, text: &str, complaint: bool) {
        let [level, source, text] = [level, source, text].map(str::to_owned);
        let said = Said {
            level,
            source,
            text,
        };
        assert_eq!(said.is_complaint(), complaint, "{said:?}");
    }

    #[test]
    fn only_refused_calls_of_the_api_are_no_complaint() {
        check(
            "SEVERE",
            "security",
            "Refused to load https://x.example/api/a.js",
            true,
        );
        check("SEVERE", "network", "http://127.0.0.1:1/a.js - 404", true);
        check(
            "SEVERE",
            "network",
            "http://127.0.0.1:1/api/me - 401",
            false,
        );
        check(
            "SEVERE",
            "javascript",
            "Uncaught RuntimeError: unreachable",
            true,
        );
        check("WARNING", "console-api", "deprecated parameters", true);
        check("INFO", "console-api", "hello", false);
    }
}
