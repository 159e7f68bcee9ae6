//! One page for a browser: everything in one file, nothing fetched, nothing executed but our own
//! few lines, which the page's policy names by their hash.
//!
//! The page reads without script (which only adds copy buttons and unfolds for printing), without
//! colour and with a screen reader: each picture has a table that says the same.
//!
//! Invariant: text of a grade stands only in text nodes and quoted attributes, escaped by `maud`,
//! and has passed [`clean`] before; identifiers and addresses in the page are numbers of ours.

mod cases;
mod evidence;
mod explained;
mod failure;
mod ladder;
mod segments;
mod top;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::escape::clean;
use crate::terminal::failure_groups;
use crate::texts::{Lang, Texts};
use crate::wire::{WireCase, WireGrade};

pub(crate) const STYLE: &str = include_str!("html/page.css");
pub(crate) const SCRIPT: &str = include_str!("html/page.js");

/// SHA-256 of [`STYLE`] in base64; a test says the new one when it no longer fits.
pub(crate) const STYLE_HASH: &str = "0bOpbCmeaHeACz/szqGomd73RpdemWmCK+GX6EdsGks=";

/// SHA-256 of [`SCRIPT`] in base64.
pub(crate) const SCRIPT_HASH: &str = "6VgoGxRqE9W7VP2K1NluDyeV4FsnGIjq6hP4Gw7BSq0=";

/// The whole page.
pub(crate) fn write(grade: &WireGrade) -> String {
    let lang = Lang::from_locale(&grade.lang);
    let texts = lang.texts();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{STYLE_HASH}'; script-src 'sha256-{SCRIPT_HASH}'; \
         base-uri 'none'; form-action 'none'"
    );
    let tool = clean(&format!("{} {}", grade.tool.name, grade.tool.version));
    let score = texts.score(grade.score.points.into(), grade.score.max.into());
    let page = html! {
        (DOCTYPE)
        html lang=(lang.as_str()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(tool);
                title { (clean(&grade.exercise)) " · " (score) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                @if !failure_groups(grade).is_empty() {
                    a.skip href="#failures" { (texts.html_skip()) }
                }
                (top::write(grade, texts))
                main {
                    (failure::write(grade, texts))
                    (cases::write(grade, texts))
                    (cases::without_verdict(grade, texts))
                }
                footer {
                    p { (clean(&texts.html_made_by(&tool))) }
                    p #said .vh role="status" data-said=(texts.html_copied()) {}
                }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    page.into_string() + "\n"
}

/// The place of a case in the page: its number, whatever its id holds.
fn anchor(grade: &WireGrade, case: &WireCase) -> String {
    let place = grade
        .cases
        .iter()
        .position(|other| std::ptr::eq(other, case));
    format!("case-{}", place.map_or(0, |place| place + 1))
}

/// The verdict as a word.
fn word(status: &str, texts: Texts) -> Markup {
    let class = match status {
        "pass" | "non-strict" | "fail" | "blocked" | "skipped" | "unimplemented" => status,
        _ => "inconclusive",
    };
    html! { span class={ "word " (class) } { (clean(&texts.status(status))) } }
}

/// A sentence, in which backticks stand around code.
pub(crate) fn prose(text: &str) -> Markup {
    let text = clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    html! {
        @for (index, part) in parts.iter().enumerate() {
            @if index % 2 == 0 { (part) }
            @else if index + 1 == parts.len() { "`" (part) }
            @else { code { (part) } }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    pub(crate) fn base64(bytes: &[u8]) -> String {
        const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let group = |group: &[u8]| {
            let bits = (0..3).fold(0_usize, |bits, at| {
                bits << 8 | usize::from(group.get(at).copied().unwrap_or(0))
            });
            (0..4)
                .map(|at| match at <= group.len() {
                    true => char::from(DIGITS[bits >> (18 - 6 * at) & 63]),
                    false => '=',
                })
                .collect::<String>()
        };
        bytes.chunks(3).map(group).collect()
    }

    #[test]
    fn the_policy_names_our_style_and_our_script() {
        assert_eq!([base64(b"Ma"), base64(b"Man")], ["TWE=", "TWFu"]);
        assert_eq!(STYLE_HASH, base64(&Sha256::digest(STYLE)));
        assert_eq!(SCRIPT_HASH, base64(&Sha256::digest(SCRIPT)));
    }

    #[test]
    fn what_is_ours_needs_nothing_from_elsewhere() {
        for text in [STYLE, SCRIPT] {
            for foreign in [
                "http:",
                "https:",
                "//cdn",
                "url(",
                "@import",
                "innerHTML",
                "eval(",
                "</",
            ] {
                assert!(!text.contains(foreign), "{foreign}");
            }
        }
    }

    #[test]
    fn backticks_stand_around_code() {
        assert_eq!(
            prose("`a` <b> `c").into_string(),
            "<code>a</code> &lt;b&gt; `c"
        );
        assert_eq!(prose("a `b`").into_string(), "a <code>b</code>");
    }
}
