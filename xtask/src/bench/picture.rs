//! The figures as bars, which can be read on a light page and on a dark one.

use super::figures::{Figures, Summary};
use super::table::{CALLERS, number};
use std::fmt::Write as _;

/// Some bars.
pub struct Picture {
    pub file: &'static str,
    pub title: &'static str,
    /// The names of their figures begin so.
    family: &'static [&'static str],
}

/// All of them.
pub const ALL: [Picture; 3] = [
    Picture {
        file: "performance-calls.svg",
        title: "Calls a second that one core answers",
        family: &["call "],
    },
    Picture {
        file: "performance-refreshes.svg",
        title: "Refreshes a second",
        family: &["refresh ", "pgbench"],
    },
    Picture {
        file: "performance-sign-ins.svg",
        title: "Sign-ins a second that one core answers",
        family: &["sign-in "],
    },
];

const WIDTH: f64 = 760.0;
/// Where the bars begin and how long the longest is.
const LEFT: f64 = 310.0;
const LONGEST: f64 = 360.0;
const TOP: f64 = 44.0;
const ROW: f64 = 30.0;
const BAR: f64 = 18.0;
const STYLE: &str = "<style>\
    svg { background: #fff; font: 13px sans-serif; fill: #1f2328; } \
    .head { font-size: 15px; font-weight: bold; } \
    .ours { fill: #0b63c5; } .other { fill: #8c959f; } \
    .spread { stroke: #1f2328; stroke-width: 1.5; } \
    @media (prefers-color-scheme: dark) { \
    svg { background: #0d1117; fill: #e6edf3; } \
    .ours { fill: #4493f8; } .other { fill: #6e7681; } \
    .spread { stroke: #e6edf3; } }\
    </style>\n";

impl Picture {
    /// Its text.
    pub fn svg(&self, figures: &Figures) -> String {
        let is_one = |name: &str| self.family.iter().any(|start| name.starts_with(start));
        let known = CALLERS.into_iter().filter(|(name, _)| is_one(name));
        let rows = known.filter_map(|(name, what)| {
            let found = figures.of(&format!("{name} calls/s"))?;
            Some((name, what, found))
        });
        let rows: Vec<_> = rows.collect();
        let most = rows
            .iter()
            .map(|(.., found)| found.most)
            .fold(1.0, f64::max);
        let mut bars = String::new();
        let mut y = TOP;
        for (name, what, found) in rows {
            bar(&mut bars, y, (name, what), &scaled(found, most));
            let x = LEFT + found.most / most * LONGEST + 8.0;
            let middle = y + BAR - 4.0;
            let _ = writeln!(
                bars,
                "<text x=\"{x:.0}\" y=\"{middle:.0}\">{}</text>",
                number(found.median)
            );
            y += ROW;
        }
        let title = self.title;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {y}\">\n<title>{title}</title>\n{STYLE}\
             <text class=\"head\" x=\"12\" y=\"26\">{title}</text>\n{bars}</svg>\n"
        )
    }
}

/// On the picture's own scale.
fn scaled(found: Summary, most: f64) -> Summary {
    let scale = |value: f64| value / most * LONGEST;
    Summary {
        median: scale(found.median),
        least: scale(found.least),
        most: scale(found.most),
    }
}

/// Its name, the bar, and a line from the least to the most.
fn bar(svg: &mut String, y: f64, (name, what): (&str, &str), length: &Summary) {
    let is_ours = name.contains("ours") || name.contains("postgres");
    let class = if is_ours { "ours" } else { "other" };
    let (end, middle) = (LEFT - 10.0, y + BAR / 2.0);
    let _ = writeln!(
        svg,
        "<text x=\"{end}\" y=\"{:.0}\" text-anchor=\"end\">{what}</text>",
        y + BAR - 4.0
    );
    let _ = writeln!(
        svg,
        "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{:.1}\" height=\"{BAR}\"/>",
        length.median
    );
    let _ = writeln!(
        svg,
        "<line class=\"spread\" x1=\"{:.1}\" x2=\"{:.1}\" y1=\"{middle}\" y2=\"{middle}\"/>",
        LEFT + length.least,
        LEFT + length.most
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_fits_and_the_others_are_in_proportion() {
        let figures = Figures::read("call ours calls/s\t50\ncall bare calls/s\t100\n");
        let svg = ALL[0].svg(&figures);
        assert!(svg.contains("width=\"360.0\""), "{svg}");
        assert!(svg.contains("width=\"180.0\""), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2);
    }
}
