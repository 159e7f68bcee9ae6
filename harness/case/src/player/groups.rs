//! Groups of a dialogue: `either` (branches tried in order) and `any order`.

use std::sync::Arc;

use sockspec_spec::model::Framing;

use super::{Action, Patience, Player};
use crate::diagnosis::Finding;
use crate::expect::{Expectation, Met, Progress};
use crate::play::Step;
use crate::script::Answer;
use crate::unit::{self, Ended};

/// How a branch stands.
enum Branch {
    Fits(Vec<Met>),
    More(Patience),
    Wrong(Finding, Option<Expectation>, Vec<u8>),
}

impl Player<'_> {
    /// Tries the branches in order on what has come so far.
    pub(super) fn either(&mut self, branches: &[Vec<Step>]) -> Option<Action> {
        let connection = branches
            .iter()
            .flatten()
            .find_map(Step::connection)
            .unwrap_or(1);
        if let Some(action) = self.ready(connection, true) {
            return Some(action);
        }
        let mut patience = None;
        let mut wrong = None;
        for branch in branches {
            match self.branch(connection, branch) {
                Branch::Fits(taken) => {
                    for met in taken {
                        self.take(connection, met);
                    }
                    // What follows the answers (an end) is awaited as an ordinary step.
                    self.done(Answer::default());
                    return None;
                }
                Branch::More(needed) => {
                    patience = patience.or(Some(needed));
                    // A branch that may still fit is not overtaken by a later one.
                    break;
                }
                Branch::Wrong(finding, expectation, actual) => {
                    wrong = wrong.or(Some((finding, expectation, actual)));
                }
            }
        }
        match (patience, wrong) {
            (Some(patience), _) => Some(Action::Await(connection, patience)),
            (None, Some((finding, expectation, actual))) => {
                self.fail(connection, finding, expectation.as_ref(), actual);
                None
            }
            (None, None) => {
                self.done(Answer::default());
                None
            }
        }
    }

    /// Whether one branch fits what has come so far.
    fn branch(&self, connection: u8, steps: &[Step]) -> Branch {
        let Some(state) = self.connections.get(&connection) else {
            return Branch::More(Patience::Answer);
        };
        let mut skip = 0;
        let mut taken = Vec::new();
        for step in steps {
            match step {
                Step::Expect(_, expectation) => match self.check_after(state, skip, expectation) {
                    Progress::More => return Branch::More(Patience::Answer),
                    Progress::Met(met) => {
                        skip += if self.play.framing == Framing::Datagram {
                            1
                        } else {
                            met.consumed
                        };
                        taken.push(met);
                    }
                    Progress::Wrong { finding, actual } => {
                        return Branch::Wrong(finding, Some(expectation.clone()), actual);
                    }
                },
                Step::ExpectEnd(..) => match state.ended {
                    None => return Branch::More(Patience::Close),
                    Some(Ended::Quiet(_)) => {
                        let finding = Finding::NotClosed { waited_ms: 0 };
                        return Branch::Wrong(finding, None, state.rest()[skip..].to_vec());
                    }
                    Some(ended) => {
                        let rest = &state.rest()[skip..];
                        let prompt = unit::skip_prompt(&self.play.style, rest, Some(ended));
                        let extra = &rest[prompt.unwrap_or(0)..];
                        if extra.iter().any(|byte| !byte.is_ascii_whitespace()) {
                            return Branch::Wrong(Finding::Extra, None, extra.to_vec());
                        }
                    }
                },
                Step::ExpectSilence(_) => {
                    let rest = &state.rest()[skip..];
                    let prompt = unit::skip_prompt(&self.play.style, rest, Some(Ended::Fin));
                    let extra = &rest[prompt.unwrap_or(0)..];
                    match state.ended {
                        _ if !extra.is_empty() || !state.datagrams.is_empty() => {
                            return Branch::Wrong(Finding::Extra, None, extra.to_vec());
                        }
                        None => return Branch::More(Patience::Quiet),
                        Some(_) => {}
                    }
                }
                Step::ExpectRead(_) => match state.read {
                    Some(true) => {}
                    None if state.ended != Some(Ended::Reset) => {
                        return Branch::More(Patience::Read);
                    }
                    Some(false) | None => {
                        let finding = super::unread(state, self.play.framing);
                        return Branch::Wrong(finding, None, Vec::new());
                    }
                },
                _ => {}
            }
        }
        Branch::Fits(taken)
    }

    pub(super) fn any_order(&mut self, steps: &[Step]) -> Option<Action> {
        let mut awaited = None;
        let mut wrong = None;
        for (at, step) in steps.iter().enumerate() {
            let Step::Expect(connection, expectation) = step else {
                continue;
            };
            if let Some(action) = self.ready(*connection, true) {
                return Some(action);
            }
            match self.check(*connection, expectation) {
                Progress::Met(met) => {
                    self.take(*connection, met);
                    let rest: Vec<Step> = steps
                        .iter()
                        .enumerate()
                        .filter(|(n, _)| *n != at)
                        .map(|(_, s)| s.clone())
                        .collect();
                    self.pending.pop_front();
                    match rest.is_empty() {
                        true => self.log.push(Answer::default()),
                        false => self.pending.push_front(Arc::new(Step::AnyOrder(rest))),
                    }
                    return None;
                }
                Progress::More => awaited = awaited.or(Some(*connection)),
                Progress::Wrong { finding, actual } => {
                    wrong = wrong.or(Some((*connection, finding, expectation.clone(), actual)));
                }
            }
        }
        match (awaited, wrong) {
            (Some(connection), _) => Some(Action::Await(connection, Patience::Answer)),
            (None, Some((connection, finding, expectation, actual))) => {
                self.fail(connection, finding, Some(&expectation), actual);
                None
            }
            (None, None) => {
                self.done(Answer::default());
                None
            }
        }
    }
}
