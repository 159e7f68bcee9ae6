//! Other lives: the program is started again where it has just served, and goes on after it was stopped.

use std::sync::Arc;
use std::time::Instant;

use rustix::process::Signal;
use sockspec_case::play::{Ending, Play};
use sockspec_case::player::Verdict;
use sockspec_case::program::{Conducted, ProgramFinding};
use sockspec_case::transcript::Kind;
use sockspec_sockdiag::Process;
use tokio::time::timeout;

use super::{Examiner, Looked};
use crate::engine::Engine;
use crate::program::ending::Pauses;
use crate::program::{Instance, NotStarted};

impl Examiner {
    /// Kills the program while a client is connected, and starts it again on the same port. Its end of that
    /// connection then waits for stray segments (TIME_WAIT), and only `SO_REUSEADDR` lets the port be had.
    pub(super) async fn restart(&self) -> Looked {
        let Some(mut engine) = self.engine().await else {
            return Looked::NotSeen;
        };
        let kept = Play {
            ending: Ending::Keep,
            ..self.lifeline.clone()
        };
        engine.hold(true);
        engine.play(&kept, false).await;
        let Some(current) = engine
            .started()
            .and_then(|started| started.server.current())
        else {
            return Looked::NotSeen;
        };
        let spot = Arc::clone(&current.spot);
        // The kernel closes for it, first, as it does when it is interrupted.
        current.running.tree.kill(self.limits.ending);
        current.running.wait(self.limits.ending).await;
        if let Some(mut link) = engine.take_kept() {
            // Its end comes first: ours only answers it.
            let end = async {
                while !link.ended {
                    link.readable().await;
                    link.drain(&self.limits);
                }
            };
            let _ = timeout(self.limits.close, end).await;
        }
        engine.finish().await;
        let Ok(mut again) = Instance::start(&self.launch, spot) else {
            return Looked::NotSeen;
        };
        let ready = again.ready(self.diag.as_deref(), self.launch.start).await;
        let looked = match ready {
            Ok(_) => Looked::well(),
            Err(_) => {
                let death = again.epitaph().await;
                Looked::Saw(Conducted::fails(ProgramFinding::NotRestarted).with(death))
            }
        };
        again.end(self.launch.grace).await;
        looked
    }

    /// Stops the program and lets it go on, while it waits for its first client; then once more, while that client
    /// is connected, where the dialogue lets it be asked again.
    pub(super) async fn stop_and_resume(&self) -> Looked {
        let Some(mut engine) = self.engine().await else {
            return Looked::NotSeen;
        };
        engine.hold(true);
        self.pause_program(&mut engine).await;
        let kept = Play {
            ending: Ending::Keep,
            ..self.lifeline.clone()
        };
        let asks = !self.lifeline.sends().is_empty();
        let mut serves = is_served(&engine.play(&kept, true).await.outcome.verdict);
        if serves && asks && engine.keeps_connection() {
            // A server that closes after its answer may be about to: then no dialogue goes on to be paused.
            let more = engine.play(&kept, true).await;
            let events = &more.transcript.events;
            let goes_on = is_served(&more.outcome.verdict)
                && events.iter().any(|event| event.kind == Kind::Continued);
            if goes_on && engine.keeps_connection() {
                self.pause_program(&mut engine).await;
                serves = is_served(&engine.play(&kept, true).await.outcome.verdict);
            }
        }
        let looked = match serves {
            true => Looked::well(),
            false => {
                let conducted = Conducted::fails(ProgramFinding::NotResumed);
                let current = engine
                    .started()
                    .and_then(|started| started.server.current());
                Looked::Saw(match current {
                    Some(current) => conducted.with(current.epitaph().await),
                    None => conducted,
                })
            }
        };
        engine.finish().await;
        match serves || self.serves_unpaused().await {
            true => looked,
            // It answers no better when nobody stops it.
            false => Looked::NotSeen,
        }
    }

    async fn serves_unpaused(&self) -> bool {
        let Some(mut engine) = self.engine().await else {
            return false;
        };
        let played = engine.play(&self.lifeline, true).await;
        engine.finish().await;
        is_served(&played.outcome.verdict)
    }

    /// SIGSTOP, until all of it stands still, then SIGCONT, until what that wakes is done.
    async fn pause_program(&self, engine: &mut Engine) {
        let Some(server) = engine.started().map(|started| &mut started.server) else {
            return;
        };
        let Some(current) = server.current() else {
            return;
        };
        current.running.tree.signal(Signal::STOP);
        let start = Instant::now();
        let mut pauses = Pauses::default();
        let stands = |one: &Process| {
            one.threads()
                .is_ok_and(|threads| threads.iter().all(|thread| thread.state == 'T'))
        };
        while !current.running.tree.living().iter().all(stands)
            && start.elapsed() < self.limits.ending
        {
            current.running.pause(pauses.longer()).await;
        }
        current.running.tree.signal(Signal::CONT);
        server.settle(self.limits.ending).await;
    }

    /// An engine with an instance of its own.
    pub(super) async fn engine(&self) -> Option<Engine> {
        let started: Result<Engine, NotStarted> =
            Engine::start_with(Arc::clone(&self.launch), self.limits, self.input).await;
        started.ok()
    }
}

/// Whether a dialogue went as it should.
pub(super) fn is_served(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Pass | Verdict::NonStrict)
}
