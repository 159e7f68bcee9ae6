//! The page of a cause: what happened, why, how to look for it by hand, how to mend it.
//!
//! Pages are Markdown, one a cause and language, in `pages/`.

use anstyle::{AnsiColor, Style};
use sockspec_case::diagnosis::Cause;
use thiserror::Error;
use unicode_width::UnicodeWidthStr;

use crate::texts::Lang;

macro_rules! pages {
    ($($slug:literal,)*) => {
        /// Slug, French page, English page.
        const PAGES: &[(&str, &str, &str)] = &[$((
            $slug,
            include_str!(concat!("../pages/fr/", $slug, ".md")),
            include_str!(concat!("../pages/en/", $slug, ".md")),
        ),)*];
    };
}

pages! {
    "not-listening",
    "never-answers",
    "wrong-answer",
    "one-recv-one-message",
    "decodes-each-chunk",
    "split-character",
    "answers-first-only",
    "loses-tail",
    "keeps-carriage-return",
    "missing-newline",
    "requests-not-by-line",
    "bytes-versus-characters",
    "ascii-only-mapping",
    "truncates-at-buffer",
    "first-word-only",
    "dies-on-invalid-utf8",
    "closes-on-invalid-utf8",
    "dies-on-empty-line",
    "dies-on-reset",
    "killed-by-sigpipe",
    "dies-at-eof",
    "service-dies",
    "spins-at-eof",
    "never-closes",
    "closes-early",
    "stops-reading",
    "loses-answers-at-half-close",
    "one-client-at-a-time",
    "too-few-clients",
    "shared-state",
    "unbounded-line",
    "missing-flush",
    "pads-with-nul",
    "leaks-previous-datagram",
    "stops-at-empty-datagram",
    "skips-first-datagram",
    "answers-late",
    "nul-terminated",
    "format-string",
    "ignores-partial-write",
    "wrong-time",
    "byte-order",
    "wrong-epoch",
    "wrong-width",
    "frozen-time",
    "strips-argument",
    "normalises-accents",
    "broken-rules",
    "extra-output",
    "replies-from-elsewhere",
    "stops-after-first-request",
    "waits-for-newline",
    "answers-twice",
    "second-client-refused",
    "replies-to-wrong-client",
    "drops-last-byte",
    "build-fails",
    "dies-at-start",
    "listens-elsewhere",
    "unimplemented",
    "wrong-size",
    "not-http",
    "leaves-root",
    "ignores-repeats",
    "answers-newest-only",
    "client-table-full",
    "dies-of-vanished-client",
    "arguments-not-checked",
    "fails-silently",
    "ignores-failed-bind",
    "ignores-signals",
    "no-reuse-address",
    "dies-when-stopped",
    "gives-up-on-silence",
    "busy-waits",
    "leaks-descriptors",
    "leaks-threads",
    "leaves-children",
    "leaves-zombies",
    "leaks-memory",
    "line-not-shown",
    "shown-twice",
    "choice-not-checked",
    "leaves-wrongly",
    "port-not-bound",
    "port-not-converted",
    "typed-not-sent",
    "incomplete-request",
    "speaks-out-of-turn",
    "waits-at-keyboard",
    "answer-not-shown",
    "hides-lost-server",
    "ends-wrongly",
    "waits-for-ever",
    "takes-any-sender",
    "takes-late-answer",
    "not-judged",
}

/// A name that is no cause.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("`{given}` is not a cause; did you mean `{nearest}`?")]
pub struct UnknownCause {
    /// What was asked for.
    pub given: String,
    /// The nearest name that is one.
    pub nearest: &'static str,
}

/// The cause of this slug.
///
/// # Errors
/// [`UnknownCause`], with the nearest slug.
pub fn find(slug: &str) -> Result<Cause, UnknownCause> {
    let wanted = slug.to_lowercase();
    if let Some(cause) = Cause::ALL.iter().find(|cause| cause.as_str() == wanted) {
        return Ok(*cause);
    }
    let nearest = crate::nearest(&wanted, Cause::ALL.iter().map(|cause| cause.as_str()));
    Err(UnknownCause {
        given: slug.to_owned(),
        nearest,
    })
}

/// The page of a cause, in Markdown.
pub fn page(cause: Cause, lang: Lang) -> &'static str {
    let page = PAGES.iter().find(|(slug, ..)| *slug == cause.as_str());
    match (page, lang) {
        (Some((_, french, _)), Lang::Fr) => french,
        (Some((_, _, english)), Lang::En) => english,
        (None, _) => "",
    }
}

/// The page of a cause for a terminal: prose folded to `width`, code as it stands, indented.
pub fn write(cause: Cause, lang: Lang, width: usize, colour: bool) -> String {
    const HEADING: Style = Style::new().bold();
    const CODE: Style = AnsiColor::Cyan.on_default();
    let paint = |style: Style, text: &str| match colour {
        true => format!("{style}{text}{style:#}"),
        false => text.to_owned(),
    };
    let mut out = String::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut in_code = false;
    // A last empty line ends the last paragraph.
    for line in page(cause, lang).lines().chain([""]) {
        let is_fence = line.starts_with("```");
        let is_prose = !in_code && !is_fence && !line.is_empty() && !line.starts_with('#');
        if is_prose {
            if line.starts_with("- ") {
                flush(&mut out, &mut paragraph, width);
            }
            paragraph.push(line);
            continue;
        }
        flush(&mut out, &mut paragraph, width);
        if is_fence {
            in_code = !in_code;
        } else if in_code {
            let line = format!("    {line}");
            out.push_str(&if line.trim().is_empty() {
                String::new()
            } else {
                paint(CODE, &line)
            });
            out.push('\n');
        } else if let Some(heading) = line.strip_prefix('#') {
            out.push_str(&paint(HEADING, heading.trim_start_matches(['#', ' '])));
            out.push('\n');
        } else {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn flush(out: &mut String, paragraph: &mut Vec<&str>, width: usize) {
    let mut used = 0;
    for word in paragraph.drain(..).flat_map(|line| line.split(' ')) {
        if used > 0 && used + 1 + word.width() > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += word.width();
    }
    if used > 0 {
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    fn each_page(mut check: impl FnMut(Cause, Lang, &'static str)) {
        for cause in Cause::ALL {
            for lang in Lang::ALL {
                check(*cause, lang, page(*cause, lang));
            }
        }
    }

    #[test]
    fn every_cause_has_its_page_in_both_languages_and_no_page_is_idle() {
        each_page(|cause, lang, page| {
            let title = format!("# {}\n", lang.texts().cause_title(cause));
            assert!(page.starts_with(&title), "{} {lang:?}", cause.as_str());
            assert_eq!(
                page.matches("\n## ").count(),
                5,
                "{} {lang:?}",
                cause.as_str()
            );
            assert!(page.contains(&format!("`{}`", cause.as_str())));
            for language in ["python", "c", "java", "go"] {
                assert!(
                    page.contains(&format!("```{language}\n")),
                    "{} {language}",
                    cause.as_str()
                );
            }
        });
        assert_eq!(PAGES.len(), Cause::ALL.len());
    }

    #[test]
    fn both_languages_show_the_same_code() {
        let blocks = Regex::new(r"(?s)```(\w+)\n").unwrap();
        let languages = |page: &str| {
            blocks
                .captures_iter(page)
                .map(|found| found[1].to_owned())
                .collect::<Vec<_>>()
        };
        for cause in Cause::ALL {
            let (french, english) = (page(*cause, Lang::Fr), page(*cause, Lang::En));
            assert_eq!(languages(french), languages(english), "{}", cause.as_str());
        }
    }

    #[test]
    fn what_a_page_points_to_exists() {
        let pointer = Regex::new(r"sockspec explain ([a-z0-9-]+)").unwrap();
        each_page(|cause, _, page| {
            let mut pointers = 0;
            for found in pointer.captures_iter(page) {
                assert!(find(&found[1]).is_ok(), "{}: {}", cause.as_str(), &found[1]);
                pointers += 1;
            }
            assert!(pointers > 0, "{} points nowhere", cause.as_str());
        });
    }

    #[test]
    fn french_marks_have_their_no_break_space() {
        let code = Regex::new("(?s)```.*?```|`[^`]*`").unwrap();
        let bare = Regex::new(r"( [;?!»]| :[\s]|« |[^ \u{a0}\u{202f}][;?!»])").unwrap();
        for cause in Cause::ALL {
            let prose = code.replace_all(page(*cause, Lang::Fr), "``");
            let found = bare.find(&prose).map(|found| found.as_str().to_owned());
            assert_eq!(found, None, "{}: {prose}", cause.as_str());
        }
    }

    #[test]
    fn a_page_for_a_terminal() {
        insta::assert_snapshot!(write(Cause::MissingNewline, Lang::En, 72, false));
        let coloured = write(Cause::MissingNewline, Lang::En, 72, true);
        let plain = Regex::new("\u{1b}\\[[0-9;]*m")
            .unwrap()
            .replace_all(&coloured, "");
        assert_eq!(plain, write(Cause::MissingNewline, Lang::En, 72, false));
    }

    #[test]
    fn a_wrong_name_gets_the_nearest() {
        assert_eq!(find("Spins-At-EOF"), Ok(Cause::SpinsAtEof));
        insta::assert_snapshot!(
            find("missing-new-line").unwrap_err(),
            @"`missing-new-line` is not a cause; did you mean `missing-newline`?"
        );
    }
}
