//! Plays a case's dialogues, and confirms what failed.

use std::time::{Duration, Instant};

use sockspec_case::diagnosis::Finding;
use sockspec_case::grade::Status;
use sockspec_case::plan::PlannedCase;
use sockspec_case::play::{Ending, Play};
use sockspec_case::player::{Failure, Outcome, Verdict};
use sockspec_case::program::{Death, ProgramFinding};
use sockspec_case::transcript::{Kind, Silence, Transcript};

use super::Grading;
use crate::engine::Played;

/// How long a variant is played that goes well: there are targets that take their time for each answer.
const ENOUGH: Duration = Duration::from_secs(3);
/// After which variants are played for a tenth of that only: a target so slow shall still be asked of every case.
const LONG: Duration = Duration::from_secs(20);

/// One case played.
pub(super) struct CasePlayed {
    pub(super) outcomes: Vec<Outcome>,
    pub(super) status: Status,
    pub(super) failure: Option<(Failure, String)>,
    pub(super) transcript: Transcript,
    /// How the program ended in the play that failed, where it should not have.
    pub(super) death: Option<Death>,
    pub(super) flaky: Option<(u32, u32)>,
    pub(super) plays: u32,
    pub(super) duration: Duration,
}

impl CasePlayed {
    /// Nothing was played, for this reason.
    pub(super) fn without(status: Status, finding: Finding, death: Option<Death>) -> Self {
        CasePlayed {
            outcomes: Vec::new(),
            status,
            failure: Some((Failure::of(finding), String::new())),
            transcript: Transcript::default(),
            death,
            flaky: None,
            plays: 0,
            duration: Duration::ZERO,
        }
    }
}

/// How long a play may take, from how long another took that may be shorter.
fn expected(other: &Play, took: Duration, play: &Play) -> Duration {
    let messages = |play: &Play| play.sends().len().max(1) as f64;
    took.mul_f64(messages(play) / messages(other))
}

impl Grading<'_> {
    /// Plays all dialogues of a case; stops at the first that fails for good.
    pub(super) async fn play_case(&mut self, planned: &PlannedCase, confirm: bool) -> CasePlayed {
        let start = Instant::now();
        self.engine.plays(&planned.id);
        let mut done = CasePlayed {
            outcomes: Vec::new(),
            status: Status::Pass,
            failure: None,
            transcript: Transcript::default(),
            death: None,
            flaky: None,
            plays: 0,
            duration: Duration::ZERO,
        };
        // So many ways to say the same, or so many clients: a slow target need not take all of them, nor one that
        // is started for each.
        let many_starts = self.engine.is_for_one_client() && planned.serving.is_some();
        let repeats = planned.id.contains('@') || many_starts;
        let enough = match self.start.elapsed() < LONG {
            true => ENOUGH,
            false => ENOUGH / 10,
        };
        let mut before = "";
        for (at, play) in planned.plays.iter().enumerate() {
            let begun = Instant::now();
            let mut played = self.play(play, planned.packable).await;
            let took = begun.elapsed();
            done.plays += 1;
            let mut label = play.label.as_str();
            let smaller;
            if confirm && matches!(played.outcome.verdict, Verdict::Fail(_)) {
                (played, done.flaky) = self.confirm(play, played).await;
                let stands =
                    done.flaky.is_none() && matches!(played.outcome.verdict, Verdict::Fail(_));
                if stands && let Some((least, shown)) = self.shrunk(play, took).await {
                    smaller = least;
                    (label, played) = (smaller.label.as_str(), shown);
                }
            }
            let verdict = played.outcome.verdict.clone();
            done.outcomes.push(played.outcome);
            if done.plays > 1 && failed_before_it_began(&verdict, &played.transcript) {
                // The play before killed the target, which had not noticed yet when it was judged.
                label = before;
            } else {
                done.transcript = played.transcript;
            }
            before = &play.label;
            done.death = played.death;
            if verdict == Verdict::NonStrict {
                done.status = Status::NonStrict;
            }
            match verdict {
                Verdict::Pass | Verdict::NonStrict if repeats => {
                    let next = planned.plays.get(at + 1);
                    let ahead = next.map_or(Duration::ZERO, |next| expected(play, took, next));
                    if start.elapsed() + ahead > enough {
                        break;
                    }
                }
                Verdict::Pass | Verdict::NonStrict => {}
                Verdict::Inconclusive(finding) => {
                    done.status = Status::Inconclusive;
                    done.failure = Some((Failure::of(finding), play.label.clone()));
                    break;
                }
                Verdict::Fail(failure) => {
                    done.status = Status::Fail;
                    done.failure = Some((failure, label.to_owned()));
                    break;
                }
            }
        }
        done.duration = start.elapsed();
        done
    }

    /// Plays a dialogue; on one connection with others where the target can ill afford more.
    pub(super) async fn play(&mut self, play: &Play, packable: bool) -> Played {
        if !(packable && self.engine.should_save_connections()) {
            return self.engine.play(play, false).await;
        }
        let saving = Play {
            ending: Ending::Keep,
            ..play.clone()
        };
        let played = self.engine.play(&saving, false).await;
        if matches!(played.outcome.verdict, Verdict::Pass | Verdict::NonStrict) {
            return played;
        }
        // The connection may have been spoiled before: only a fresh one says.
        self.engine.release().await;
        self.engine.play(play, false).await
    }

    /// Plays a failed dialogue again: a failure that rested on silence with more patience, another
    /// one as it was. What does not repeat is slow, or flaky.
    pub(super) async fn confirm(
        &mut self,
        play: &Play,
        first: Played,
    ) -> (Played, Option<(u32, u32)>) {
        let silence = last_silence(&first.transcript);
        let rests_on_silence = matches!(
            &first.outcome.verdict,
            Verdict::Fail(Failure {
                finding: Finding::NoAnswer { .. }
                    | Finding::Incomplete { .. }
                    | Finding::NoNewline
                    | Finding::NotRead { .. }
                    | Finding::Program(ProgramFinding::NotShown(_) | ProgramFinding::NotEnded(_))
                    | Finding::NotClosed { .. },
                ..
            })
        );
        if rests_on_silence {
            if self.patient_replays == 0 {
                return (first, None);
            }
            self.patient_replays -= 1;
        }
        let again = self.engine.play(play, rests_on_silence).await;
        if matches!(again.outcome.verdict, Verdict::Fail(_)) {
            return (if rests_on_silence { again } else { first }, None);
        }
        if rests_on_silence {
            // The answer came after all: the target was slow, or the kernel's word was not enough.
            if silence == Some(Silence::Blocked) {
                self.engine.trust_witness = false;
            }
            self.patient_replays += 1;
            return (again, None);
        }
        let (mut failed, mut times) = (1, 2);
        for _ in 0..2 {
            let more = self.engine.play(play, false).await;
            failed += u32::from(matches!(more.outcome.verdict, Verdict::Fail(_)));
            times += 1;
        }
        (first, Some((failed, times)))
    }
}

fn last_silence(transcript: &Transcript) -> Option<Silence> {
    transcript
        .events
        .iter()
        .rev()
        .find_map(|event| match event.kind {
            Kind::Quiet(silence) => Some(silence),
            _ => None,
        })
}

/// Whether a play failed before its first client was there: on a neighbour, or at the door.
fn failed_before_it_began(verdict: &Verdict, transcript: &Transcript) -> bool {
    let began = |kind: &Kind| matches!(kind, Kind::Opened | Kind::Continued);
    let mut events = transcript.events.iter();
    matches!(verdict, Verdict::Fail(_))
        && !events.any(|event| event.connection == 1 && began(&event.kind))
}
