//! What should have come beside what came, and where the two part.

use crate::escape::unescape;
use crate::texts::Texts;
use crate::wire::WireDiagnosis;

/// The evidence of a diagnosis, as bytes again.
pub(crate) struct Comparison<'a> {
    /// The expected answer in the dialogue notation, when it is not one exact text.
    pub pattern: Option<&'a str>,
    /// What should have come; may be empty beside a pattern.
    pub expected: Side,
    /// What came.
    pub actual: Side,
    /// Index into both of the first byte that differs, or one past the last of the shorter; `None`
    /// when one of them is empty.
    pub mark: Option<usize>,
    /// The same as an offset into all of the answer.
    difference: Option<u64>,
    from: u64,
}

/// One of the two.
pub(crate) struct Side {
    /// The bytes that the document kept.
    pub bytes: Vec<u8>,
    /// How many there were.
    pub total: u64,
}

impl<'a> Comparison<'a> {
    /// The evidence; `None` when there is nothing to compare.
    pub fn of(found: &'a WireDiagnosis) -> Option<Self> {
        let expected = Side::of(&found.expected, found.from, found.expected_bytes);
        let actual = Side::of(&found.actual, found.from, found.actual_bytes);
        if expected.bytes.is_empty() && found.pattern.is_none() && actual.bytes.is_empty() {
            return None;
        }
        let difference = found
            .first_difference
            .or_else(|| guess(found, &expected, &actual));
        let mark = difference
            .and_then(|at| usize::try_from(at.checked_sub(found.from)?).ok())
            .filter(|_| !actual.bytes.is_empty() && !expected.bytes.is_empty());
        Some(Comparison {
            pattern: found.pattern.as_deref(),
            expected,
            actual,
            mark,
            difference,
            from: found.from,
        })
    }

    /// Where the two part, and what is not shown, in words.
    pub fn sentences(&self, texts: Texts) -> Vec<String> {
        let mut sentences = Vec::new();
        if let (Some(_), Some(at)) = (self.mark, self.difference) {
            sentences.push(if at >= self.actual.total {
                texts.ends_early(at)
            } else if at >= self.expected.total && self.pattern.is_none() {
                texts.goes_on(at)
            } else {
                texts.first_difference(at)
            });
        }
        let longest = if self.expected.bytes.len() > self.actual.bytes.len() {
            &self.expected
        } else {
            &self.actual
        };
        let to = self.from.saturating_add(longest.bytes.len() as u64);
        if self.from > 0 || to < longest.total {
            let last = to.saturating_sub(1);
            sentences.push(texts.shortened(self.from, last, longest.total));
        }
        sentences
    }
}

impl Side {
    fn of(text: &str, from: u64, total: u64) -> Self {
        let bytes = unescape(text);
        let total = total.max(from.saturating_add(bytes.len() as u64));
        Side { bytes, total }
    }
}

/// The first differing byte of a document that does not say it.
fn guess(found: &WireDiagnosis, expected: &Side, actual: &Side) -> Option<u64> {
    if found.pattern.is_some() || expected.bytes == actual.bytes {
        return None;
    }
    let same = expected
        .bytes
        .iter()
        .zip(&actual.bytes)
        .take_while(|(a, b)| a == b)
        .count();
    Some(found.from.saturating_add(same as u64))
}
