//! What was found, in a line, and what to do about it in another.

use std::fmt;

/// One thing that was looked at.
#[derive(Debug)]
pub struct Finding {
    grade: Grade,
    what: String,
    remedy: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grade {
    Fine,
    Note,
    Problem,
}

/// As it should be.
pub fn fine(what: impl Into<String>) -> Finding {
    Finding {
        grade: Grade::Fine,
        what: what.into(),
        remedy: None,
    }
}

/// It works without, or may be meant.
pub fn note(what: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        grade: Grade::Note,
        what: what.into(),
        remedy: Some(remedy.into()),
    }
}

/// Somebody will be hurt by it.
pub fn problem(what: impl Into<String>, remedy: impl Into<String>) -> Finding {
    Finding {
        grade: Grade::Problem,
        ..note(what, remedy)
    }
}

impl Finding {
    pub fn is_problem(&self) -> bool {
        self.grade == Grade::Problem
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grade = match self.grade {
            Grade::Fine => "ok",
            Grade::Note => "note",
            Grade::Problem => "PROBLEM",
        };
        write!(f, "{grade:<8}{}", self.what)?;
        match &self.remedy {
            Some(remedy) => write!(f, "\n        -> {remedy}"),
            None => Ok(()),
        }
    }
}
