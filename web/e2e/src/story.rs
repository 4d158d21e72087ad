//! What happened so far, for whoever reads why a journey failed.

use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The steps, in their order.
#[derive(Debug, Default)]
pub struct Story(Mutex<Vec<String>>);

impl Story {
    /// One more step.
    pub fn tell(&self, step: String) {
        let mut steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        steps.push(step);
    }
}

impl fmt::Display for Story {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, step) in steps.iter().enumerate() {
            writeln!(f, "{:>3}. {step}", index + 1)?;
        }
        Ok(())
    }
}
