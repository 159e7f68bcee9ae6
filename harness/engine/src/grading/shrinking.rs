//! Makes a failed play small before it is shown: the least cuts that still fail.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use sockspec_case::play::{Cut, Play, Steps};
use sockspec_case::player::Verdict;
use sockspec_case::shrink::Shrink;

use super::Grading;
use crate::engine::Played;

/// How long one failure is made smaller, at most.
const BUDGET: Duration = Duration::from_secs(1);
/// How many plays that takes, at most.
const PLAYS: u32 = 48;
/// A failure that takes longer than this to show is left as it is: each try would cost as much.
const SLOW: Duration = Duration::from_millis(120);

impl Grading<'_> {
    /// The play with the least cuts that still fails, and how that went; `None` where nothing can be
    /// left out.
    pub(super) async fn shrunk(&mut self, play: &Play, took: Duration) -> Option<(Play, Played)> {
        let cuts = cuts(play)?;
        if cuts.len() < 2 || took > SLOW {
            return None;
        }
        let start = Instant::now();
        let mut search = Shrink::new(cuts);
        let mut smallest = None;
        let mut plays = 0;
        while let Some(candidate) = search.candidate() {
            if plays == PLAYS || start.elapsed() > BUDGET {
                break;
            }
            plays += 1;
            let smaller = recut(play, candidate);
            let played = self.engine.play(&smaller, false).await;
            let fails = matches!(played.outcome.verdict, Verdict::Fail(_));
            if fails {
                smallest = Some((smaller, played));
            }
            search.told(fails);
        }
        smallest
    }
}

/// Where a play is cut; `None` where it is not, or a script decides what is sent.
fn cuts(play: &Play) -> Option<BTreeSet<usize>> {
    match (&play.cut, &play.steps) {
        (Cut::At(cuts), _) => Some(cuts.clone()),
        (Cut::EveryByte, Steps::Fixed(_)) => {
            let sent: usize = play.sends().iter().map(Vec::len).sum();
            Some((1..sent).collect())
        }
        _ => None,
    }
}

/// The play with other cuts; its label names them.
fn recut(play: &Play, cuts: BTreeSet<usize>) -> Play {
    let row = play.label.split("cut ").next().unwrap_or_default().trim();
    let at: Vec<String> = cuts.iter().map(usize::to_string).collect();
    let label = match at.is_empty() {
        true => row.to_owned(),
        false => format!("{row} cut {}", at.join(",")).trim().to_owned(),
    };
    let cut = match cuts.is_empty() {
        true => Cut::Whole,
        false => Cut::At(cuts),
    };
    Play {
        label,
        cut,
        ..play.clone()
    }
}
