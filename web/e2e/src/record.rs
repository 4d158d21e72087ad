//! What a browser's protocol log says: the requests of all tabs, and the secrets that passed by.

use crate::exchange::{Exchange, Outcome};
use serde_json::Value;
use std::collections::BTreeSet;
use std::time::Duration;

/// The requests in their order, and every token that was seen on its way.
#[derive(Debug, Default)]
pub struct Record {
    /// The requests to anything but the browser itself.
    pub exchanges: Vec<Exchange>,
    /// The access tokens, the newest last.
    pub access_tokens: Vec<String>,
    /// The refresh tokens.
    pub refresh_tokens: BTreeSet<String>,
}

impl Record {
    /// One line of the log. What does not tell of a request is passed over.
    pub fn hear(&mut self, line: &str) {
        let Ok(entry) = serde_json::from_str::<Value>(line) else {
            return;
        };
        let message = &entry["message"];
        let about = &message["params"];
        match message["method"].as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => self.sent(about),
            "Network.responseReceived" => {
                let status = about["response"]["status"].as_u64().unwrap_or_default();
                let status = u16::try_from(status).unwrap_or_default();
                self.became(about, Outcome::Status(status));
            }
            "Network.loadingFailed" => {
                let why = text(&about["errorText"]);
                self.became(about, Outcome::Failed(why));
            }
            "Network.requestWillBeSentExtraInfo" => {
                self.cookies(&text(&about["headers"]["Cookie"]));
            }
            "Network.responseReceivedExtraInfo" => {
                let headers = about["headers"].as_object().into_iter().flatten();
                let set = headers.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
                for (_, value) in set {
                    self.cookies(&text(value));
                }
            }
            _ => {}
        }
    }

    fn sent(&mut self, about: &Value) {
        let request = &about["request"];
        let url = text(&request["url"]);
        // The browser's own pages load much from itself.
        if url.starts_with("chrome") {
            return;
        }
        let headers = request["headers"].as_object().into_iter().flatten();
        let mut bearers = headers.filter(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        if let Some((_, bearer)) = bearers.next() {
            let token = text(bearer).trim_start_matches("Bearer ").to_owned();
            if !self.access_tokens.contains(&token) {
                self.access_tokens.push(token);
            }
        }
        self.exchanges.push(Exchange {
            id: text(&about["requestId"]),
            method: text(&request["method"]),
            url,
            outcome: Outcome::Pending,
            sent_at: Duration::from_secs_f64(about["timestamp"].as_f64().unwrap_or_default()),
        });
    }

    fn became(&mut self, about: &Value, outcome: Outcome) {
        let id = text(&about["requestId"]);
        let mut exchanges = self.exchanges.iter_mut().rev();
        let exchange = exchanges.find(|exchange| exchange.id == id);
        // A failure after an answer is one of its body, which a page may have left behind.
        if let Some(exchange) = exchange.filter(|exchange| exchange.outcome == Outcome::Pending) {
            exchange.outcome = outcome;
        }
    }

    fn cookies(&mut self, header: &str) {
        let pairs = header
            .split([';', '\n'])
            .filter_map(|pair| pair.trim().split_once('='));
        let tokens =
            pairs.filter(|(name, value)| name.starts_with("refresh-") && !value.is_empty());
        self.refresh_tokens
            .extend(tokens.map(|(_, value)| value.to_owned()));
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn heard(messages: &[(&str, Value)]) -> Record {
        let mut record = Record::default();
        for (method, params) in messages {
            let message = json!({"message": {"method": method, "params": params}});
            record.hear(&message.to_string());
        }
        record
    }

    #[test]
    fn a_request_and_its_answer_are_one_exchange() {
        let sent = json!({"requestId": "1", "request": {
            "url": "http://127.0.0.1:1/api/me?a=b", "method": "GET",
            "headers": {"Authorization": "Bearer a.b.c"}}});
        let answered = json!({"requestId": "1", "response": {"status": 401}});
        let record = heard(&[
            ("Network.requestWillBeSent", sent),
            ("Network.responseReceived", answered),
            (
                "Network.loadingFailed",
                json!({"requestId": "1", "errorText": "aborted"}),
            ),
        ]);
        let lines: Vec<_> = record.exchanges.iter().filter_map(Exchange::line).collect();
        assert_eq!(lines, ["GET /api/me 401"]);
        assert!(record.exchanges[0].failed());
        assert_eq!(record.access_tokens, ["a.b.c"]);
    }

    #[test]
    fn refresh_tokens_are_seen_in_both_directions() {
        let record = heard(&[
            (
                "Network.responseReceivedExtraInfo",
                json!({"headers": {"set-cookie": "refresh-8000=one; Path=/; HttpOnly"}}),
            ),
            (
                "Network.requestWillBeSentExtraInfo",
                json!({"headers": {"Cookie": "a=b; refresh-8000=two"}}),
            ),
            (
                "Network.responseReceivedExtraInfo",
                json!({"headers": {"Set-Cookie": "refresh-8000=; Path=/; Max-Age=0"}}),
            ),
        ]);
        let tokens: Vec<_> = record.refresh_tokens.iter().collect();
        assert_eq!(tokens, ["one", "two"]);
    }

    #[test]
    fn the_browsers_own_pages_are_not_ours() {
        let own = json!({"request": {"url": "chrome://resources/a.js", "method": "GET"}});
        assert!(
            heard(&[("Network.requestWillBeSent", own)])
                .exchanges
                .is_empty()
        );
        Record::default().hear("no JSON");
    }
}
