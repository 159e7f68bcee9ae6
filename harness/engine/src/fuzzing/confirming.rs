//! Replays a failure, and makes it small.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sockspec_case::diagnosis::Finding;
use sockspec_case::fuzz::Shrinking;
use sockspec_case::player::{Failure, Verdict};
use sockspec_case::transcript::{Kind, Silence};

use super::{Drawn, Failed, REPLAYS, Search, not_opened};

/// How long one failure is made smaller, at most.
const BUDGET: Duration = Duration::from_secs(2);
/// How many plays that takes, at most.
const PLAYS: u32 = 64;

impl Search<'_> {
    /// Replays a failure: how it looks then, and how many replays failed. `None` where it was only slow:
    /// a failure that rests on silence must stand when every deadline is waited out.
    pub(super) async fn confirmed(&mut self, first: Failed) -> Option<(Failed, u32)> {
        let silence = rests_on_silence(&first);
        let (mut shown, mut failed) = (first, 0);
        for replay in 0..REPLAYS {
            let patient = silence && replay == 0;
            match self.failing(&shown.drawn.clone(), patient).await {
                Some(again) => {
                    failed += 1;
                    shown = if patient { again } else { shown };
                }
                None if patient => {
                    if was_blocked(&shown) {
                        // The answer came after all: the kernel's word was not enough.
                        self.engine.trust_witness = false;
                    }
                    return None;
                }
                None => {}
            }
        }
        Some((shown, failed))
    }

    /// The least case that still fails, as far as the budget goes.
    pub(super) async fn made_small(&mut self, failed: Failed) -> Failed {
        let start = Instant::now();
        let number = failed.drawn.number;
        let mut search = Shrinking::new(Arc::clone(&self.pool), failed.drawn.case.clone());
        let mut smallest = failed;
        let mut plays = 0;
        while let Some(case) = search.candidate() {
            if plays == PLAYS || start.elapsed() > BUDGET {
                break;
            }
            plays += 1;
            let failing = self.failing(&Drawn { number, case }, false).await;
            search.told(failing.is_some());
            smallest = failing.unwrap_or(smallest);
        }
        smallest
    }

    /// Plays a case; `Some` when it fails.
    async fn failing(&mut self, drawn: &Drawn, patient: bool) -> Option<Failed> {
        let played = self.play(&drawn.case, drawn.number, patient).await?;
        let is_told = not_opened(&played.transcript).is_none();
        match played.outcome.verdict {
            Verdict::Fail(failure) if is_told => Some(Failed {
                drawn: drawn.clone(),
                failure: Some(failure),
                transcript: played.transcript,
            }),
            _ => None,
        }
    }
}

fn rests_on_silence(failed: &Failed) -> bool {
    matches!(
        failed.failure,
        Some(Failure {
            finding: Finding::NoAnswer { .. }
                | Finding::Incomplete { .. }
                | Finding::NoNewline
                | Finding::NotClosed { .. },
            ..
        })
    )
}

fn was_blocked(failed: &Failed) -> bool {
    let mut events = failed.transcript.events.iter().rev();
    let silence = events.find_map(|event| match event.kind {
        Kind::Quiet(silence) => Some(silence),
        _ => None,
    });
    silence == Some(Silence::Blocked)
}
