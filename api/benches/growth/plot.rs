//! The middle costs as a picture, both axes by powers of ten, as far as the costs go.

use crate::curves::Curves;
use std::fmt::Write as _;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 94.0;
const RIGHT: f64 = 250.0;
const MARGIN: f64 = 40.0;
/// They are told apart on a light page and on a dark one, where their backgrounds follow.
const STYLE: &str = "<style>\
    svg { background: #fff; font: 12px sans-serif; fill: #1f2328; } \
    line { stroke: #d8dee4; } \
    @media (prefers-color-scheme: dark) { svg { background: #0d1117; fill: #e6edf3; } \
    line { stroke: #30363d; } }\
    </style>\n";
const COLOURS: [&str; 8] = [
    "#3b82f6", "#e5484d", "#30a46c", "#a855f7", "#e2790b", "#0e9aa7", "#a1785c", "#8b949e",
];

/// Where values lie on the picture.
struct Scales {
    people: (f64, f64),
    millis: (f64, f64),
}

/// The picture.
pub fn svg(curves: &Curves) -> String {
    let scales = Scales::of(curves);
    let title = "Milliseconds a call, by number of people";
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\">\n\
         <title>{title}</title>\n{STYLE}"
    );
    text(&mut svg, (LEFT, 22.0), title);
    let mut millis = scales.millis.0;
    while millis <= scales.millis.1 {
        let label = format!("{} ms", 10f64.powf(millis));
        let y = scales.y(10f64.powf(millis));
        line(&mut svg, (LEFT, y), (WIDTH - RIGHT, y));
        text(&mut svg, (8.0, y + 4.0), &label);
        millis += 1.0;
    }
    for &people in &curves.people {
        let x = scales.x(people);
        line(&mut svg, (x, MARGIN), (x, HEIGHT - MARGIN));
        let place = (x - 22.0, HEIGHT - 18.0);
        text(&mut svg, place, &people.to_string());
    }
    for (number, colour) in (0..curves.rows.len()).zip(COLOURS.into_iter().cycle()) {
        curve(&mut svg, (curves, number), (&scales, colour));
    }
    svg.push_str("</svg>\n");
    svg
}

fn curve(svg: &mut String, (curves, number): (&Curves, usize), (scales, colour): (&Scales, &str)) {
    let (what, costs) = &curves.rows[number];
    let known = curves.people.iter().zip(costs);
    let known = known.filter_map(|(people, millis)| Some((*people, (*millis)?)));
    let places: Vec<_> = known
        .map(|(people, millis)| (scales.x(people), scales.y(millis)))
        .collect();
    let points: Vec<_> = places
        .iter()
        .map(|(x, y)| format!("{x:.1},{y:.1}"))
        .collect();
    let _ = writeln!(
        svg,
        "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
        points.join(" ")
    );
    for (x, y) in places {
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"
        );
    }
    let row = f64::from(u8::try_from(number).unwrap_or(u8::MAX));
    let (x, y) = (WIDTH - RIGHT + 24.0, MARGIN + 20.0 * row);
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>",
        y - 9.0
    );
    text(svg, (x + 16.0, y), what);
}

fn line(svg: &mut String, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(
        svg,
        "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>"
    );
}

fn text(svg: &mut String, (x, y): (f64, f64), words: &str) {
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\">{words}</text>");
}

impl Scales {
    /// From the first to the last, to the next powers of ten.
    fn of(curves: &Curves) -> Self {
        let people = curves.people.iter().map(|people| decades(*people));
        let (low, high) = ends(people);
        let costs = curves.rows.iter().flat_map(|(_, costs)| costs);
        let (least, most) = ends(costs.flatten().map(|millis| millis.log10()));
        Self {
            people: (low, high.max(low + 1.0)),
            millis: (least.floor(), most.ceil().max(least.floor() + 1.0)),
        }
    }

    fn x(&self, people: u64) -> f64 {
        let (low, high) = self.people;
        let part = (decades(people) - low) / (high - low);
        LEFT + 20.0 + part * (WIDTH - LEFT - RIGHT - 50.0)
    }

    fn y(&self, millis: f64) -> f64 {
        let (low, high) = self.millis;
        let part = (millis.log10() - low) / (high - low);
        HEIGHT - MARGIN - part * (HEIGHT - 2.0 * MARGIN)
    }
}

fn decades(people: u64) -> f64 {
    f64::from(u32::try_from(people).unwrap_or(u32::MAX)).log10()
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}
