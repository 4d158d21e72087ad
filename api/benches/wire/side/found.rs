//! What was found, round by round.

use crate::client::Outcome;
use std::collections::BTreeMap;

/// Values by the name of what they are of.
#[derive(Default)]
pub struct Found(BTreeMap<String, Vec<f64>>);

impl Found {
    /// One more round.
    pub fn add(&mut self, name: &str, value: f64) {
        self.0.entry(name.to_owned()).or_default().push(value);
    }

    /// How one more round of calls went; all of them must have been answered. The first one warms
    /// up what compiles as it goes, and does not count.
    pub fn add_outcome(&mut self, (round, name): (usize, &str), outcome: &Outcome) {
        assert_eq!(outcome.refused, 0, "{name}");
        eprintln!("{name}: {:.0} calls/s", outcome.rate);
        if round == 0 {
            return;
        }
        self.add(&format!("{name} calls/s"), outcome.rate);
        for (what, time) in [
            ("median", outcome.median),
            ("p99", outcome.p99),
            ("processor", outcome.cost),
        ] {
            self.add(&format!("{name} {what} µs"), time.as_secs_f64() * 1e6);
        }
    }

    /// A line each.
    pub fn print(&self) {
        for (name, values) in &self.0 {
            let values: Vec<_> = values.iter().map(|value| format!("{value:.4}")).collect();
            println!("{name}\t{}", values.join(" "));
        }
    }
}
