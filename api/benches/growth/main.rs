//! `cargo bench -p api --bench growth -- 1000 100000 1000000`: what refresh, sign-in, lists, search
//! and cleaning cost with so many people, of five sessions each. `--on postgres://..` for another
//! database than an SQLite file, which must be empty; `--plot file.svg` draws it, and with
//! `--redraw page.md` nothing is measured: it is drawn from the first table of that page.

mod cleaning;
mod curves;
mod measure;
mod people;
mod plot;
mod surroundings;

use curves::Curves;
use measure::{Cost, measure};
use std::path::PathBuf;
use surroundings::Surroundings;

/// What is asked for on the command line.
#[derive(Default)]
struct Asked {
    people: Vec<u64>,
    database: Option<String>,
    plot: Option<PathBuf>,
    redraw: Option<PathBuf>,
}

impl Asked {
    fn read(words: impl Iterator<Item = String>) -> Self {
        let mut asked = Self::default();
        let mut words = words.peekable();
        while let Some(word) = words.next() {
            match word.as_str() {
                "--on" => asked.database = words.next(),
                "--plot" => asked.plot = words.next().map(PathBuf::from),
                "--redraw" => asked.redraw = words.next().map(PathBuf::from),
                // Cargo says so to every bench.
                "--bench" => {}
                number => asked
                    .people
                    .push(number.parse().expect("a number of people")),
            }
        }
        if asked.people.is_empty() {
            asked.people.push(1_000);
        }
        asked
    }
}

/// What was found at one size.
struct Found {
    people: u64,
    costs: Vec<Cost>,
}

fn main() {
    let asked = Asked::read(std::env::args().skip(1));
    let curves = if let Some(page) = &asked.redraw {
        Curves::read(&std::fs::read_to_string(page).expect("the page can be read"))
    } else {
        let found = measured(&asked);
        table(&found);
        Curves::of(&found)
    };
    if let Some(file) = asked.plot {
        std::fs::write(file, plot::svg(&curves)).expect("the plot can be written");
    }
}

fn measured(asked: &Asked) -> Vec<Found> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.enable_all().build().expect("there are threads");
    runtime.block_on(async {
        let mut all = Vec::new();
        for &people in &asked.people {
            let surroundings = Surroundings::with(people, asked.database.as_deref()).await;
            let mut costs = measure(&surroundings).await;
            costs.extend(cleaning::measure(&surroundings).await);
            all.push(Found { people, costs });
        }
        all
    })
}

/// As the documentation shows it.
fn table(found: &[Found]) {
    let cells = |cells: Vec<String>| println!("| {} |", cells.join(" | "));
    let head = found.iter().map(|found| format!("{} people", found.people));
    cells([String::new()].into_iter().chain(head).collect());
    cells(vec!["---".to_owned(); found.len() + 1]);
    for (row, cost) in found[0].costs.iter().enumerate() {
        let all = found.iter().map(|found| found.costs[row].to_string());
        cells([cost.what.to_owned()].into_iter().chain(all).collect());
    }
}
