//! A silence: for a while nobody comes, or a client thinks. The program waits, and serves as before.
//!
//! The silence begins before the other cases of a program that answers and ends behind them, so that it costs no
//! time of its own.

use std::time::{Duration, Instant};

use sockspec_case::play::{Ending, Play};
use sockspec_case::program::{Conducted, ProgramFinding};
use sockspec_case::transcript::Kind;
use tokio::time::timeout;

use super::lives::is_served;
use super::{Examiner, Looked};
use crate::engine::Engine;

/// Instances before which nothing happens.
pub(super) struct Silence {
    since: Instant,
    /// One to which nobody has come.
    alone: Option<Engine>,
    /// One whose client has asked, and could ask again.
    client: Option<Engine>,
}

impl Examiner {
    /// The silence begins.
    pub(super) async fn fall_silent(&self) -> Silence {
        let (alone, client) = (self.held().await, self.with_client().await);
        Silence {
            since: Instant::now(),
            alone,
            client,
        }
    }

    /// The silence ends: both instances are asked. What fails then is looked at twice more without a silence, and
    /// with one: what fails by chance is not the silence's.
    pub(super) async fn break_silence(&self, silence: Silence) -> Looked {
        let time = self.limits.silence;
        let mut seen = self.ends(silence, time).await;
        for _ in 0..2 {
            if !has_failed(&seen) {
                return seen;
            }
            let without = self.fall_silent().await;
            if has_failed(&self.ends(without, Duration::ZERO).await) {
                return Looked::NotSeen;
            }
            let again = self.fall_silent().await;
            seen = self.ends(again, time).await;
        }
        seen
    }

    async fn ends(&self, silence: Silence, time: Duration) -> Looked {
        let Silence {
            since,
            alone,
            client,
        } = silence;
        let left = time.saturating_sub(since.elapsed());
        // The passing of time is the point: nothing is awaited.
        let _ = timeout(left, std::future::pending::<()>()).await;
        let mut looked = Looked::NotSeen;
        if let Some(engine) = client {
            looked = self.goes_on(engine, time).await;
        }
        match alone {
            Some(engine) if !has_failed(&looked) => self.is_still_there(engine, time).await,
            Some(mut engine) => {
                engine.finish().await;
                looked
            }
            None => looked,
        }
    }

    /// Whether the first client is served, after nobody came for a while.
    async fn is_still_there(&self, mut engine: Engine, time: Duration) -> Looked {
        let played = engine.play(&self.lifeline, true).await;
        let looked = match is_served(&played.outcome.verdict) {
            true => Looked::well(),
            false => gave_up(&mut engine, ProgramFinding::GoneAfterSilence(time)).await,
        };
        engine.finish().await;
        looked
    }

    /// Whether the client that said nothing for a while is served on its connection.
    async fn goes_on(&self, mut engine: Engine, time: Duration) -> Looked {
        let played = engine.play(&self.kept(), true).await;
        let events = &played.transcript.events;
        let goes_on = events.iter().any(|event| event.kind == Kind::Continued);
        let looked = match goes_on && is_served(&played.outcome.verdict) {
            true => Looked::well(),
            false => gave_up(&mut engine, ProgramFinding::DroppedInSilence(time)).await,
        };
        engine.finish().await;
        looked
    }

    /// An instance whose client has asked twice on its connection; `None` where the dialogue does not go on.
    async fn with_client(&self) -> Option<Engine> {
        if self.lifeline.sends().is_empty() {
            return None;
        }
        let mut engine = self.held().await?;
        for _ in 0..2 {
            let played = engine.play(&self.kept(), true).await;
            if !is_served(&played.outcome.verdict) || !engine.keeps_connection() {
                engine.finish().await;
                return None;
            }
        }
        Some(engine)
    }

    async fn held(&self) -> Option<Engine> {
        let mut engine = self.engine().await?;
        engine.hold(true);
        Some(engine)
    }

    fn kept(&self) -> Play {
        Play {
            ending: Ending::Keep,
            ..self.lifeline.clone()
        }
    }
}

fn has_failed(looked: &Looked) -> bool {
    matches!(looked, Looked::Saw(conducted) if conducted.seen.is_some())
}

async fn gave_up(engine: &mut Engine, finding: ProgramFinding) -> Looked {
    // One that lives on serves others: it has only let its client go.
    let lives_on = matches!(finding, ProgramFinding::DroppedInSilence(_));
    let conducted = Conducted::fails(finding);
    let current = engine
        .started()
        .and_then(|started| started.server.current());
    let Some(current) = current else {
        return Looked::Saw(conducted);
    };
    let death = current.epitaph().await;
    Looked::Saw(match lives_on && death.exit.is_none() {
        true => conducted,
        false => conducted.with(death),
    })
}
