use std::borrow::Cow;
use std::fmt;
use thiserror::Error;

/// A variable that cannot be used: one line that names it and the way out. Never its value, which
/// may be a secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{variable} {problem}; {remedy}")]
pub struct ConfigError {
    /// The environment variable.
    pub variable: Cow<'static, str>,
    /// What is wrong with it.
    pub problem: String,
    /// What to do.
    pub remedy: &'static str,
}

impl ConfigError {
    /// That variable has that problem, and this is the way out.
    pub fn new(
        variable: impl Into<Cow<'static, str>>,
        problem: impl Into<String>,
        remedy: &'static str,
    ) -> Self {
        Self {
            variable: variable.into(),
            problem: problem.into(),
            remedy,
        }
    }
}

/// All that is wrong with a configuration, one line a variable.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct ConfigErrors(Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl From<ConfigError> for ConfigErrors {
    fn from(error: ConfigError) -> Self {
        Self(vec![error])
    }
}

/// Gathers what is wrong, so that whoever starts the program reads all of it at once. Of each
/// variable the first fault counts: what follows from it would only confuse.
#[derive(Debug, Default)]
pub struct Faults(Vec<ConfigError>);

impl Faults {
    /// Keeps what is wrong; the value where nothing is.
    pub fn take<T>(&mut self, checked: Result<T, impl Into<ConfigErrors>>) -> Option<T> {
        checked.map_err(|errors| self.add(errors)).ok()
    }

    /// Like [`take`](Self::take), with a placeholder where there is no value. It never leaves
    /// [`finish`](Self::finish).
    pub fn take_or_default<T: Default>(
        &mut self,
        checked: Result<T, impl Into<ConfigErrors>>,
    ) -> T {
        self.take(checked).unwrap_or_default()
    }

    /// A rule about variables that can be used by themselves; where one of them cannot, it says
    /// nothing.
    pub fn rule(&mut self, about: &[&str], is_kept: bool, broken: impl FnOnce() -> ConfigError) {
        let is_at_fault = |error: &ConfigError| about.contains(&&*error.variable);
        if !is_kept && !self.0.iter().any(is_at_fault) {
            self.add(broken());
        }
    }

    /// The value, if nothing was wrong.
    pub fn finish<T>(self, value: Option<T>) -> Result<T, ConfigErrors> {
        if self.0.is_empty() {
            Ok(value.expect("BUG: what has no fault has a value"))
        } else {
            Err(ConfigErrors(self.0))
        }
    }

    fn add(&mut self, errors: impl Into<ConfigErrors>) {
        for error in errors.into().0 {
            if self.0.iter().all(|known| known.variable != error.variable) {
                self.0.push(error);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(variable: &'static str, problem: &str) -> ConfigError {
        ConfigError::new(variable, problem, "mend it")
    }

    #[test]
    fn all_faults_are_told_and_of_each_variable_the_first() {
        let mut faults = Faults::default();
        assert_eq!(faults.take(Ok::<_, ConfigError>(1)), Some(1));
        assert_eq!(faults.take(Err::<u8, _>(fault("A", "is bad"))), None);
        assert_eq!(faults.take_or_default(Err::<u8, _>(fault("A", "is 0"))), 0);
        faults.rule(&["A", "B"], false, || fault("B", "is less than A"));
        faults.rule(&["B"], true, || fault("B", "is odd"));
        faults.rule(&["C"], false, || fault("C", "is odd"));
        let errors = faults.finish(None::<u8>).expect_err("two are wrong");
        assert_eq!(errors.to_string(), "A is bad; mend it\nC is odd; mend it");
        assert_eq!(Faults::default().finish(Some(1)), Ok(1));
    }
}
