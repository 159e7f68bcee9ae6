//! How a program conducts itself as a program (level 5): it is called wrongly, interrupted, started again, and
//! watched while it has nothing to do.
//!
//! Every check has an instance of its own, so that what went before counts for nothing. What a run-time does for
//! itself (a compiler's thread, a collector's memory, a descriptor at first use) stays below every threshold here.

use std::sync::Arc;
use std::time::Instant;

use sockspec_case::play::Play;
use sockspec_case::program::{Conduct, Conducted, ProgramFinding};
use sockspec_sockdiag::{Diag, PeerSocket};

use crate::limits::Limits;
use crate::link::Link;
use crate::program::ending::{Pauses, moment};
use crate::program::keyboard::Input;
use crate::program::{Launch, Obstacle};
use crate::quiet::{Quietness, Witness};
use crate::target::Target;

mod calls;
mod leaks;
mod lives;
mod rest;
mod signals;
mod silence;

pub(crate) use rest::restless;

/// What is needed to look at the conduct of a program.
#[derive(Clone, Debug)]
pub struct Examiner {
    /// How it is started.
    pub launch: Arc<Launch>,
    /// How long, how much.
    pub limits: Limits,
    /// A short dialogue that shows whether it serves.
    pub lifeline: Play,
    /// What it gets for a standard input where it is to answer.
    pub input: Input,
    diag: Option<Arc<Diag>>,
}

/// What came of a look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looked {
    /// This was seen.
    Saw(Conducted),
    /// Nothing can be seen of this program, for this reason.
    NotAsked(ProgramFinding),
    /// Another case has seen the same already.
    After(Conduct),
    /// The machine did not let it be seen.
    NotSeen,
}

impl Looked {
    fn well() -> Self {
        Looked::Saw(Conducted::well())
    }

    fn fails(finding: ProgramFinding) -> Self {
        Looked::Saw(Conducted::fails(finding))
    }
}

impl Examiner {
    /// An examiner of the program that is started so.
    pub fn new(launch: Arc<Launch>, limits: Limits, lifeline: Play) -> Self {
        let screen = lifeline.style.screen.as_ref();
        Examiner {
            input: match screen.is_some_and(|screen| screen.terminal) {
                true => Input::Terminal,
                false => Input::Pipe,
            },
            launch,
            limits,
            lifeline,
            diag: Diag::open().ok().map(Arc::new),
        }
    }

    /// What is seen where no dialogue is needed: wrong calls, a port in use, signals.
    pub async fn without_dialogue(&self, wanted: &[Conduct]) -> Vec<(Conduct, Looked)> {
        let mut all = self.calls(wanted).await;
        all.extend(self.signals(wanted).await);
        all
    }

    /// What is seen of a program that answers: other lives, rest, and what it keeps. One that serves a single
    /// client is asked less.
    pub async fn with_dialogue(
        &self,
        wanted: &[Conduct],
        one_client: bool,
    ) -> Vec<(Conduct, Looked)> {
        let mut all = Vec::new();
        let silence = match wanted.contains(&Conduct::OutlastsSilence) {
            true => Some(self.fall_silent().await),
            false => None,
        };
        if wanted.contains(&Conduct::RestartsAtOnce) {
            all.push((Conduct::RestartsAtOnce, self.restart().await));
        }
        if wanted.contains(&Conduct::ResumesAfterStop) {
            all.push((Conduct::ResumesAfterStop, self.stop_and_resume().await));
        }
        all.extend(self.rest(wanted).await);
        if !one_client {
            all.extend(self.leaks(wanted).await);
        }
        if let Some(silence) = silence {
            all.push((Conduct::OutlastsSilence, self.break_silence(silence).await));
        }
        all
    }

    /// A client that the program has accepted, as far as that can be seen, and that says nothing.
    async fn silent_client(&self, target: &Target) -> Option<Link> {
        let mut link = Link::connect(target, self.diag.as_ref(), &self.limits)
            .await
            .ok()?;
        let (start, mut pauses) = (Instant::now(), Pauses::default());
        let mut witness = (self.diag.as_ref())
            .map(|diag| Witness::new(Arc::clone(diag), self.limits.first_answer));
        // Accepted is not yet known to the program: it has taken the client in when it waits again.
        while !(self.is_accepted(&link) && is_at_rest(witness.as_mut(), &mut link))
            && start.elapsed() < self.limits.goodbye
        {
            moment(pauses.longer()).await;
        }
        Some(link)
    }

    fn is_accepted(&self, link: &Link) -> bool {
        let (Some(diag), Some((ours, theirs))) = (&self.diag, link.ends()) else {
            return true;
        };
        match diag.tcp_peer(ours, theirs) {
            Ok(PeerSocket::Visible(socket)) => socket.inode != 0,
            _ => true,
        }
    }

    /// Why the words of the command cannot be changed.
    fn obstacle(&self) -> Option<ProgramFinding> {
        let obstacle = self.launch.command.obstacle(self.launch.place())?;
        Some(match obstacle {
            Obstacle::PartOfAWord => {
                ProgramFinding::PartOfAWord(self.launch.place().as_str().to_owned())
            }
            Obstacle::ShellLine => ProgramFinding::ShellLine,
        })
    }
}

/// The cases for which a program must be able to serve one client after another.
pub const TAKES_CLIENTS: [Conduct; 4] = [
    Conduct::DescriptorsComeBack,
    Conduct::ThreadsComeBack,
    Conduct::ChildrenComeBack,
    Conduct::MemoryStays,
];

/// The cases that need no dialogue.
pub const TAKES_NO_DIALOGUE: [Conduct; 10] = [
    Conduct::NoArgument,
    Conduct::PortNotANumber,
    Conduct::PortOutOfRange,
    Conduct::ExtraArgument,
    Conduct::PortInUse,
    Conduct::PathTooLong,
    Conduct::PathNotASocket,
    Conduct::StaleSocket,
    Conduct::EndsOnInterrupt,
    Conduct::EndsOnTerminate,
];

/// Whether every thread of the program waits; taken for granted where it cannot be seen.
fn is_at_rest(witness: Option<&mut Witness>, link: &mut Link) -> bool {
    witness.is_none_or(|witness| !matches!(witness.look(link), Quietness::Busy))
}
