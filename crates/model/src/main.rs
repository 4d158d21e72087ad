//! Explores the configurations of the proof and says how many states each has.
//!
//! `cargo run --release -p model` explores what the tests explore; `--deep` more and larger ones.

use model::{configurations, explore};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let configurations = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => configurations::ordinary(),
        ["--deep"] => configurations::deep(),
        _ => {
            eprintln!("usage: model [--deep]");
            return ExitCode::from(2);
        }
    };
    let mut broken = false;
    for config in configurations {
        let report = explore(&config);
        println!("{report}");
        if !report.breaches.is_empty() {
            println!("{}", report.story(&config));
            broken = true;
        }
    }
    ExitCode::from(u8::from(broken))
}
