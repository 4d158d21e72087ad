//! The middle costs as a picture, both axes by powers of ten.

use crate::Found;
use std::fmt::Write as _;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 250.0;
const MARGIN: f64 = 40.0;
const COLOURS: [&str; 8] = [
    "#0b63c5", "#b3261e", "#2e7d32", "#6a1b9a", "#c25700", "#00707a", "#5d4037", "#616161",
];
/// From ten microseconds to a quarter of an hour.
const DECADES: std::ops::RangeInclusive<i32> = -2..=6;

/// The picture.
pub fn svg(found: &[Found]) -> String {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>Milliseconds a call, by number of people</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n"
    );
    for decade in DECADES {
        let y = y(10f64.powi(decade));
        let label = 10f64.powi(decade);
        line(&mut svg, (LEFT, y), (WIDTH - RIGHT, y));
        text(&mut svg, (8.0, y + 4.0), ("#333", &format!("{label} ms")));
    }
    for one in found {
        let x = x(one.people);
        line(&mut svg, (x, MARGIN), (x, HEIGHT - MARGIN));
        text(
            &mut svg,
            (x - 20.0, HEIGHT - 18.0),
            ("#333", &one.people.to_string()),
        );
    }
    for (row, colour) in (0..found[0].costs.len()).zip(COLOURS.into_iter().cycle()) {
        curve(&mut svg, found, (row, colour));
    }
    svg.push_str("</svg>\n");
    svg
}

fn curve(svg: &mut String, found: &[Found], (row, colour): (usize, &str)) {
    let height = |one: &Found| y(one.costs[row].middle.as_secs_f64() * 1000.0);
    let points = found
        .iter()
        .map(|one| format!("{:.1},{:.1}", x(one.people), height(one)));
    let points = points.collect::<Vec<_>>().join(" ");
    let _ = writeln!(
        svg,
        "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>"
    );
    for one in found {
        let _ = writeln!(
            svg,
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"{colour}\"/>",
            x(one.people),
            height(one)
        );
    }
    let place = (
        WIDTH - RIGHT + 30.0,
        MARGIN + 20.0 * f64::from(u8::try_from(row).unwrap_or(0)),
    );
    text(svg, place, (colour, found[0].costs[row].what));
}

fn line(svg: &mut String, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
    let _ = writeln!(
        svg,
        "<line x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\" stroke=\"#ddd\"/>"
    );
}

fn text(svg: &mut String, (x, y): (f64, f64), (colour, words): (&str, &str)) {
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\">{words}</text>"
    );
}

/// From a thousand people to a million.
fn x(people: u64) -> f64 {
    let people = u32::try_from(people).unwrap_or(u32::MAX);
    let part = (f64::from(people).log10() - 3.0) / 3.0;
    LEFT + 20.0 + part * (WIDTH - LEFT - RIGHT - 40.0)
}

fn y(millis: f64) -> f64 {
    let (low, high) = (f64::from(*DECADES.start()), f64::from(*DECADES.end()));
    let part = (millis.log10().clamp(low, high) - low) / (high - low);
    HEIGHT - MARGIN - part * (HEIGHT - 2.0 * MARGIN)
}
