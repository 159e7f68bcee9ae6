//! What was seen of a program as a program: how it starts, ends, and what it uses.

use std::time::Duration;

use super::Exit;

/// What was seen. Each is one whole sentence in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProgramFinding {
    /// The build command failed.
    NotBuilt(Exit),
    /// The build command took too long.
    BuildTooLong(Duration),
    /// The program ended before it listened.
    DiedAtStart(Exit),
    /// The program did not listen in this time.
    NeverListened(Duration),
    /// The program listens, but not where it was told.
    ListensElsewhere {
        /// Where it listens.
        found: String,
        /// Where it should.
        told: String,
    },
    /// The program says that it does not do this exercise.
    Unimplemented,
    /// The time for the whole grade ran out.
    OutOfTime(Duration),
}

/// A value that a sentence about a finding holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A number.
    Number(u64),
    /// A word, a name or an address.
    Word(String),
}

impl ProgramFinding {
    /// The slug of `sockspec.grade/1`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotBuilt(_) => "not-built",
            Self::BuildTooLong(_) => "build-too-long",
            Self::DiedAtStart(_) => "died-at-start",
            Self::NeverListened(_) => "never-listened",
            Self::ListensElsewhere { .. } => "listens-elsewhere",
            Self::Unimplemented => "unimplemented",
            Self::OutOfTime(_) => "out-of-time",
        }
    }

    /// The values of its sentence, by name.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        match self {
            Self::NotBuilt(exit) | Self::DiedAtStart(exit) => exit.values(),
            Self::BuildTooLong(limit) | Self::NeverListened(limit) | Self::OutOfTime(limit) => {
                vec![("seconds", Value::Number(limit.as_secs_f64().ceil() as u64))]
            }
            Self::ListensElsewhere { found, told } => vec![
                ("found", Value::Word(found.clone())),
                ("told", Value::Word(told.clone())),
            ],
            Self::Unimplemented => Vec::new(),
        }
    }
}

impl Exit {
    /// `ending` (`code` or `signal`), and the code or the name of the signal.
    pub fn values(self) -> Vec<(&'static str, Value)> {
        let ending = |word: &str| ("ending", Value::Word(word.to_owned()));
        match self {
            Exit::Code(code) => {
                let code = u64::try_from(code).unwrap_or_default();
                vec![ending("code"), ("code", Value::Number(code))]
            }
            Exit::Signal(_) => {
                let name = self.signal_name().unwrap_or_default();
                vec![ending("signal"), ("signal", Value::Word(name))]
            }
        }
    }
}
