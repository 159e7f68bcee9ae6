//! The streams of a program that the engine starts: types, and hears what shows.
//!
//! Nothing more will show once all that was printed has been heard and every thread of the program sleeps until
//! somebody else does something; else a deadline says so.

use std::time::{Duration, Instant};

use sockspec_case::play::Play;
use sockspec_case::player::Patience;
use sockspec_case::style::Screen;
use sockspec_case::transcript::{Kind, Silence};
use sockspec_sockdiag::Process;
use sockspec_spec::model::Transport;
use tokio::time::timeout;

use super::{Engine, LOOKS_QUIET, SLOW_LOOK, STARVED, Started};
use crate::program::keyboard::Input;
use crate::quiet::Quietness;

/// How much a program may print in one dialogue, in bytes.
const FLOOD_BYTES: usize = 4 << 20;
/// How much is kept of what it prints between two looks while its streams matter, in bytes.
const ROOM_BYTES: usize = 1 << 20;

/// What is heard of a program in one dialogue.
#[derive(Debug, Default)]
pub(super) struct Hearing {
    /// Whether the instance was made ready for this dialogue, and no client has had it yet.
    pub(super) is_ready: bool,
    /// Whether the dialogue knows that the program has ended.
    told_end: bool,
    /// How much it has printed, in bytes.
    bytes: usize,
    /// Whether nothing of the dialogue before may still be on its way to the screen.
    nothing_is_left: bool,
}

/// Pauses between two looks that are to prove that nothing more will show.
const PROOF: Duration = Duration::from_micros(500);

impl Started {
    /// Takes all that was printed and not yet taken.
    pub(super) fn listen(&mut self) {
        let Some((begun, since)) = self.server.printed() else {
            return;
        };
        let last = since.head.checked_sub(1);
        for (number, printed) in since.printed.into_iter().enumerate() {
            let left_out = if Some(number) == last {
                since.left_out
            } else {
                0
            };
            self.hearing.bytes += printed.bytes.len();
            let kind = Kind::Printed {
                stream: printed.stream,
                bytes: printed.bytes,
                left_out,
            };
            self.heard.push_back((begun + printed.at, kind));
            if left_out > 0 {
                self.hearing.bytes = FLOOD_BYTES + 1;
            }
        }
    }

    /// Whether the program has ended. Of what is no server the process counts that was started.
    fn has_ended(&mut self) -> Option<Kind> {
        let is_server = self.server.launch().transport != Transport::None;
        let running = &mut self.server.current()?.running;
        let exit = running.exit()?;
        let over = (!is_server || running.is_gone()) && running.capture.has_all();
        over.then_some(Kind::Ended(exit))
    }
}

impl Engine {
    /// How the program shows what it prints, as far as that is known before anything was; `None` for a target at
    /// an address.
    pub fn screen(&self) -> Option<Screen> {
        self.started.as_ref().map(|started| Screen {
            terminal: started.server.input() == Input::Terminal,
            prefix: None,
            asks: false,
        })
    }

    /// From now on the program gets a terminal, or a pipe.
    pub async fn turn_to(&mut self, input: Input) {
        self.release().await;
        if let Some(started) = &mut self.started {
            started.server.turn_to(input);
        }
    }

    /// A dialogue begins: where it is about the program's streams, the program is there before anything happens.
    pub(super) async fn begin_hearing(&mut self, play: &Play) {
        if let Some(started) = &mut self.started {
            started.hearing = Hearing {
                nothing_is_left: started.hearing.nothing_is_left && play.has_streams(),
                ..Hearing::default()
            };
        }
        if self.started.is_none() || !play.has_streams() {
            return;
        }
        let starts = self.starts();
        let is_ready = self.supply(true).await.is_ok();
        let is_another = self.starts() != starts;
        if let Some(started) = &mut self.started {
            started.hearing.nothing_is_left &= !is_another;
            started.hearing.is_ready = is_ready;
            if let Some(current) = started.server.current() {
                current.running.capture.keep(ROOM_BYTES);
            }
        }
    }

    fn starts(&self) -> u32 {
        self.started
            .as_ref()
            .map_or(0, |started| started.server.starts())
    }

    /// A dialogue is over, and went well or not.
    pub(super) fn end_hearing(&mut self, play: &Play, went_well: bool) {
        if let Some(started) = &mut self.started {
            // A play that awaits no line at all may have made room for one that a client sent before it.
            started.hearing.nothing_is_left =
                went_well && play.has_streams() && play.awaits_all_lines();
        }
    }

    /// The processes of the program that run.
    pub(super) fn processes(&mut self) -> Vec<Process> {
        let current = (self.started.as_mut()).and_then(|started| started.server.current());
        current.map_or_else(Vec::new, |current| current.running.tree.living())
    }

    /// Types something; `None` ends what is typed.
    pub(super) fn type_to_program(&mut self, bytes: Option<&[u8]>) {
        let current = (self.started.as_mut()).and_then(|started| started.server.current());
        let Some(current) = current else { return };
        match bytes {
            // Who has ended reads no more: its end says so.
            Some(bytes) => drop(current.running.keyboard.type_bytes(bytes)),
            None => current.running.keyboard.end(),
        }
    }

    /// The next thing that happens on the program's streams, and when it did; or the word that nothing will.
    pub(super) async fn hear_program(
        &mut self,
        patience: Patience,
        patient: bool,
    ) -> (Option<Instant>, Kind) {
        let start = Instant::now();
        let (window, silence) = self.hearing_window(patience, patient);
        // What a program that sleeps has not done in the time it takes to look is not done; who doubts, waits.
        let may_prove = !patient || patience == Patience::Quiet;
        let (mut look, mut quiet_for) = (PROOF, 0u32);
        loop {
            let Some(started) = &mut self.started else {
                return (None, Kind::Quiet(Silence::Blocked));
            };
            let ended = started.has_ended();
            started.listen();
            if started.hearing.bytes > FLOOD_BYTES {
                started.heard.clear();
                return (None, Kind::Flooded);
            }
            if let Some((at, kind)) = started.heard.pop_front() {
                if patience == Patience::Answer {
                    self.latency.measured(start.elapsed());
                }
                return (Some(at), kind);
            }
            if let Some(ended) = ended {
                return match std::mem::replace(&mut started.hearing.told_end, true) {
                    false => (None, ended),
                    true => (None, Kind::Quiet(Silence::Blocked)),
                };
            }
            if patience == Patience::Quiet && std::mem::take(&mut started.hearing.nothing_is_left) {
                return (None, Kind::Quiet(Silence::Window));
            }
            let left = window.saturating_sub(start.elapsed());
            let Some(current) = started.server.current().filter(|_| !left.is_zero()) else {
                return (None, Kind::Quiet(silence));
            };
            let capture = current.running.capture.clone();
            let (pause, asked) = (look.min(left), Instant::now());
            if timeout(pause, capture.changed()).await.is_ok() {
                continue;
            }
            if asked.elapsed() > pause + STARVED {
                return (None, Kind::Starved);
            }
            let seen = match &mut self.witness {
                Some(witness) if self.trust_witness => witness.look_at_program(),
                _ => Quietness::Unseen,
            };
            quiet_for = match seen {
                Quietness::Quiet => quiet_for + 1,
                _ => 0,
            };
            if may_prove && quiet_for >= LOOKS_QUIET && capture.has_all() {
                // What came between the looks is not lost.
                match self.started.as_mut().map(|started| {
                    started.listen();
                    started.heard.is_empty()
                }) {
                    Some(false) => continue,
                    _ => return (None, Kind::Quiet(Silence::Blocked)),
                }
            }
            look = match quiet_for {
                0 => (look * 2).min(SLOW_LOOK),
                _ => PROOF,
            };
        }
    }

    /// How long to wait, and how it is called when nothing comes. A program that is no server starts while it is
    /// waited for.
    fn hearing_window(&self, patience: Patience, patient: bool) -> (Duration, Silence) {
        let started = self.started.as_ref();
        let is_server =
            started.is_some_and(|started| started.server.launch().transport != Transport::None);
        match patience {
            Patience::Close => (self.limits.ending, Silence::Deadline),
            Patience::Answer if !is_server => {
                let has_spoken = started.is_some_and(|started| started.hearing.bytes > 0);
                let limit = match has_spoken {
                    true => self.limits.first_answer,
                    false => self.limits.start,
                };
                (limit, Silence::Deadline)
            }
            _ => self.latency.window(patience, &self.limits, patient),
        }
    }
}
