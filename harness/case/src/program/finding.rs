//! What was seen of a program as a program: how it starts, ends, and what it uses.

use std::time::Duration;

use sockspec_spec::dialogue::Protocol;

use super::Exit;
use crate::port::PortFault;

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
    /// The command has no place for what servers must be told that ask each other.
    LacksPlace(String),
    /// The program says that it does not do this exercise.
    Unimplemented,
    /// The time for the whole grade ran out.
    OutOfTime(Duration),
    /// It did not show what it should have, in so many milliseconds.
    NotShown(u64),
    /// It showed the same line again.
    ShownTwice,
    /// It printed something where it should have been silent.
    Printed,
    /// It ended in the midst of a dialogue.
    EndedEarly(Exit),
    /// It should have ended, and still ran after so many milliseconds.
    NotEnded(u64),
    /// It ended, and not with exit code 0 as it should.
    EndedBadly(Exit),
    /// This placeholder, which says where to listen, is only a part of a word of the command.
    PartOfAWord(String),
    /// The command is a line for a shell.
    ShellLine,
    /// It took a wrong argument, or a port that is taken, and listens all the same: there.
    WentOn(String),
    /// Without an argument it listens on a port of its own choice: there.
    OwnPort(String),
    /// It served in spite of an argument too many.
    IgnoredArgument,
    /// It neither ended nor listened in this time.
    StillRan(Duration),
    /// It ended as if all were well.
    EndedWell,
    /// It ended with this code, and said nothing.
    SaidNothing(Exit),
    /// It ended, and said why on stdout.
    SaidOnStdout,
    /// It ended by an error that it did not expect, and showed where in its code.
    StackTrace,
    /// It was killed by a signal that nobody sent.
    Crashed(Exit),
    /// It still ran so long after the signal of this name.
    Outlived(&'static str, Duration),
    /// The same, while a client was connected; without one it ended.
    OutlivedWithClient(&'static str, Duration),
    /// It ended at the signal of this name, and its port could not be had.
    KeptPort(&'static str),
    /// It did not start again where it had served before.
    NotRestarted,
    /// It no longer served after it had been stopped and resumed.
    NotResumed,
    /// It no longer served after nobody had come for so long.
    GoneAfterSilence(Duration),
    /// It no longer served a client that had said nothing for so long.
    DroppedInSilence(Duration),
    /// It used so much of one processor, percent, for so long.
    UsedProcessor(u64, Duration),
    /// The port that it shows is not that of a socket of its own.
    WrongPort(PortFault),
    /// More of something was left after clients had come and gone.
    Grew(Grown),
}

/// Something that a program should give back when its clients have gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    /// Open descriptors.
    Descriptors,
    /// Threads.
    Threads,
    /// Children that run.
    Children,
    /// Children that ended and were not waited for.
    Zombies,
    /// Resident memory, in MiB.
    Memory,
}

/// How much of a resource was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grown {
    /// Of what.
    pub resource: Resource,
    /// How many clients had come and gone.
    pub clients: u64,
    /// How much there was before them.
    pub before: u64,
    /// How much there was after them.
    pub after: u64,
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
            Self::LacksPlace(_) => "lacks-place",
            Self::Unimplemented => "unimplemented",
            Self::OutOfTime(_) => "out-of-time",
            Self::NotShown(_) => "not-shown",
            Self::ShownTwice => "shown-twice",
            Self::Printed => "printed",
            Self::WrongPort(PortFault::Free(..)) => "port-free",
            Self::WrongPort(PortFault::Swapped(..)) => "port-swapped",
            Self::WrongPort(PortFault::NotGiven(..)) => "port-not-given",
            Self::WrongPort(PortFault::None(_)) => "port-missing",
            Self::EndedEarly(_) => "ended-early",
            Self::NotEnded(_) => "not-ended",
            Self::EndedBadly(_) => "ended-badly",
            Self::PartOfAWord(_) => "part-of-a-word",
            Self::ShellLine => "shell-line",
            Self::WentOn(_) => "went-on",
            Self::OwnPort(_) => "own-port",
            Self::IgnoredArgument => "ignored-argument",
            Self::StillRan(_) => "still-ran",
            Self::EndedWell => "ended-well",
            Self::SaidNothing(_) => "said-nothing",
            Self::SaidOnStdout => "said-on-stdout",
            Self::StackTrace => "stack-trace",
            Self::Crashed(_) => "crashed",
            Self::Outlived(..) => "outlived",
            Self::OutlivedWithClient(..) => "outlived-with-client",
            Self::KeptPort(_) => "kept-port",
            Self::NotRestarted => "not-restarted",
            Self::NotResumed => "not-resumed",
            Self::GoneAfterSilence(_) => "gone-after-silence",
            Self::DroppedInSilence(_) => "dropped-in-silence",
            Self::UsedProcessor(..) => "used-processor",
            Self::Grew(grown) => match grown.resource {
                Resource::Descriptors => "descriptors-grew",
                Resource::Threads => "threads-grew",
                Resource::Children => "children-grew",
                Resource::Zombies => "zombies-grew",
                Resource::Memory => "resident-memory-grew",
            },
        }
    }

    /// The values of its sentence, by name.
    pub fn values(&self) -> Vec<(&'static str, Value)> {
        let seconds = |limit: &Duration| {
            let whole = limit.as_secs_f64().ceil() as u64;
            ("seconds", Value::Number(whole))
        };
        let word = |name, text: &str| (name, Value::Word(text.to_owned()));
        match self {
            Self::NotBuilt(exit)
            | Self::DiedAtStart(exit)
            | Self::SaidNothing(exit)
            | Self::EndedEarly(exit)
            | Self::EndedBadly(exit)
            | Self::Crashed(exit) => exit.values(),
            Self::NotShown(waited_ms) | Self::NotEnded(waited_ms) => {
                vec![("milliseconds", Value::Number(*waited_ms))]
            }
            Self::GoneAfterSilence(time) | Self::DroppedInSilence(time) => {
                let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
                vec![("milliseconds", Value::Number(milliseconds))]
            }
            Self::BuildTooLong(limit)
            | Self::NeverListened(limit)
            | Self::OutOfTime(limit)
            | Self::StillRan(limit) => vec![seconds(limit)],
            Self::ListensElsewhere { found, told } => {
                vec![word("found", found), word("told", told)]
            }
            Self::WentOn(found) | Self::OwnPort(found) => vec![word("found", found)],
            Self::Outlived(signal, limit) | Self::OutlivedWithClient(signal, limit) => {
                vec![word("signal", signal), seconds(limit)]
            }
            Self::KeptPort(signal) => vec![word("signal", signal)],
            Self::WrongPort(fault) => {
                let (protocol, ports) = match fault {
                    PortFault::None(protocol) => (protocol, vec![]),
                    PortFault::Free(protocol, port) | PortFault::NotGiven(protocol, port) => {
                        (protocol, vec![("port", *port)])
                    }
                    PortFault::Swapped(protocol, port, other) => {
                        (protocol, vec![("port", *port), ("other", *other)])
                    }
                };
                let name = match protocol {
                    Protocol::Tcp => "TCP",
                    Protocol::Udp => "UDP",
                };
                // A port is a name: no language groups its digits.
                let ports = ports
                    .into_iter()
                    .map(|(key, port)| (key, Value::Word(port.to_string())));
                ports
                    .chain([("protocol", Value::Word(name.into()))])
                    .collect()
            }
            Self::PartOfAWord(place) | Self::LacksPlace(place) => vec![word("place", place)],
            Self::UsedProcessor(percent, time) => {
                vec![("percent", Value::Number(*percent)), seconds(time)]
            }
            Self::Grew(grown) => vec![
                ("clients", Value::Number(grown.clients)),
                ("before", Value::Number(grown.before)),
                ("after", Value::Number(grown.after)),
            ],
            Self::Unimplemented
            | Self::ShownTwice
            | Self::Printed
            | Self::ShellLine
            | Self::IgnoredArgument
            | Self::EndedWell
            | Self::SaidOnStdout
            | Self::StackTrace
            | Self::NotRestarted
            | Self::NotResumed => Vec::new(),
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
