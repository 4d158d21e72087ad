//! What went over the network, and what could go.

use super::Person;
use crate::console::Said;
use crate::exchange::{Exchange, Outcome};
use crate::leak;
use crate::patience::until;
use crate::token;
use serde_json::{Value, json};
use std::time::Duration;

impl Person {
    /// From here on, only what comes is counted.
    pub async fn counts_from_here(&self) {
        self.hears_the_browser().await;
        let mut seen = self.seen();
        seen.from = seen.record.exchanges.len();
    }

    /// The requests of all tabs since then, when none is on its way any more.
    pub async fn requests(&self) -> Vec<Exchange> {
        until("all requests are answered", async || {
            self.hears_the_browser().await;
            let seen = self.seen();
            let requests = &seen.record.exchanges[seen.from..];
            let open = requests.iter().any(|exchange| {
                // The channel of trunk's live reload stays open, and has no answer.
                exchange.outcome == Outcome::Pending && !exchange.url.starts_with("ws")
            });
            (!open).then(|| requests.to_vec())
        })
        .await
    }

    /// Method, path and status of the calls of the API since then.
    pub async fn calls(&self) -> Vec<String> {
        self.requests()
            .await
            .iter()
            .filter_map(Exchange::line)
            .collect()
    }

    /// The same, up to that one of them which is the so manieth of its kind.
    pub async fn calls_until(&self, line: &str, times: usize) -> Vec<String> {
        until(&format!("{line}, {times} times"), async || {
            let calls = self.calls().await;
            let mut same = calls.iter().enumerate().filter(|(_, call)| *call == line);
            let (last, _) = same.nth(times - 1)?;
            Some(calls[..=last].to_vec())
        })
        .await
    }

    /// How many refreshes there were since then.
    pub async fn refreshes(&self) -> usize {
        let requests = self.requests().await;
        requests
            .iter()
            .filter(|exchange| exchange.is_refresh())
            .count()
    }

    /// Loses the network, or has it again.
    pub async fn is_connected(&self, connected: bool) {
        self.does(if connected {
            "is online"
        } else {
            "loses the network"
        });
        let weather = json!({
            "offline": !connected, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.inspects("Network.emulateNetworkConditions", weather)
            .await;
    }

    /// Has an extension that keeps these addresses from loading; `*` stands for anything.
    pub async fn blocks(&self, patterns: &[&str]) {
        self.does(&format!("blocks {patterns:?}"));
        self.inspects("Network.enable", json!({})).await;
        self.inspects("Network.setBlockedURLs", json!({ "urls": patterns }))
            .await;
    }

    /// Runs no script of pages, or does again.
    pub async fn runs_scripts(&self, runs: bool) {
        self.does(if runs {
            "allows scripts"
        } else {
            "allows no scripts"
        });
        self.inspects(
            "Emulation.setScriptExecutionDisabled",
            json!({ "value": !runs }),
        )
        .await;
    }

    /// Fetches everything anew, or goes back to keeping copies of what may be kept.
    pub async fn keeps_no_copies(&self, none: bool) {
        self.inspects("Network.setCacheDisabled", json!({ "cacheDisabled": none }))
            .await;
    }

    /// Deletes the browser's cookies, as a cleaning tool does.
    pub async fn loses_their_cookies(&self) {
        self.does("loses their cookies");
        self.inspects("Network.clearBrowserCookies", json!({}))
            .await;
    }

    /// All requests since the browser was opened.
    pub(crate) fn all_requests(&self) -> Vec<Exchange> {
        self.seen().record.exchanges.clone()
    }

    /// Everything that was said on the console.
    pub(crate) fn console(&self) -> Vec<Said> {
        self.seen().console.clone()
    }

    /// The access token that the browser used last.
    pub async fn access_token(&self) -> String {
        self.hears_the_browser().await;
        let token = self.seen().record.access_tokens.last().cloned();
        token.expect("the browser has used an access token")
    }

    /// The refresh token in the browser's cookie, as a thief would copy it.
    pub async fn refresh_token(&self) -> Option<String> {
        let cookies = self.inspects("Storage.getCookies", json!({})).await;
        let mut cookies = cookies["cookies"].as_array()?.iter();
        let is_ours = |name: &Value| name.as_str()?.strip_prefix("refresh-").map(drop);
        let cookie = cookies.find(|cookie| is_ours(&cookie["name"]).is_some())?;
        Some(cookie["value"].as_str()?.to_owned())
    }

    /// The generation of the refresh token in the browser's cookie.
    pub async fn generation(&self) -> u32 {
        let cookie = self.refresh_token().await.expect("there is a cookie");
        token::generation(&cookie)
    }

    /// The generations of all refresh tokens that the browser ever sent or got: one entry a token.
    pub async fn generations(&self) -> Vec<u32> {
        self.hears_the_browser().await;
        let seen = self.seen();
        let tokens = seen.record.refresh_tokens.iter();
        let mut generations: Vec<_> = tokens.map(|token| token::generation(token)).collect();
        generations.sort_unstable();
        generations
    }

    /// All cookies as the browser keeps them, by name.
    pub async fn cookies(&self) -> Vec<Value> {
        let cookies = self.inspects("Storage.getCookies", json!({})).await;
        let mut cookies = cookies["cookies"].as_array().cloned().unwrap_or_default();
        cookies.sort_by_key(|cookie| cookie["name"].to_string());
        cookies
    }

    /// When the refreshes since then were sent.
    pub async fn refreshes_were_at(&self) -> Vec<Duration> {
        let requests = self.requests().await;
        let refreshes = requests.iter().filter(|exchange| exchange.is_refresh());
        refreshes.map(|exchange| exchange.sent_at).collect()
    }

    /// All tokens that the browser ever sent or got, and the password.
    pub(crate) fn secrets(&self) -> Vec<String> {
        let record = &self.seen().record;
        let tokens = record.access_tokens.iter().chain(&record.refresh_tokens);
        tokens.chain([&self.password]).cloned().collect()
    }

    /// Those of them that no browser has a place for.
    pub(crate) fn secrets_of_the_page(&self) -> Vec<String> {
        let tokens = &self.seen().record.access_tokens;
        tokens.iter().chain([&self.password]).cloned().collect()
    }

    /// All that lies open in this browser now, and where.
    pub async fn what_lies_open(&self) -> Vec<String> {
        leak::what_lies_open(self).await
    }

    /// Reads what the browser logged since the last time.
    pub(crate) async fn hears_the_browser(&self) {
        let network = self.driver.get_log("performance").await;
        let console = self.driver.get_log("browser").await;
        let mut seen = self.seen();
        for entry in network.expect("the driver keeps this log") {
            seen.record.hear(&entry.message);
        }
        let console = console.expect("the driver keeps this log");
        seen.console.extend(console.into_iter().map(Said::of));
    }
}
