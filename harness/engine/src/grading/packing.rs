//! One connection for many cases: how a target that serves nobody else is graded by address.
//!
//! Whether such a target serves one client after another, or one and no more, shows only when the
//! first has left. Until then as much as possible is asked on the one connection, the gentle first:
//! what is wrong and legal, then what is cut, then what is abusive.

use sockspec_case::grade::CaseResult;
use sockspec_case::plan::{self, PlannedCase};
use sockspec_case::play::{Ending, Play, Step, Steps};
use sockspec_case::player::{Outcome, Verdict};
use sockspec_spec::model::{Body, Case, Law, Needs};

use super::{CasePlayed, Grading};

/// A case on the shared connection.
struct Packed<'c> {
    at: usize,
    case: &'c Case,
    results: Vec<CaseResult>,
    /// The variants that are still to be played, the next last.
    variants: Vec<PlannedCase>,
    /// Whether the base was played, and all that was played passed.
    passed: bool,
}

impl Grading<'_> {
    /// Plays what can share one connection on the one that is open. Returns what is left for
    /// connections of its own: the rest, and what failed (the connection may have been spoiled).
    pub(super) async fn pack<'c>(
        &mut self,
        cases: Vec<(usize, &'c Case)>,
    ) -> Vec<(usize, &'c Case)> {
        let mut left = Vec::new();
        let mut packed = Vec::new();
        // Where the target closes after each answer, nothing goes on where something ended.
        let shares = !self.request.spec.server_closes;
        for (at, case) in cases {
            match shares && case.packable && case.needs == Needs::Address {
                true => packed.push(Packed {
                    at,
                    case,
                    results: Vec::new(),
                    variants: Vec::new(),
                    passed: false,
                }),
                false => left.push((at, case)),
            }
        }
        for item in packed.iter_mut().filter(|item| item.case.level <= 2) {
            self.pack_base(item).await;
        }
        for item in packed.iter_mut().filter(|item| item.case.level <= 2) {
            self.pack_variants(item).await;
        }
        for item in packed.iter_mut().filter(|item| item.case.level > 2) {
            self.pack_base(item).await;
            self.pack_variants(item).await;
        }
        self.pack_end(&mut left).await;
        self.engine.release().await;
        for item in packed {
            if item.passed && item.variants.is_empty() {
                self.store(item.at, item.results);
                continue;
            }
            // Its variants are made again with it.
            self.abusive.retain(|(at, _)| *at != item.at);
            // What was found stands until a fresh connection says otherwise.
            if !item.results.is_empty() {
                self.results.insert(item.at, item.results);
            }
            left.push((item.at, item.case));
        }
        left.sort_by_key(|(at, _)| *at);
        left
    }

    async fn pack_base(&mut self, item: &mut Packed<'_>) {
        if !self.engine.keeps_connection() {
            return;
        }
        let request = self.request;
        let base = plan::base(&request.spec, item.case, &self.style, &request.options);
        let planned = kept(base);
        let played = self.play_case(&planned, false).await;
        let outcomes: &[Outcome] = match played.status.earns() {
            true => &played.outcomes,
            false => &[],
        };
        let variants = self.variants(item.case, &planned, outcomes, Some(&played.transcript));
        item.variants = self.without_abusive(item.at, variants);
        item.variants.reverse();
        item.passed = played.status.earns();
        let result = self.result(&planned, played);
        self.after_packed(&result, item.passed).await;
        item.results.push(result);
    }

    async fn pack_variants(&mut self, item: &mut Packed<'_>) {
        while item.passed && self.engine.keeps_connection() {
            let Some(variant) = item.variants.pop() else {
                return;
            };
            let variant = kept(variant);
            let played: CasePlayed = self.play_case(&variant, false).await;
            item.passed = played.status.earns();
            let result = self.result(&variant, played);
            self.after_packed(&result, item.passed).await;
            item.results.push(result);
        }
    }

    /// The one end that the shared connection has is worth a case: what was asked before the FIN is
    /// answered, then the target closes.
    async fn pack_end(&mut self, left: &mut Vec<(usize, &Case)>) {
        let ends = |case: &Case| match &case.body {
            Body::Dialogue(dialogue) => {
                case.law == Law::HalfClose && dialogue.connections().iter().all(|c| *c == 1)
            }
            Body::Script(_) => false,
        };
        let request = self.request;
        let Some(found) = left.iter().position(|(_, case)| ends(case)) else {
            return;
        };
        let shares = !(request.spec.server_first || request.spec.server_closes);
        if !(shares && self.engine.keeps_connection()) {
            return;
        }
        let (at, case) = left[found];
        let planned = kept(plan::base(
            &request.spec,
            case,
            &self.style,
            &request.options,
        ));
        let played = self.play_case(&planned, false).await;
        let result = self.result(&planned, played);
        if result.status.earns() {
            left.remove(found);
            self.store(at, vec![result]);
        } else {
            self.results.insert(at, vec![result]);
        }
    }

    /// After a case that failed on the shared connection: is the connection still good?
    async fn after_packed(&mut self, result: &CaseResult, passed: bool) {
        if passed {
            return;
        }
        if !self.engine.keeps_connection() {
            self.crashed = Some(result.id.clone());
        } else if !self.resynchronise().await {
            self.engine.release().await;
        }
    }

    /// Whether the kept connection still answers the control question, once what is under way has come.
    async fn resynchronise(&mut self) -> bool {
        if !self.engine.keeps_connection() || self.discovery.sentinel.is_empty() {
            return false;
        }
        let steps: Vec<Step> = std::iter::once(Step::Collect(1))
            .chain(self.discovery.sentinel.clone())
            .collect();
        let play = Play {
            steps: Steps::Fixed(steps.into()),
            ending: Ending::Keep,
            ..self.lifeline.clone()
        };
        let played = self.engine.play(&play, false).await;
        matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict)
    }
}

fn kept(mut planned: PlannedCase) -> PlannedCase {
    for play in &mut planned.plays {
        play.ending = Ending::Keep;
    }
    planned
}
