//! Dialogues kept, and compared with what is said later.
//!
//! A kept dialogue is there to be read and changed by people: an exact line that is another each time may be
//! made a pattern, which [`Comparison::merged`] keeps as long as it fits.

use sockspec_spec::Spec;
use sockspec_spec::dialogue::{Act, Dialogue, Item, Pattern, PatternPiece, Step, print_step};

use crate::pattern::{Captures, Context, Matcher, Row};
use crate::plan::bytes_of;
use crate::session::Said;

/// Dialogues of more steps are compared step by step only.
const ALIGNED_STEPS: usize = 1_500;

/// Of a dialogue, so many steps are kept: what goes on after that nobody reads.
const KEPT_STEPS: usize = 500;

/// Of a message that is longer than this, in bytes, only the beginning is kept.
const LONG_BYTES: usize = 2048;

/// How much of a long message is kept, in bytes.
const BEGINNING_BYTES: usize = 256;

/// What is kept of what was said: a long dialogue up to some step, a long message's beginning.
pub fn readable(mut said: Vec<Said>) -> Vec<Said> {
    said.truncate(KEPT_STEPS);
    for one in &mut said {
        if let Some(message) = one
            .message
            .as_ref()
            .filter(|message| message.len() > LONG_BYTES)
        {
            let rest = PatternPiece::Name {
                name: "any".into(),
                argument: None,
            };
            let beginning = PatternPiece::Literal(message[..BEGINNING_BYTES].to_vec());
            one.step.act = Act::Pattern(Pattern(vec![beginning, rest]));
        }
    }
    said
}

/// A line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// It stands in both.
    Same(String),
    /// It was kept, and was not said.
    Kept(String),
    /// It was said, and was not kept.
    Said(String),
}

/// What was kept, beside what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Line by line, in the order in which it happens.
    pub lines: Vec<Line>,
    /// What was said, with the comments and the patterns of what was kept, where they fit.
    pub merged: Dialogue,
}

impl Comparison {
    /// Whether anything differs.
    pub fn differs(&self) -> bool {
        let is_same = |line: &Line| matches!(line, Line::Same(_));
        !self.lines.iter().all(is_same)
    }
}

/// Compares. `now_us` is the wall clock when it was said, microseconds since the Unix epoch.
pub fn compare(kept: &Dialogue, said: &[Said], spec: &Spec, now_us: i64) -> Comparison {
    let steps: Vec<&Step> = kept.steps().collect();
    let matching = Matching::new(&steps, said, spec, now_us);
    let actors = steps
        .iter()
        .map(|step| step.actor)
        .chain(said.iter().map(|one| one.step.actor));
    let numbered = actors
        .filter_map(|actor| actor.connection())
        .any(|number| number > 1);
    let comments = kept
        .items
        .iter()
        .filter(|item| matches!(item, Item::Comment(_)));
    let mut merged: Vec<Item> = comments.cloned().collect();
    let mut lines = Vec::new();
    let (mut left, mut right) = (0, 0);
    for (one, other) in matching
        .pairs()
        .into_iter()
        .chain([(steps.len(), said.len())])
    {
        let text = |step: &Step| print_step(step, numbered);
        lines.extend(steps[left..one].iter().map(|step| Line::Kept(text(step))));
        for new in &said[right..other] {
            lines.push(Line::Said(text(&new.step)));
            merged.push(Item::Step(new.step.clone()));
        }
        if let (Some(step), true) = (steps.get(one), other < said.len()) {
            lines.push(Line::Same(text(step)));
            merged.push(Item::Step((*step).clone()));
        }
        (left, right) = (one + 1, other + 1);
    }
    Comparison {
        lines,
        merged: Dialogue { items: merged },
    }
}

/// Which kept step says what which step said.
struct Matching {
    fits: Vec<Vec<bool>>,
    columns: usize,
}

impl Matching {
    fn new(steps: &[&Step], said: &[Said], spec: &Spec, now_us: i64) -> Self {
        let mut captures = Captures::new();
        let mut fits = vec![vec![false; said.len()]; steps.len()];
        let aligned = steps.len() <= ALIGNED_STEPS && said.len() <= ALIGNED_STEPS;
        for (place, step) in steps.iter().enumerate() {
            let matcher = match &step.act {
                Act::Pattern(pattern) => Some(Matcher::new(pattern, spec, &Row::new())),
                _ => None,
            };
            for (other, one) in said.iter().enumerate() {
                if !aligned && place != other {
                    continue;
                }
                let context = Context {
                    captures: &captures,
                    dialect: None,
                    now_us,
                };
                fits[place][other] = step.actor == one.step.actor
                    && (step.act == one.step.act
                        || match (&matcher, &one.message) {
                            (Some(matcher), Some(message)) => {
                                matcher.whole(message, context).is_some()
                            }
                            _ => says(spec, &step.act, one),
                        });
            }
            // What a pattern takes is known from its own place on, as in a dialogue that is played.
            let own = said.get(place).and_then(|one| one.message.as_ref());
            if let (Some(matcher), Some(message)) = (matcher, own) {
                let context = Context {
                    captures: &captures,
                    dialect: None,
                    now_us,
                };
                let found = matcher.whole(message, context);
                captures.extend(found.map(|found| found.captures).unwrap_or_default());
            }
        }
        Matching {
            fits,
            columns: said.len(),
        }
    }

    /// The longest row of pairs, each behind the one before.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let rows = self.fits.len();
        let mut best = vec![vec![0_u32; self.columns + 1]; rows + 1];
        for row in (0..rows).rev() {
            for column in (0..self.columns).rev() {
                let skipped = best[row + 1][column].max(best[row][column + 1]);
                let taken = match self.fits[row][column] {
                    true => best[row + 1][column + 1] + 1,
                    false => 0,
                };
                best[row][column] = skipped.max(taken);
            }
        }
        let (mut row, mut column) = (0, 0);
        let mut pairs = Vec::new();
        while row < rows && column < self.columns {
            if self.fits[row][column] && best[row][column] == best[row + 1][column + 1] + 1 {
                pairs.push((row, column));
                (row, column) = (row + 1, column + 1);
            } else if best[row + 1][column] >= best[row][column + 1] {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }
}

/// Whether exact text, written in whatever way, is what was said.
fn says(spec: &Spec, act: &Act, one: &Said) -> bool {
    let same = |segments| Some(bytes_of(spec, segments, &Row::new())) == one.message;
    match (act, &one.step.act) {
        (Act::Line(segments), Act::Line(_)) | (Act::Bytes(segments), Act::Bytes(_)) => {
            same(segments)
        }
        // A pattern stands for what a person has written out.
        (Act::Line(segments), Act::Pattern(_)) => same(segments),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use sockspec_spec::model::Framing;

    use super::*;
    use crate::fixture;
    use crate::session::{Did, Seen, Side, Wording, steps};

    const NOW_US: i64 = 1_788_250_000_000_000;

    fn said(text: &[(Side, &str)]) -> Vec<Said> {
        let seen = |(side, text): &(Side, &str)| Seen {
            connection: 1,
            side: *side,
            did: Did::Bytes(format!("{text}\n").into_bytes()),
        };
        let seen: Vec<Seen> = text.iter().map(seen).collect();
        let wording = Wording {
            redactions: &[],
            now_us: NOW_US,
        };
        steps(&seen, Framing::Lines, wording)
    }

    fn compared(kept: &str, text: &[(Side, &str)]) -> (String, String, bool) {
        let kept: Dialogue = kept.parse().expect("a dialogue");
        let compared = compare(&kept, &said(text), &fixture::spec(&[]), NOW_US);
        let line = |line: &Line| match line {
            Line::Same(text) => format!("  {text}\n"),
            Line::Kept(text) => format!("- {text}\n"),
            Line::Said(text) => format!("+ {text}\n"),
        };
        let lines = compared.lines.iter().map(line).collect();
        (lines, compared.merged.to_string(), compared.differs())
    }

    const TALK: [(Side, &str); 4] = [
        (Side::Client, "roll"),
        (Side::Server, "you have 4 of 6"),
        (Side::Client, "again"),
        (Side::Server, "4 again"),
    ];

    #[test]
    fn what_fits_is_the_same_and_its_patterns_stay() {
        let kept = "# dice\nC: roll\nS~ you have {int:n} of 6\nC: again\nS~ {n} again\n";
        let (_, merged, differs) = compared(kept, &TALK);
        assert_eq!((merged.as_str(), differs), (kept, false));
    }

    #[test]
    fn what_differs_is_shown_where_it_stands() {
        let kept = "C: roll\nS: you have 5 of 6\nS: luck\nC: again\nS~ {int} again\n";
        let (lines, merged, differs) = compared(kept, &TALK);
        assert!(differs);
        assert_eq!(
            lines,
            "  C: roll\n- S: you have 5 of 6\n- S: luck\n+ S: you have 4 of 6\n  C: again\n  S~ {int} again\n"
        );
        assert_eq!(
            merged,
            "C: roll\nS: you have 4 of 6\nC: again\nS~ {int} again\n"
        );
    }

    #[test]
    fn text_is_the_same_however_it_is_written() {
        let (_, _, differs) = compared("C: a | {repeat:3:b}\n", &[(Side::Client, "abbb")]);
        assert!(!differs);
        let (_, _, differs) = compared("", &[]);
        assert!(!differs);
        let (_, _, differs) = compared("C: x\n", &[]);
        assert!(differs);
    }

    #[test]
    fn what_nobody_would_read_is_shortened() {
        let long = "é".repeat(LONG_BYTES);
        let said = readable(said(&[(Side::Server, long.as_str()); 600]));
        assert_eq!(said.len(), KEPT_STEPS);
        let text = crate::session::dialogue(&said[..2]).to_string();
        assert!(text.ends_with("é{any}\n") && text.len() < 300, "{text}");
    }
}
