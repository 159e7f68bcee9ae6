//! The program is called wrongly: without its argument, with a port that is none, with one word too many, with a
//! port that is taken. What is asked: a message on stderr, and an exit code other than 0.
//!
//! A word too many may also be ignored, and a port that is missing be chosen: that is accepted. So are a message on
//! stdout, and the trace of an error that nobody caught: it is a message, though not a kind one.

use std::os::unix::fs::FileTypeExt;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::program::{Conduct, Conducted, Death, Exit, ProgramFinding, Stream};
use sockspec_sockdiag::tables::Place;

use super::{Examiner, Looked};
use crate::program::ending::Pauses;
use crate::program::port;
use crate::program::readiness::{self, Sight};
use crate::program::tree;
use crate::program::{CommandLine, Instance, Launch, Spot};

/// A port that none can be.
const OUT_OF_RANGE: &str = "70000";
/// A word that is no number.
const NOT_A_NUMBER: &str = "abc";
/// A word that nobody asked for.
const EXTRA: &str = "extra";

/// One byte more than a path of a socket has (`sun_path`, with its NUL, has 108), in a folder that every system has.
const TOO_LONG_BYTES: usize = 108;

/// A path that no socket can have, and no other program.
fn too_long() -> String {
    let mut path = std::env::temp_dir()
        .join(tree::new_mark())
        .display()
        .to_string();
    path.extend(std::iter::repeat_n(
        's',
        TOO_LONG_BYTES.saturating_sub(path.len()),
    ));
    path
}

/// What became of a program that was called wrongly.
enum Outcome {
    /// It listens.
    Listens(Vec<Place>),
    /// It ended.
    Ended(Exit),
    /// Neither.
    StillRan,
}

impl Examiner {
    /// Calls the program wrongly in every way that is wanted, all at the same time.
    pub(super) async fn calls(&self, wanted: &[Conduct]) -> Vec<(Conduct, Looked)> {
        let mut looked = Vec::new();
        let mut started = Vec::new();
        for conduct in wanted {
            let Some(call) = self.call(*conduct) else {
                continue;
            };
            match call.and_then(|command| self.start(*conduct, command)) {
                Ok(call) => started.push((*conduct, call)),
                Err(not) => looked.push((*conduct, not)),
            }
        }
        for (
            conduct,
            Call {
                mut instance,
                listener,
            },
        ) in started
        {
            let outcome = self.outcome(&mut instance).await;
            let conducted = judge(conduct, &outcome, &mut instance, self.limits.start).await;
            drop(listener);
            if let Outcome::Listens(places) = &outcome {
                self.remove_paths(places);
            }
            instance.end(self.launch.grace).await;
            looked.push((conduct, Looked::Saw(conducted)));
        }
        looked
    }

    /// The wrong command of a case; the right one where it calls it as it should be.
    pub fn command(&self, conduct: Conduct) -> CommandLine {
        let command = self.call(conduct).and_then(Result::ok);
        command.unwrap_or_else(|| self.launch.command.clone())
    }

    /// The wrong command; `None` where the case is about something else.
    fn call(&self, conduct: Conduct) -> Option<Result<CommandLine, Looked>> {
        let (command, place) = (&self.launch.command, self.launch.place());
        let command = match conduct {
            Conduct::NoArgument => command.without(place),
            Conduct::PortNotANumber => command.with(place, NOT_A_NUMBER),
            Conduct::PortOutOfRange => command.with(place, OUT_OF_RANGE),
            Conduct::ExtraArgument => command.and(EXTRA),
            // It is called as it should be; the port is what is wrong.
            Conduct::PortInUse | Conduct::PathNotASocket | Conduct::StaleSocket => {
                return Some(Ok(command.clone()));
            }
            Conduct::PathTooLong => command.with(place, &too_long()),
            _ => return None,
        };
        Some(match self.obstacle() {
            Some(obstacle) => Err(Looked::NotAsked(obstacle)),
            None => Ok(command),
        })
    }

    fn start(&self, conduct: Conduct, command: CommandLine) -> Result<Call, Looked> {
        let spot = Spot::free(self.launch.transport).map_err(|_| Looked::NotSeen)?;
        let listener = match conduct {
            Conduct::PortInUse => {
                Some(port::occupy(spot.told().port).map_err(|_| Looked::NotSeen)?)
            }
            _ => None,
        };
        let path = &spot.told().path;
        match conduct {
            // Not even `rmdir` makes room there.
            Conduct::PathNotASocket => std::fs::create_dir_all(Path::new(path).join("folder")),
            // A listener that is dropped leaves its path behind, as a server does that is killed.
            Conduct::StaleSocket => UnixListener::bind(path).map(drop),
            _ => Ok(()),
        }
        .map_err(|_| Looked::NotSeen)?;
        let launch = Launch {
            command,
            ..(*self.launch).clone()
        };
        let instance = Instance::start(&launch, Arc::new(spot)).map_err(|_| Looked::NotSeen)?;
        Ok(Call { instance, listener })
    }

    /// Waits until the program has shown what it makes of the call.
    async fn outcome(&self, instance: &mut Instance) -> Outcome {
        let mut pauses = Pauses::default();
        let start = Instant::now();
        loop {
            let gone = instance.running.is_gone();
            let living = instance.running.tree.living();
            match readiness::look(instance.spot.told(), &living, self.diag.as_deref()) {
                Sight::Listens(_) => return Outcome::Listens(Vec::new()),
                Sight::Elsewhere(places) => return Outcome::Listens(places),
                Sight::Nowhere => {}
            }
            if gone && let Some((exit, _)) = instance.running.ended() {
                return Outcome::Ended(exit);
            }
            if start.elapsed() >= self.limits.start {
                return Outcome::StillRan;
            }
            instance.running.pause(pauses.longer()).await;
        }
    }

    /// A program that takes its wrong argument for a path leaves a socket there, in its own folder.
    fn remove_paths(&self, places: &[Place]) {
        for place in places {
            let Place::Unix(path) = place else { continue };
            let folder = self.launch.surroundings.directory.as_deref();
            let path = folder.unwrap_or(Path::new(".")).join(path);
            if std::fs::symlink_metadata(&path).is_ok_and(|meta| meta.file_type().is_socket()) {
                let _ = std::fs::remove_file(path);
            }
        }
    }
}

/// A program that was called wrongly, and who has its port meanwhile.
struct Call {
    instance: Instance,
    listener: Option<std::net::TcpListener>,
}

async fn judge(
    conduct: Conduct,
    outcome: &Outcome,
    instance: &mut Instance,
    limit: Duration,
) -> Conducted {
    let extra = conduct == Conduct::ExtraArgument;
    if conduct == Conduct::StaleSocket {
        return match outcome {
            Outcome::Listens(places) if places.is_empty() => Conducted::well(),
            Outcome::Listens(places) => {
                let found: Vec<String> = places.iter().map(ToString::to_string).collect();
                Conducted::fails(ProgramFinding::ListensElsewhere {
                    found: found.join(", "),
                    told: instance.spot.told().shown(),
                })
            }
            Outcome::StillRan => Conducted::fails(ProgramFinding::NeverListened(limit))
                .with(instance.epitaph().await),
            Outcome::Ended(exit) => {
                Conducted::fails(ProgramFinding::DiedAtStart(*exit)).with(instance.epitaph().await)
            }
        };
    }
    match outcome {
        Outcome::Listens(_) if extra => Conducted::accepted(ProgramFinding::IgnoredArgument),
        Outcome::Listens(places) => {
            let mut found: Vec<String> = places.iter().map(ToString::to_string).collect();
            if found.is_empty() {
                found.push(instance.spot.told().shown());
            }
            let found = found.join(", ");
            match conduct {
                // Some run-times cut it themselves.
                Conduct::PathTooLong => Conducted::accepted(ProgramFinding::WentOn(found)),
                Conduct::NoArgument => Conducted::accepted(ProgramFinding::OwnPort(found)),
                _ => Conducted::fails(ProgramFinding::WentOn(found)),
            }
        }
        Outcome::StillRan => {
            let death = instance.epitaph().await;
            accepted_if(extra, ProgramFinding::StillRan(limit)).with(death)
        }
        Outcome::Ended(exit) => {
            let err = instance.running.capture.end_of(Stream::Err);
            let out = instance.running.capture.end_of(Stream::Out);
            let words = if err.is_empty() {
                out.clone()
            } else {
                err.clone()
            };
            ended(*exit, &out, &err, extra).with(Death {
                exit: Some(*exit),
                words,
            })
        }
    }
}

/// What an end is worth.
fn ended(exit: Exit, out: &[u8], err: &[u8], extra: bool) -> Conducted {
    let says = |text: &[u8]| !text.trim_ascii().is_empty();
    match exit {
        Exit::Signal(_) => Conducted::fails(ProgramFinding::Crashed(exit)),
        Exit::Code(0) => accepted_if(extra, ProgramFinding::EndedWell),
        Exit::Code(_) if is_trace(err) => Conducted::accepted(ProgramFinding::StackTrace),
        Exit::Code(_) if says(err) => Conducted::well(),
        Exit::Code(_) if says(out) => Conducted::accepted(ProgramFinding::SaidOnStdout),
        Exit::Code(_) => accepted_if(extra, ProgramFinding::SaidNothing(exit)),
    }
}

fn accepted_if(accepted: bool, finding: ProgramFinding) -> Conducted {
    match accepted {
        true => Conducted::accepted(finding),
        false => Conducted::fails(finding),
    }
}

/// How run-times begin to show an error that nobody caught.
const TRACES: [&str; 7] = [
    "Traceback (most recent call last)",
    "Exception in thread",
    "panicked at",
    "panic:",
    "\n    at ",
    "\n\tat ",
    "Uncaught ",
];

fn is_trace(err: &[u8]) -> bool {
    let text = String::from_utf8_lossy(err);
    TRACES.iter().any(|trace| text.contains(trace))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sockspec_case::grade::Status;

    fn status(exit: Exit, out: &str, err: &str, extra: bool) -> Option<Status> {
        let conducted = ended(exit, out.as_bytes(), err.as_bytes(), extra);
        conducted.seen.map(|(status, _)| status)
    }

    #[test]
    fn a_message_on_stderr_and_an_exit_code_are_asked() {
        let failed = Exit::Code(1);
        assert_eq!(status(failed, "", "usage: server PORT\n", false), None);
        assert_eq!(
            status(failed, "usage\n", "", false),
            Some(Status::NonStrict)
        );
        assert_eq!(
            status(failed, "", "Traceback (most recent call last):\n…", false),
            Some(Status::NonStrict)
        );
        assert_eq!(status(failed, "", "\n", false), Some(Status::Fail));
        assert_eq!(
            status(Exit::Code(0), "", "usage\n", false),
            Some(Status::Fail)
        );
        assert_eq!(
            status(Exit::Signal(11), "", "usage\n", false),
            Some(Status::Fail)
        );
    }

    #[test]
    fn a_word_too_many_only_must_not_crash_the_program() {
        assert_eq!(status(Exit::Code(0), "", "", true), Some(Status::NonStrict));
        assert_eq!(status(Exit::Code(2), "", "", true), Some(Status::NonStrict));
        assert_eq!(status(Exit::Code(2), "", "one argument only\n", true), None);
        assert_eq!(status(Exit::Signal(6), "", "", true), Some(Status::Fail));
    }
}
