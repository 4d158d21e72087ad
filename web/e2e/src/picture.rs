//! Where pictures of the pages are kept, for people to look at.

use std::path::{Path, PathBuf};

/// Where they go; nowhere, unless somebody asked for them.
#[derive(Clone, Debug)]
pub struct Album(Option<PathBuf>);

impl Album {
    pub fn new(folder: Option<&Path>) -> Self {
        Self(folder.map(Path::to_owned))
    }

    pub fn is_open(&self) -> bool {
        self.0.is_some()
    }

    pub fn keep(&self, name: &str, picture: &[u8]) {
        if let Some(folder) = &self.0 {
            let file = folder.join(format!("{name}.png"));
            std::fs::write(file, picture).expect("the pictures' folder can be written to");
        }
    }
}
