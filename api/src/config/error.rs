use thiserror::Error;

/// A variable that cannot be used: one line that names it and the way out. Never its value, which
/// may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{variable} {problem}; {remedy}")]
pub struct ConfigError {
    /// The environment variable.
    pub variable: &'static str,
    /// What is wrong with it.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}

impl ConfigError {
    /// That variable has that problem, and this is the way out.
    pub fn new(variable: &'static str, problem: impl Into<String>, remedy: &'static str) -> Self {
        Self {
            variable,
            problem: problem.into(),
            remedy,
        }
    }
}
