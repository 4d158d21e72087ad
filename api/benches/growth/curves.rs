//! The middle costs of each call, by number of people: as they were measured just now, or as a table
//! of the documentation shows them.

use crate::Found;

/// What is drawn.
#[derive(Default)]
pub struct Curves {
    /// How many people there were each time.
    pub people: Vec<u64>,
    /// A call, and its milliseconds each time; none where it was too short to say.
    pub rows: Vec<(String, Vec<Option<f64>>)>,
}

impl Curves {
    /// What was just measured.
    pub fn of(found: &[Found]) -> Self {
        let row = |row: usize| {
            let millis = |one: &Found| one.costs[row].middle.as_secs_f64() * 1000.0;
            let all = found
                .iter()
                .map(|one| Some(millis(one)).filter(|ms| *ms > 0.0));
            (found[0].costs[row].what.to_owned(), all.collect())
        };
        Self {
            people: found.iter().map(|one| one.people).collect(),
            rows: (0..found[0].costs.len()).map(row).collect(),
        }
    }

    /// The first table of a page.
    pub fn read(page: &str) -> Self {
        let lines = page.lines().skip_while(|line| !line.starts_with('|'));
        let mut lines = lines.take_while(|line| line.starts_with('|')).map(cells);
        let head = lines.next().expect("the page has a table");
        let rows = lines.skip(1).map(|cells| {
            let all = cells[1..].iter().map(|cell| millis(cell));
            (cells[0].to_owned(), all.collect())
        });
        Self {
            people: head[1..].iter().map(|cell| number(cell)).collect(),
            rows: rows.collect(),
        }
    }
}

fn cells(line: &str) -> Vec<&str> {
    line.trim_matches('|').split('|').map(str::trim).collect()
}

/// `1,000 people`.
fn number(cell: &str) -> u64 {
    let digits: String = cell.chars().filter(char::is_ascii_digit).collect();
    digits.parse().expect("a column is a number of people")
}

/// `0.35 / 2.76 ms` or `11.65 s`: the first number of it.
fn millis(cell: &str) -> Option<f64> {
    let value: f64 = cell.split(' ').next()?.parse().ok()?;
    let unit = if cell.ends_with(" ms") { 1.0 } else { 1000.0 };
    Some(value * unit).filter(|millis| *millis > 0.0)
}
