//! Is the target still there?

use sockspec_case::diagnosis::{Cause, Finding};
use sockspec_case::grade::{CaseResult, Status};
use sockspec_case::player::{Failure, Verdict};
use sockspec_case::transcript::Kind;
use sockspec_spec::model::Framing;

use super::Grading;
use super::playing::CasePlayed;
use crate::discover;

impl Grading<'_> {
    /// A case whose first connection was refused did no harm: the case before it did.
    pub(super) fn unless_gone(&mut self, mut played: CasePlayed) -> CasePlayed {
        let refused = matches!(
            &played.failure,
            Some((
                Failure {
                    finding: Finding::Refused | Finding::ConnectTimedOut,
                    ..
                },
                _
            ))
        );
        // A later connection of the same case that is refused is the case's own doing.
        let opened = (played.transcript.events.iter()).any(|event| event.kind == Kind::Opened);
        let gone = refused && !opened;
        if gone && played.plays == 1 && !self.last.is_empty() {
            let case = self.last.clone();
            played.status = Status::Blocked;
            played.failure = Some((
                Failure::of(Finding::DependsOn { case: case.clone() }),
                String::new(),
            ));
            self.dead.get_or_insert(case);
        }
        played
    }

    /// After a case that failed or abused the target: is the target still there?
    pub(super) async fn watch(&mut self, result: &CaseResult) {
        self.last = result.id.clone();
        let suspicious = result.status == Status::Fail || result.level >= 3;
        if !suspicious || self.dead.is_some() || self.request.spec.framing == Framing::Recv {
            return;
        }
        if self.discovery.sentinel.is_empty() && self.discovery.lesson.right == 0 {
            return;
        }
        // The next client of such a server finds a fresh one.
        if self.engine.is_for_one_client() {
            return;
        }
        let alive = self.engine.play(&self.lifeline, false).await;
        if matches!(alive.outcome.verdict, Verdict::Fail(_)) {
            let again = self.engine.play(&self.lifeline, true).await;
            if matches!(again.outcome.verdict, Verdict::Fail(_)) {
                if self.engine.is_started() {
                    self.engine.give_up(&result.id).await;
                    return;
                }
                self.dead = Some(result.id.clone());
                if self.request.spec.framing == Framing::Datagram {
                    let ear = discover::first_ear(&mut self.engine, &self.lifeline).await;
                    let served = self.verdicts.values().any(|status| status.earns());
                    self.discovery.late = match ear {
                        // More than the first have been served: there was room for some.
                        Some(Cause::SecondClientRefused) if served => Some(Cause::ClientTableFull),
                        other => other,
                    };
                }
            }
        }
    }
}
