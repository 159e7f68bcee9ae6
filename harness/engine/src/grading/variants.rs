//! Grades what is derived from a case.

use sockspec_case::derive::{self, Ground};
use sockspec_case::diagnose;
use sockspec_case::diagnosis::{Diagnosis, Finding};
use sockspec_case::grade::{CaseResult, Status};
use sockspec_case::plan::PlannedCase;
use sockspec_case::play::{Play, Step, Steps};
use sockspec_case::player::Outcome;
use sockspec_case::style::ServingSeen;
use sockspec_case::transcript::Transcript;
use sockspec_spec::model::{Case, Law, Serving};

use super::Grading;

/// From this level on a variant is not a way to say the same, but something done to the target.
const ABUSIVE_LEVEL: u8 = 3;

impl Grading<'_> {
    /// Sets aside the variants that are to be played last.
    pub(super) fn without_abusive(
        &mut self,
        at: usize,
        variants: Vec<PlannedCase>,
    ) -> Vec<PlannedCase> {
        let (abusive, gentle): (Vec<_>, Vec<_>) =
            (variants.into_iter()).partition(|one| one.level >= ABUSIVE_LEVEL);
        self.abusive
            .extend(abusive.into_iter().map(|one| (at, one)));
        gentle
    }

    /// A target that spins at the end of each connection is spared many more of them: they would
    /// keep the whole machine busy, and fail it for the same mistake.
    pub(super) fn spared(&self, variant: &PlannedCase) -> Option<CaseResult> {
        let spins = self.engine.should_save_connections() && !self.engine.is_for_one_client();
        if variant.level < ABUSIVE_LEVEL || !spins {
            return None;
        }
        let mut known = self.results.values().flatten();
        let spins = known.find(|one| one.law == Law::HalfClose && one.status == Status::Fail)?;
        let finding = Finding::DependsOn {
            case: spins.id.clone(),
        };
        Some(blocked(variant, finding))
    }

    /// Grades one variant on connections of its own.
    pub(super) async fn variant(&mut self, variant: &PlannedCase) -> CaseResult {
        let not_played = self.not_played(variant).or_else(|| self.spared(variant));
        let result = match not_played {
            Some(result) => result,
            None => {
                // Where cases share a connection, its first bytes must come in pieces once, too.
                if variant.id == format!("{}@bytewise", self.request.spec.control) {
                    self.engine.release().await;
                }
                let played = self.play_case(variant, true).await;
                let played = self.unless_gone(played);
                let result = self.result(variant, played);
                self.watch(&result).await;
                result
            }
        };
        self.verdicts.insert(result.id.clone(), result.status);
        result
    }

    /// The variants of a case, those too that will not be played because the case failed: every target
    /// is graded by the same list.
    pub(super) fn variants(
        &self,
        case: &Case,
        planned: &PlannedCase,
        outcomes: &[Outcome],
        transcript: Option<&Transcript>,
    ) -> Vec<PlannedCase> {
        // Who serves more than the sheet asks is not asked for more still.
        let parallel = self.serving == Some(ServingSeen::Parallel)
            && self.request.spec.serving == Serving::Parallel;
        let sentinel = &self.discovery.sentinel[..];
        let ground = Ground {
            spec: &self.request.spec,
            case,
            base: planned,
            outcomes,
            transcript,
            sentinel,
            lifeline: lifeline_steps(&self.lifeline),
            neighbour: if parallel { sentinel } else { &[] },
            options: &self.request.options,
        };
        let mut variants = derive::variants(&ground);
        variants.retain(|variant| self.request.selection.takes(&variant.id, variant.level));
        variants
    }
}

/// A case that is not played because of what another found.
pub(super) fn blocked(planned: &PlannedCase, finding: Finding) -> CaseResult {
    let diagnosis = Some(Diagnosis::not_judged(finding));
    diagnose::result(planned, Status::Blocked, diagnosis, Transcript::default())
}

/// The steps of a lifeline, which are always fixed.
pub(super) fn lifeline_steps(lifeline: &Play) -> &[Step] {
    match &lifeline.steps {
        Steps::Fixed(steps) => steps,
        Steps::Script(..) => &[],
    }
}
