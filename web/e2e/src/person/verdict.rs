//! What is true of every journey.

use super::Person;
use crate::console::Said;
use crate::exchange::Exchange;

impl Person {
    /// The browser asked nobody but our own origin.
    pub(crate) fn was_among_us(&self, origin: &str) {
        let strangers: Vec<_> = self
            .all_requests()
            .into_iter()
            .map(|exchange| exchange.url)
            .filter(|url| !is_of(url, origin))
            .collect();
        assert!(
            strangers.is_empty(),
            "{} was led to {strangers:?}",
            self.name
        );
    }

    /// Nothing broke, and nothing was against the content security policy.
    pub(crate) fn heard_no_complaint(&self) {
        let console = self.console();
        let complaints: Vec<_> = console
            .iter()
            .filter(|said| said.is_complaint())
            .map(Said::line)
            .collect();
        assert!(
            complaints.is_empty(),
            "{}'s console:\n{}",
            self.name,
            complaints.join("\n")
        );
    }

    /// The journey broke something on purpose: what the console said of it so far is as it should
    /// be. A breach of the policy never is.
    pub async fn expected_the_complaints(&self) {
        self.hears_the_browser().await;
        let mut seen = self.seen();
        seen.console
            .retain(|said| said.is_breach() || !said.is_complaint());
    }

    /// Calls and console, for whoever reads why a journey failed.
    pub(crate) async fn account_of_the_network(&self) -> String {
        self.hears_the_browser().await;
        let requests = self.all_requests();
        let calls: Vec<_> = requests.iter().filter_map(Exchange::line).collect();
        let said: Vec<_> = self.console().iter().map(Said::line).collect();
        let name = &self.name;
        format!(
            "{name}'s calls:\n{}\n{name}'s console:\n{}",
            calls.join("\n"),
            said.join("\n")
        )
    }
}

fn is_of(url: &str, origin: &str) -> bool {
    let inside = ["data:", "blob:", "about:"]
        .iter()
        .any(|scheme| url.starts_with(scheme));
    // Trunk's live reload is a web socket of the same host and port.
    let same = url
        .strip_prefix("ws")
        .and_then(|rest| Some((rest, origin.strip_prefix("http")?)));
    let rest = match same {
        Some((rest, host)) => rest.strip_prefix(host),
        None => url.strip_prefix(origin),
    };
    inside || rest.is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_origin_is_among_us() {
        let origin = "http://127.0.0.1:80";
        for ours in [
            "http://127.0.0.1:80/a",
            "ws://127.0.0.1:80/b",
            "data:,",
            "about:blank",
        ] {
            assert!(is_of(ours, origin), "{ours}");
        }
        for other in [
            "http://127.0.0.1:8080/",
            "https://127.0.0.1:80/",
            "ws://x:80/",
        ] {
            assert!(!is_of(other, origin), "{other}");
        }
    }
}
