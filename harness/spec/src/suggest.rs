//! The nearest right name.

/// The candidate nearest to `wrong`, when one is near enough to have been meant.
pub(crate) fn nearest<'a>(
    wrong: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // Longer names than these are no typing mistakes, and the distance costs their product.
    if wrong.len() > 64 {
        return None;
    }
    let folded = wrong.to_lowercase().replace('_', "-");
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&folded, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, candidate)| *distance <= candidate.chars().count().div_ceil(3))
        .min()
        .map(|(_, candidate)| candidate)
}

/// A help line: the nearest of the candidates, or all of them.
pub(crate) fn nearest_or_all(wrong: &str, candidates: &[&str]) -> String {
    match nearest(wrong, candidates.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None if candidates.is_empty() => "nothing has a name here yet".to_owned(),
        None => format!("use {}", one_of(candidates)),
    }
}

/// `a`, `b` or `c`, each in backticks; long lists are cut.
pub(crate) fn one_of(candidates: &[&str]) -> String {
    const MOST: usize = 24;
    let quoted: Vec<String> = candidates
        .iter()
        .take(MOST)
        .map(|name| format!("`{name}`"))
        .collect();
    match quoted.split_last() {
        None => String::new(),
        Some((last, [])) => last.clone(),
        Some((_, _)) if candidates.len() > MOST => format!("{}, …", quoted.join(", ")),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}
