//! Makes a failing case small, one kind of thing after another: cuts, dialogues, exchanges, texts, and
//! whether it is asked at once or broken off at all.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{End, FuzzCase, How, Pool};
use crate::shrink::Shrink;

/// A search for the least case that still fails: play each candidate, and say how it went.
#[derive(Clone, Debug)]
pub struct Shrinking {
    pool: Arc<Pool>,
    least: FuzzCase,
    /// The least case when the stage began: what the stage leaves out is told by its places there.
    base: FuzzCase,
    stage: Stage,
}

/// What is being made smaller.
#[derive(Clone, Debug)]
enum Stage {
    /// Cuts, each by its dialogue and its place there.
    Cuts(Shrink<(usize, usize)>),
    /// Dialogues, by their index.
    Dialogues(Shrink<usize>),
    /// How many exchanges of this dialogue: this many are tried.
    Exchanges(usize, usize),
    /// Which row of this dialogue: this one is tried.
    Row(usize, usize),
    /// The units of this dialogue's text, by index.
    Text(usize, Shrink<usize>),
    /// How many times the last message is said: this many are tried.
    Times(u32),
    /// The units of the last message.
    Message(Shrink<usize>),
    /// All at once.
    Pipelining,
    /// The end.
    End,
    /// How the client goes: a plain close is tried.
    How,
    /// The one cut, where it stands inside a character: this dialogue cut behind its first byte is tried.
    PlainCut(usize),
    Done,
}

impl Shrinking {
    /// Begins with a case that fails.
    pub fn new(pool: Arc<Pool>, failing: FuzzCase) -> Self {
        let mut shrinking = Shrinking {
            stage: Stage::Cuts(Shrink::new(cuts(&failing))),
            pool,
            base: failing.clone(),
            least: failing,
        };
        shrinking.skip_what_is_over();
        shrinking
    }

    /// The smallest case known to fail.
    pub fn least(&self) -> &FuzzCase {
        &self.least
    }

    /// The next case to try; `None` when nothing more can be left out.
    pub fn candidate(&self) -> Option<FuzzCase> {
        let mut case = self.base.clone();
        match &self.stage {
            Stage::Cuts(search) => {
                let kept = search.candidate()?;
                for (at, one) in case.spoken.iter_mut().enumerate() {
                    one.cuts.retain(|cut| kept.contains(&(at, *cut)));
                }
            }
            Stage::Dialogues(search) => {
                let kept = search.candidate()?;
                let mut at = 0..;
                (case.spoken).retain(|_| at.next().is_some_and(|at| kept.contains(&at)));
            }
            Stage::Exchanges(at, count) => case.spoken[*at].exchanges = *count,
            Stage::Row(at, row) => case.spoken[*at].row = *row,
            Stage::Text(at, search) => {
                let one = &mut case.spoken[*at];
                let kept = search.candidate()?;
                let text = one.text.take().unwrap_or_default();
                let (text, mask) = keep(&text, &kept);
                let before = self.pool.text_bytes(&self.base.spoken[*at]);
                one.cuts = moved(&one.cuts, &before, &mask);
                one.text = Some(text);
            }
            Stage::Message(search) => {
                if let Some(End::Break { message, .. }) = &mut case.end {
                    *message = keep(message, &search.candidate()?).0;
                }
            }
            Stage::Times(tried) => {
                if let Some(End::Break { times, .. }) = &mut case.end {
                    *times = *tried;
                }
            }
            Stage::Pipelining => case.pipelined = false,
            Stage::End => case.end = None,
            Stage::How => {
                if let Some(End::Break { how, .. }) = &mut case.end {
                    *how = How::Close;
                }
            }
            Stage::PlainCut(at) => case.spoken[*at].cuts = BTreeSet::from([1]),
            Stage::Done => return None,
        }
        Some(self.pool.tidied(case))
    }

    /// Says whether the candidate still failed.
    pub fn told(&mut self, fails: bool) {
        if let (true, Some(candidate)) = (fails, self.candidate()) {
            self.least = candidate;
        }
        match &mut self.stage {
            Stage::Cuts(search) => search.told(fails),
            Stage::Dialogues(search) => search.told(fails),
            Stage::Text(_, search) | Stage::Message(search) => search.told(fails),
            Stage::Exchanges(_, smaller) | Stage::Row(_, smaller) => match fails {
                // They are tried from the least on: the first that fails is it.
                true => *smaller = usize::MAX,
                false => *smaller += 1,
            },
            Stage::Times(tried) => {
                *tried = match fails {
                    true => u32::MAX,
                    false => tried.saturating_mul(2),
                }
            }
            Stage::Pipelining => self.go_on(Stage::End),
            Stage::End => self.go_on(Stage::How),
            Stage::How => self.go_on(self.plain_cut()),
            Stage::PlainCut(_) | Stage::Done => self.stage = Stage::Done,
        }
        self.skip_what_is_over();
    }

    fn go_on(&mut self, stage: Stage) {
        self.stage = stage;
        self.base.clone_from(&self.least);
    }

    /// Goes on to the next stage that has something to try.
    fn skip_what_is_over(&mut self) {
        loop {
            let (spoken, times) = (&self.least.spoken, self.times());
            let next = match &mut self.stage {
                // Who says nothing must leave at least, and an empty text may mean something else.
                Stage::Dialogues(search)
                    if proposes_nothing(search)
                        && !matches!(self.least.end, Some(End::Break { .. })) =>
                {
                    search.told(false);
                    continue;
                }
                Stage::Text(_, search) if proposes_nothing(search) => {
                    search.told(false);
                    continue;
                }
                Stage::Cuts(search) if search.candidate().is_none() => {
                    Stage::Dialogues(Shrink::new((0..spoken.len()).collect()))
                }
                Stage::Dialogues(search) if search.candidate().is_none() => Stage::Exchanges(0, 1),
                Stage::Exchanges(at, _) if *at >= spoken.len() => Stage::Times(1),
                Stage::Exchanges(at, count) if *count >= spoken[*at].exchanges => {
                    Stage::Row(*at, 0)
                }
                // A text of its own stands for the row's.
                Stage::Row(at, row) if *row >= spoken[*at].row || spoken[*at].text.is_some() => {
                    let at = *at;
                    self.text(at)
                }
                Stage::Text(at, search) if search.candidate().is_none() => {
                    Stage::Exchanges(*at + 1, 1)
                }
                Stage::Times(tried) if *tried >= times => Stage::Message(self.message()),
                Stage::Message(search) if search.candidate().is_none() => Stage::Pipelining,
                // Behind a half-closed direction answers are read when all was asked.
                Stage::Pipelining
                    if !self.least.pipelined || self.least.end == Some(End::HalfClose) =>
                {
                    Stage::End
                }
                Stage::End if self.least.end.is_none() || spoken.is_empty() => Stage::How,
                Stage::How
                    if !matches!(
                        self.least.end,
                        Some(End::Break {
                            how: How::Reset | How::FinReset,
                            ..
                        })
                    ) =>
                {
                    self.plain_cut()
                }
                _ => return,
            };
            self.go_on(next);
        }
    }

    fn text(&self, at: usize) -> Stage {
        let text = self.least.spoken[at].text.as_deref().unwrap_or_default();
        Stage::Text(at, Shrink::new((0..units(text).len()).collect()))
    }

    fn plain_cut(&self) -> Stage {
        let mut all = self.least.spoken.iter().enumerate();
        let Some((at, one)) = all.find(|(_, one)| !one.cuts.is_empty()) else {
            return Stage::Done;
        };
        let (first, last) = (one.cuts.first(), one.cuts.last());
        if first != last || all.any(|(_, other)| !other.cuts.is_empty()) {
            return Stage::Done;
        }
        let sent = self.pool.sent(one);
        let is_inside = |at: usize| {
            sent.get(at)
                .is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000)
        };
        match first.is_some_and(|cut| is_inside(*cut)) && !is_inside(1) {
            true => Stage::PlainCut(at),
            false => Stage::Done,
        }
    }

    fn times(&self) -> u32 {
        match &self.least.end {
            Some(End::Break { times, .. }) => *times,
            _ => 1,
        }
    }

    fn message(&self) -> Shrink<usize> {
        let message = match &self.least.end {
            Some(End::Break { message, .. }) => &message[..],
            _ => &[],
        };
        Shrink::new((0..units(message).len()).collect())
    }
}

fn proposes_nothing(search: &Shrink<usize>) -> bool {
    search.candidate().is_some_and(|kept| kept.is_empty())
}

/// Every cut of a case.
fn cuts(case: &FuzzCase) -> BTreeSet<(usize, usize)> {
    let all = case.spoken.iter().enumerate();
    all.flat_map(|(at, one)| one.cuts.iter().map(move |cut| (at, *cut)))
        .collect()
}

/// What a text is made of: characters, and bytes that are none.
fn units(text: &[u8]) -> Vec<&[u8]> {
    let mut units = Vec::new();
    for chunk in text.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(character) = rest.chars().next() {
            let (unit, more) = rest.split_at(character.len_utf8());
            units.push(unit.as_bytes());
            rest = more;
        }
        units.extend(chunk.invalid().chunks(1));
    }
    units
}

/// The text with these units only, and for each of its old bytes whether it was kept.
fn keep(text: &[u8], kept: &BTreeSet<usize>) -> (Vec<u8>, Vec<bool>) {
    let (mut left, mut mask) = (Vec::new(), Vec::new());
    for (at, unit) in units(text).into_iter().enumerate() {
        let is_kept = kept.contains(&at);
        mask.extend(std::iter::repeat_n(is_kept, unit.len()));
        if is_kept {
            left.extend_from_slice(unit);
        }
    }
    (left, mask)
}

/// Cuts at the same bytes, when some of the text's have gone. The text may stand at several places.
fn moved(cuts: &BTreeSet<usize>, is_text: &[bool], mask: &[bool]) -> BTreeSet<usize> {
    let mut texts = mask.iter().cycle();
    let mut places = vec![0];
    let mut place = 0;
    for is_text in is_text {
        place += usize::from(!is_text || texts.next().is_none_or(|kept| *kept));
        places.push(place);
    }
    cuts.iter()
        .filter_map(|cut| places.get(*cut))
        .copied()
        .collect()
}
