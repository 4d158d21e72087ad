//! What was measured: of each thing one value a round.

use std::collections::BTreeMap;

/// All of them, by name.
#[derive(Default)]
pub struct Figures(BTreeMap<String, Vec<f64>>);

/// The middle of the rounds, and how far they went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    pub median: f64,
    pub least: f64,
    pub most: f64,
}

impl Figures {
    /// From lines of a name and its values.
    pub fn read(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once('\t'));
        let values = |text: &str| {
            text.split(' ')
                .map_while(|word| word.parse().ok())
                .collect()
        };
        Self(
            lines
                .map(|(name, text)| (name.to_owned(), values(text)))
                .collect(),
        )
    }

    /// What was learnt elsewhere.
    pub fn add(&mut self, name: &str, value: f64) {
        self.0.entry(name.to_owned()).or_default().push(value);
    }

    /// The middle of one.
    pub fn of(&self, name: &str) -> Option<Summary> {
        summarize(self.0.get(name)?.clone())
    }

    /// The middle of what one is of another, each round by itself: what was slow for one was slow
    /// for its neighbour.
    pub fn ratio(&self, name: &str, base: &str) -> Option<Summary> {
        let (values, bases) = (self.0.get(name)?, self.0.get(base)?);
        summarize(
            values
                .iter()
                .zip(bases)
                .map(|(value, base)| value / base)
                .collect(),
        )
    }

    /// How much one is above the middle of another.
    pub fn difference(&self, name: &str, base: &str) -> Option<Summary> {
        let base = self.of(base)?.median;
        summarize(self.0.get(name)?.iter().map(|value| value - base).collect())
    }
}

fn summarize(mut values: Vec<f64>) -> Option<Summary> {
    values.sort_by(f64::total_cmp);
    Some(Summary {
        median: *values.get(values.len() / 2)?,
        least: *values.first()?,
        most: *values.last()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_is_taken_within_each_round() {
        let figures = Figures::read("ours calls/s\t10 200 30\ntheirs calls/s\t5 100 10\n");
        let middle = |median, least, most| {
            Some(Summary {
                median,
                least,
                most,
            })
        };
        assert_eq!(figures.of("ours calls/s"), middle(30.0, 10.0, 200.0));
        let ratio = figures.ratio("ours calls/s", "theirs calls/s");
        assert_eq!(ratio, middle(2.0, 2.0, 3.0));
        assert_eq!(figures.ratio("ours calls/s", "nobody calls/s"), None);
        let beyond = figures.difference("ours calls/s", "theirs calls/s");
        assert_eq!(beyond, middle(20.0, 0.0, 190.0));
    }
}
