//! Cases and the variants derived from them, told in as few rows as say all.
//!
//! One script gives eight or nine cases of almost the same title (`known-keys@bytewise`,
//! `known-keys@crlf`…). While they pass, that there are so many is all that a reader needs.

use crate::wire::WireCase;

/// So many variants of one verdict each have a row; more share one.
const ALONE: usize = 2;

/// What one row of a table tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row<'a> {
    /// The case; `None` for variants only.
    pub case: Option<&'a WireCase>,
    /// The variants that it stands for too, all of the same verdict.
    pub variants: Vec<&'a WireCase>,
}

impl<'a> Row<'a> {
    /// Every case of the row.
    pub fn cases(&self) -> impl Iterator<Item = &'a WireCase> {
        self.case.into_iter().chain(self.variants.iter().copied())
    }

    /// The case's id, or `base@*`.
    pub fn id(&self) -> String {
        match (self.case, self.variants.first()) {
            (Some(case), _) => case.id.clone(),
            (None, Some(variant)) => format!("{}@*", base_id(&variant.id)),
            (None, None) => String::new(),
        }
    }

    /// The verdict's slug.
    pub fn status(&self) -> &'a str {
        self.cases().next().map_or("", |case| &case.status)
    }

    /// Points earned, and of how many.
    pub fn points(&self) -> (u32, u32) {
        points(self.cases())
    }
}

/// The rows of the cases of one level; `fold` unless each case shall have its own.
pub(crate) fn rows<'a>(cases: &[&'a WireCase], fold: bool) -> Vec<Row<'a>> {
    let alone = |case: &'a WireCase| Row {
        case: Some(case),
        variants: Vec::new(),
    };
    if !fold {
        return cases.iter().map(|case| alone(case)).collect();
    }
    let mut families: Vec<(&str, Vec<&WireCase>)> = Vec::new();
    for case in cases {
        let of = base_id(&case.id);
        match families.iter_mut().find(|(name, _)| *name == of) {
            Some((_, members)) => members.push(case),
            None => families.push((of, vec![case])),
        }
    }
    families
        .into_iter()
        .flat_map(|(_, members)| family(&members, alone))
        .collect()
}

fn family<'a>(members: &[&'a WireCase], alone: impl Fn(&'a WireCase) -> Row<'a>) -> Vec<Row<'a>> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    let mut by_status: Vec<(&str, Vec<&WireCase>)> = Vec::new();
    for case in members {
        if variant(&case.id).is_none() {
            rows.push(alone(case));
            continue;
        }
        match by_status
            .iter_mut()
            .find(|(status, _)| *status == case.status)
        {
            Some((_, same)) => same.push(case),
            None => by_status.push((&case.status, vec![case])),
        }
    }
    // What passed joins the case that it was derived from, when that passed too.
    by_status.sort_by_key(|(status, _)| *status != "pass");
    for (status, same) in by_status {
        match rows.first_mut() {
            Some(first) if status == "pass" && first.status() == "pass" => first.variants = same,
            _ if same.len() <= ALONE => rows.extend(same.into_iter().map(&alone)),
            _ => rows.push(Row {
                case: None,
                variants: same,
            }),
        }
    }
    rows
}

/// The case that a variant was derived from, where it is shown.
pub(crate) fn base<'a>(case: &WireCase, all: &'a [WireCase]) -> Option<&'a WireCase> {
    variant(&case.id)?;
    all.iter().find(|other| other.id == base_id(&case.id))
}

/// The title; of a variant only what tells it from its base, whose title is said elsewhere.
pub(crate) fn short_title<'a>(case: &'a WireCase, all: &[WireCase]) -> &'a str {
    base(case, all)
        .and_then(|of| case.title.strip_prefix(&of.title)?.strip_prefix(" — "))
        .unwrap_or(&case.title)
}

/// Points earned, and of how many.
fn points<'a>(cases: impl Iterator<Item = &'a WireCase>) -> (u32, u32) {
    cases.fold((0, 0), |(points, max): (u32, u32), case| {
        (
            points.saturating_add(case.points),
            max.saturating_add(case.max),
        )
    })
}

/// Points earned, and of how many, among the cases that count.
pub(crate) fn subtotal(cases: &[&WireCase]) -> (u32, u32) {
    let counts = |case: &&WireCase| !matches!(case.status.as_str(), "skipped" | "inconclusive");
    points(cases.iter().copied().filter(counts))
}

/// Ids in one line, the variants of a case together: `fin, known-keys@{bytewise, crlf}`.
/// Of many, the first ones and how many more.
pub(crate) fn listed(ids: &[&str]) -> String {
    const SHOWN: usize = 8;
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for id in ids {
        let (of, named) = (base_id(id), variant(id));
        match groups
            .iter_mut()
            .find(|(name, kept)| *name == of && !kept.is_empty() && named.is_some())
        {
            Some((_, kept)) => kept.extend(named),
            None => groups.push((of, named.into_iter().collect())),
        }
    }
    let left_out: usize = groups
        .iter()
        .skip(SHOWN)
        .map(|(_, names)| names.len().max(1))
        .sum();
    let mut shown: Vec<String> = groups
        .iter()
        .take(SHOWN)
        .map(|(of, names)| match names.as_slice() {
            [] => (*of).to_owned(),
            [one] => format!("{of}@{one}"),
            many => format!("{of}@{{{}}}", many.join(", ")),
        })
        .collect();
    if left_out > 0 {
        shown.push(format!("… (+{left_out})"));
    }
    shown.join(", ")
}

/// Each message once, with the ids it holds for.
pub(crate) fn by_message<'a>(cases: &[&'a WireCase]) -> Vec<(&'a str, Vec<&'a str>)> {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for case in cases {
        let message = case
            .diagnosis
            .as_ref()
            .map_or("", |found| found.message.as_str());
        match groups.iter_mut().find(|(said, _)| *said == message) {
            Some((_, ids)) => ids.push(&case.id),
            None => groups.push((message, vec![&case.id])),
        }
    }
    groups
}

/// The case that a variant was derived from; of another case, its id.
pub(crate) fn base_id(id: &str) -> &str {
    id.split_once('@').map_or(id, |(base, _)| base)
}

/// The name of a variant.
pub(crate) fn variant(id: &str) -> Option<&str> {
    id.split_once('@').map(|(_, variant)| variant)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    /// Cases of `id=status`, each worth a point.
    fn cases(words: &[&str]) -> Vec<WireCase> {
        let case = |word: &&str| {
            let (id, status) = word.split_once('=').expect("id=status");
            let points = u32::from(status == "pass");
            let document = format!(
                r#"{{"id": "{id}", "version": 1, "title": "{id}", "level": 1, "law": "protocol",
                    "points": {points}, "max": 1, "status": "{status}", "duration_ms": 0}}"#
            );
            serde_json::from_str(&document).expect("a case")
        };
        words.iter().map(case).collect()
    }

    /// `id(+folded):status points/max`.
    fn told(words: &[&str]) -> Vec<String> {
        let all = cases(words);
        let all: Vec<&WireCase> = all.iter().collect();
        let tell = |row: &Row<'_>| {
            let (points, max) = row.points();
            format!(
                "{} +{}: {} {points}/{max}",
                row.id(),
                row.variants.len(),
                row.status()
            )
        };
        rows(&all, true).iter().map(tell).collect()
    }

    #[rstest]
    #[case::all_passed(&["a=pass", "a@x=pass", "a@y=pass", "a@z=pass"], &["a +3: pass 4/4"])]
    #[case::base_elsewhere(&["a@x=pass", "a@y=pass", "a@z=pass"], &["a@* +3: pass 3/3"])]
    #[case::one_failed(
        &["a=pass", "a@x=pass", "a@y=fail", "a@z=pass"],
        &["a +2: pass 3/3", "a@y +0: fail 0/1"]
    )]
    #[case::many_failed(
        &["a=pass", "a@x=fail", "a@y=pass", "a@z=fail", "a@u=fail"],
        &["a +1: pass 2/2", "a@* +3: fail 0/3"]
    )]
    #[case::base_failed(
        &["a=fail", "a@x=pass", "a@y=pass", "a@z=pass"],
        &["a +0: fail 0/1", "a@* +3: pass 3/3"]
    )]
    #[case::families_stay_apart(&["a=pass", "b=pass", "b@x=pass"], &["a +0: pass 1/1", "b +1: pass 2/2"])]
    fn variants_share_a_row(#[case] words: &[&str], #[case] rows: &[&str]) {
        assert_eq!(told(words), rows);
    }

    #[test]
    fn no_case_is_lost() {
        let all = cases(&[
            "a=pass",
            "a@x=fail",
            "b@y=pass",
            "a@x=fail",
            "a=blocked",
            "b@z=fail",
        ]);
        let all: Vec<&WireCase> = all.iter().collect();
        for fold in [true, false] {
            let told: usize = rows(&all, fold).iter().map(|row| row.cases().count()).sum();
            assert_eq!(told, all.len());
        }
    }

    #[test]
    fn ids_are_listed_by_family() {
        assert_eq!(
            listed(&["a@x", "b", "a@y", "c@z", "a"]),
            "a@{x, y}, b, c@z, a"
        );
        let many = [
            "a@x", "a@y", "b", "c", "d", "e", "f", "g", "h", "i@x", "i@y", "j",
        ];
        assert_eq!(listed(&many), "a@{x, y}, b, c, d, e, f, g, h, … (+3)");
    }

    #[test]
    fn a_variant_s_title_says_what_is_its_own() {
        let mut all = cases(&["a=pass", "a@x=pass", "b@x=pass"]);
        all[0].title = "it answers".into();
        all[1].title = "it answers — one byte a segment".into();
        all[2].title = "it answers — one byte a segment".into();
        assert_eq!(short_title(&all[1], &all), "one byte a segment");
        assert_eq!(short_title(&all[2], &all), all[2].title);
    }
}
