//! Derived cases: the laws that no script lists, made from each scripted case.
//!
//! Every family is made from what the target answered rightly, and never asks for more than a law does.

use sockspec_spec::Spec;
use sockspec_spec::cause::Cause;
use sockspec_spec::model::{Case, Law, Serving, Text, Transport};

use crate::plan::{Options, PlannedCase};
use crate::play::{Deed, Play, Step, Steps};
use crate::player::{Outcome, Taken};
use crate::transcript::Transcript;

mod clients;
mod datagrams;
mod ends;
mod segmentation;

pub use datagrams::survey;

/// What variants are made from.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The exercise.
    pub spec: &'a Spec,
    /// The scripted case.
    pub case: &'a Case,
    /// The scripted case as it is played.
    pub base: &'a PlannedCase,
    /// How its plays went; empty where it was not played.
    pub outcomes: &'a [Outcome],
    /// What happened in the last of them.
    pub transcript: Option<&'a Transcript>,
    /// A question and its answer, known to work; may be empty.
    pub sentinel: &'a [Step],
    /// What shows on a fresh connection that the target serves.
    pub lifeline: &'a [Step],
    /// What shows on a connection made before that it is still served; empty where the target does not
    /// serve two at once, or nothing can be asked.
    pub neighbour: &'a [Step],
    /// Strictness, effort, seed.
    pub options: &'a Options,
}

impl Ground<'_> {
    /// What the target answered in one of the base's plays.
    fn answers(&self, play: usize) -> &[Taken] {
        self.outcomes.get(play).map_or(&[], |one| &one.answers)
    }
}

/// All variants of a case. Which there are depends on the spec and the options alone, so that every
/// target is graded by the same list.
pub fn variants(ground: &Ground<'_>) -> Vec<PlannedCase> {
    if ground.spec.transport == Transport::None {
        // The laws are about connections.
        return Vec::new();
    }
    let mut cases = segmentation::variants(ground);
    cases.extend(ends::variants(ground));
    cases.extend(clients::variants(ground));
    cases.extend(datagrams::variants(ground));
    cases
}

/// A family of derived dialogues.
struct Family {
    /// What stands behind the `@` of the id.
    name: &'static str,
    fr: &'static str,
    en: &'static str,
    /// The least level of its cases.
    level: u8,
    law: Law,
    cause: Option<Cause>,
    serving: Option<Serving>,
}

impl Family {
    /// The family's case made from `base`; `None` without plays.
    fn of(&self, base: &PlannedCase, plays: Vec<Play>) -> Option<PlannedCase> {
        (!plays.is_empty()).then(|| PlannedCase {
            id: format!("{}@{}", base.base, self.name),
            title: Text {
                fr: format!("{} — {}", base.title.fr, self.fr),
                en: format!("{} — {}", base.title.en, self.en),
            },
            level: base.level.max(self.level),
            law: self.law,
            points: 1,
            after: vec![base.id.clone()],
            // What failing the base means says nothing of its variants.
            cause: self.cause,
            serving: self.serving.or(base.serving),
            // What takes clients of its own shares no connection.
            packable: base.packable && self.serving.is_none(),
            plays,
            ..base.clone()
        })
    }
}

/// The play followed by a question whose answer is known: whatever the play made the target say too
/// much comes before that answer, and shows. No time has to be waited for.
pub fn with_sentinel(play: Play, sentinel: &[Step]) -> Play {
    let done = |step: &Step| matches!(step, Step::Do(1, Deed::Fin | Deed::Reset | Deed::Close));
    match &play.steps {
        Steps::Fixed(steps)
            if matches!(steps.last(), Some(Step::Expect(1, _))) && !steps.iter().any(done) =>
        {
            let steps: Vec<Step> = steps.iter().chain(sentinel).cloned().collect();
            Play {
                steps: Steps::Fixed(steps.into()),
                ..play
            }
        }
        _ => play,
    }
}

/// The step on another connection.
fn on(step: &Step, connection: u8) -> Step {
    match step {
        Step::Open(_) => Step::Open(connection),
        Step::Send(_, payloads) => Step::Send(connection, payloads.clone()),
        Step::Fill(_, payload) => Step::Fill(connection, payload.clone()),
        Step::Expect(_, expectation) => Step::Expect(connection, expectation.clone()),
        Step::ExpectEnd(_, end) => Step::ExpectEnd(connection, *end),
        Step::ExpectSilence(_) => Step::ExpectSilence(connection),
        Step::ExpectRead(_) => Step::ExpectRead(connection),
        Step::Do(_, deed) => Step::Do(connection, *deed),
        other => other.clone(),
    }
}
