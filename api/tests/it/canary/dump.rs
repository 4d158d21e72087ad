//! All that a database holds.

use crate::place::Place;
use crate::postgres::programs;
use std::process::Command;

/// Its files, or what PostgreSQL says of it.
pub fn of(place: &Place) -> Vec<u8> {
    match place {
        Place::File(folder) => {
            let files = std::fs::read_dir(folder).unwrap();
            let files = files.map(|file| std::fs::read(file.unwrap().path()).unwrap());
            files.flatten().collect()
        }
        Place::Server(scratch) => {
            let program = programs().unwrap().join("pg_dump");
            let mut dump = Command::new(program);
            let output = dump.arg(scratch.url()).env_clear().output().unwrap();
            assert!(output.status.success(), "{output:?}");
            output.stdout
        }
    }
}
