//! Where a story's data lies: an SQLite file, or, where `TEST_POSTGRES` says so, PostgreSQL.

use crate::postgres::{Cluster, Scratch, chosen};
use tempfile::TempDir;

/// A database that is gone with the last who holds it.
pub enum Place {
    File(TempDir),
    Server(Scratch),
}

impl Place {
    /// An empty one of the kind that this run is about.
    pub fn fresh() -> Self {
        match chosen() {
            Some(_) => Self::Server(Cluster::shared().database()),
            None => Self::File(TempDir::new().unwrap()),
        }
    }

    pub fn url(&self) -> String {
        match self {
            Self::File(folder) => format!("sqlite://{}/test.db", folder.path().display()),
            Self::Server(scratch) => scratch.url(),
        }
    }
}
