//! How many exchanges survive a network that loses datagrams: measured for information, never graded.

use sockspec_case::derive;
use sockspec_case::grade::Survival;
use sockspec_case::loss::{self, ATTEMPTS};
use sockspec_case::plan::{self, Effort};
use sockspec_case::play::Steps;
use sockspec_case::player::Verdict;
use sockspec_spec::model::Framing;

use super::Grading;

/// The shares of the datagrams that are lost, in percent.
const RATES: [u32; 3] = [10, 30, 50];

/// So many dialogues that went wrong say enough of one rate: each may cost a wait.
const MOST_FAILURES: u32 = 3;

impl Grading<'_> {
    /// Asks the control's questions over networks that lose more and more. Only where the control
    /// passed, and the target still serves.
    pub(super) async fn survey(&mut self) {
        let request = self.request;
        if request.spec.framing != Framing::Datagram {
            return;
        }
        let control = request.spec.control_case();
        let passed = |id: &str| self.verdicts.get(id).is_some_and(|status| status.earns());
        let Some(case) = control.filter(|case| passed(&case.id) && self.dead.is_none()) else {
            return;
        };
        let planned = plan::base(&request.spec, case, &self.style, &request.options);
        let count = match request.options.effort {
            Effort::Quick => 24,
            Effort::Normal => 96,
            Effort::Deep => 960,
        };
        let seed = request.options.seed;
        let Some(play) = planned.plays.first() else {
            return;
        };
        for rate in RATES {
            let mut failures = 0;
            let mut seen = Survival {
                loss_percent: rate,
                attempts: ATTEMPTS,
                exchanges: 0,
                survived: 0,
                possible: 0,
            };
            for play in derive::survey(play, rate, count, seed) {
                let (Steps::Fixed(steps), Some(network)) = (&play.steps, &play.network) else {
                    continue;
                };
                let exchanges = steps.len() / 2;
                let fates = loss::exchanges(&network.mask, exchanges, network.attempts);
                seen.exchanges += exchanges as u32;
                seen.possible += fates.iter().filter(|one| one.survives).count() as u32;
                let outcome = self.engine.play(&play, false).await.outcome;
                seen.survived += outcome.answers.len() as u32;
                failures += u32::from(matches!(outcome.verdict, Verdict::Fail(_)));
                if failures >= MOST_FAILURES {
                    break;
                }
            }
            if seen.exchanges > 0 {
                self.loss.push(seen);
            }
        }
    }
}
