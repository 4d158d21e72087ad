//! The text that Prometheus reads (its exposition format, version 0.0.4).

use std::fmt::{Display, Write};

/// Grows as families are added.
#[derive(Default)]
pub struct Writer(String);

/// What a number is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// It only grows.
    Counter,
    /// It goes up and down.
    Gauge,
    /// Numbers of what lies below some ends.
    Histogram,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// One family, whose numbers follow its head.
pub struct Family<'a> {
    text: &'a mut String,
    name: &'static str,
}

impl Writer {
    /// Begins a family.
    pub fn family(&mut self, name: &'static str, kind: Kind, help: &str) -> Family<'_> {
        let kind = kind.word();
        let text = &mut self.0;
        line(
            text,
            format_args!("# HELP {name} {help}\n# TYPE {name} {kind}"),
        );
        Family { text, name }
    }

    /// A family of one number without labels.
    pub fn number(&mut self, name: &'static str, kind: Kind, help: &str, value: impl Display) {
        self.family(name, kind, help).add("", &[], value);
    }

    /// All of it.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Family<'_> {
    /// A number; what it is called begins with the family's name.
    pub fn add(&mut self, ending: &str, labels: &[(&str, &str)], value: impl Display) {
        self.text.push_str(self.name);
        self.text.push_str(ending);
        for (place, (label, word)) in labels.iter().enumerate() {
            let before = if place == 0 { '{' } else { ',' };
            write(self.text, format_args!("{before}{label}=\"{word}\""));
        }
        if !labels.is_empty() {
            self.text.push('}');
        }
        line(self.text, format_args!(" {value}"));
    }
}

fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    write(text, what);
    text.push('\n');
}

fn write(text: &mut String, what: std::fmt::Arguments<'_>) {
    text.write_fmt(what)
        .expect("BUG: a string takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_a_head_and_its_numbers() {
        let mut text = Writer::default();
        let mut family = text.family("tea_total", Kind::Counter, "Cups of tea.");
        family.add("", &[("kind", "green"), ("size", "small")], 3);
        text.number("pots", Kind::Gauge, "Pots.", 0.5);
        assert_eq!(
            text.into_string(),
            "# HELP tea_total Cups of tea.\n# TYPE tea_total counter\n\
             tea_total{kind=\"green\",size=\"small\"} 3\n\
             # HELP pots Pots.\n# TYPE pots gauge\npots 0.5\n"
        );
    }
}
