//! Every sentence of a report, in French and in English.
//!
//! Sentences live in `locales/<lang>/*.ftl` and are whole: nothing is glued from fragments, plurals
//! are Fluent's. Each is reached through a method of [`Texts`], so that a missing one, or one with
//! other variables, fails a test.

use std::collections::HashMap;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, static_loader};
use sockspec_case::diagnosis::Cause;
use sockspec_spec::model::Text;
use unic_langid::langid;

use crate::wire::WireFinding;

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // The isolation marks around values would stand in the output as invisible characters.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static FR: LanguageIdentifier = langid!("fr");
static EN: LanguageIdentifier = langid!("en");

/// The language of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// French.
    Fr,
    /// English.
    #[default]
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// The language of a locale as systems write it: `fr`, `fr_FR.UTF-8`, `fr-CA`… English unless French.
    pub fn from_locale(locale: &str) -> Self {
        let language = locale
            .split(['_', '-', '.', '@', ':'])
            .next()
            .unwrap_or_default();
        if language.eq_ignore_ascii_case("fr") {
            Lang::Fr
        } else {
            Lang::En
        }
    }

    /// `fr` or `en`.
    pub fn as_str(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// The text in this language, or in the other when it is empty.
    pub fn of(self, text: &Text) -> &str {
        let (wanted, other) = match self {
            Lang::Fr => (&text.fr, &text.en),
            Lang::En => (&text.en, &text.fr),
        };
        if wanted.is_empty() { other } else { wanted }
    }

    /// The sentences in this language.
    pub fn texts(self) -> Texts {
        Texts(self)
    }
}

/// The sentences in one language.
#[derive(Clone, Copy, Debug)]
pub struct Texts(Lang);

macro_rules! messages {
    ($($name:ident($($argument:ident: $type:ty),*) = $id:literal;)*) => {
        #[expect(missing_docs, reason = "each method is the message of its name")]
        impl Texts {
            $(pub fn $name(self, $($argument: $type),*) -> String {
                self.say($id, &[$((stringify!($argument), FluentValue::from($argument))),*])
            })*
        }

        /// The messages that have a method of their own, with their variables.
        #[cfg(test)]
        const MESSAGES: &[(&str, &[&str])] = &[$(($id, &[$(stringify!($argument)),*])),*];
    };
}

messages! {
    label_target() = "label-target";
    label_style() = "label-style";
    label_strict() = "label-strict";
    label_death() = "label-death";
    label_said() = "label-said";
    label_loss() = "label-loss";
    survival(loss: u64, survived: u64, attempts: u64) = "survival";
    survival_short(loss: u64, survived: u64, possible: u64) = "survival-short";
    event_elsewhere(address: &str) = "event-elsewhere";
    label_play() = "label-play";
    label_expected() = "label-expected";
    label_received() = "label-received";
    label_clause() = "label-clause";
    label_law() = "label-law";
    label_cause() = "label-cause";
    label_hint() = "label-hint";
    label_transcript() = "label-transcript";
    label_reproduce() = "label-reproduce";
    label_more() = "label-more";
    label_also() = "label-also";
    label_note() = "label-note";
    strict_mode() = "strict-mode";
    failure_heading(number: u64, total: u64) = "failure-heading";
    accepted_heading() = "accepted-heading";
    waiting_heading() = "waiting-heading";
    plays(count: u64) = "plays";
    target(target: &str, role: &str, seed: &str) = "target";
    mend_first(title: &str) = "mend-first";
    variants(count: u64) = "variants";
    variants_named(count: u64, names: &str) = "variants-named";
    variants_of(title: &str, count: u64) = "variants-of";
    variants_too(title: &str, count: u64) = "variants-too";
    first_difference(offset: u64) = "first-difference";
    ends_early(offset: u64) = "ends-early";
    goes_on(offset: u64) = "goes-on";
    nothing_expected() = "nothing-expected";
    nothing_received() = "nothing-received";
    shortened(from: u64, to: u64, total: u64) = "shortened";
    pattern_note() = "pattern-note";
    flaky(failed: u64, played: u64) = "flaky";
    hidden_cases(count: u64) = "hidden-cases";
    all_passed() = "all-passed";
    nothing_judged() = "nothing-judged";
    score(points: u64, max: u64) = "score";
    event_exit(code: i64) = "event-exit";
    event_killed(signal: &str) = "event-killed";
    event_send_elsewhere() = "event-send-elsewhere";
    events_left_out(count: u64) = "event-left-out";
    bytes_left_out(count: u64) = "bytes-left-out";
    style_none() = "style-none";
    style_canonical() = "style-canonical";
    style_greeting(text: &str) = "style-greeting";
    style_prompt(text: &str) = "style-prompt";
    style_answer_lines(count: u64) = "style-answer-lines";
    style_prefix(text: &str) = "style-prefix";
    style_suffix(text: &str) = "style-suffix";
    style_shown_prefix(text: &str) = "style-shown-prefix";
    html_skip() = "html-skip";
    html_failures() = "html-failures";
    html_same(count: u64) = "html-same";
    html_cases() = "html-cases";
    html_verdict() = "html-verdict";
    html_case() = "html-case";
    html_what() = "html-what";
    html_who() = "html-who";
    html_size() = "html-size";
    html_points(count: u64) = "html-points";
    html_started() = "html-started";
    html_when(started: &str, seconds: &str) = "html-when";
    html_exchange() = "html-exchange";
    html_diagram_text(count: u64) = "html-diagram-text";
    html_bytes() = "html-bytes";
    html_many_clients() = "html-many-clients";
    html_wanted(text: &str) = "html-wanted";
    html_cut() = "html-cut";
    html_cut_inside(character: &str) = "html-cut-inside";
    html_torn() = "html-torn";
    html_read() = "html-read";
    html_unverified() = "html-unverified";
    html_reproduce() = "html-reproduce";
    html_copy() = "html-copy";
    html_copied() = "html-copied";
    html_made_by(tool: &str) = "html-made-by";
    handout_build() = "handout-build";
    handout_joined() = "handout-joined";
    handout_wire() = "handout-wire";
    handout_examples() = "handout-examples";
    handout_checked() = "handout-checked";
    handout_yourself() = "handout-yourself";
    handout_source(source: &str) = "handout-source";
    handout_port(port: u16) = "handout-port";
    handout_bounded() = "handout-bounded";
    handout_server_first() = "handout-server-first";
    handout_server_closes() = "handout-server-closes";
    handout_fixed() = "handout-fixed";
    handout_words() = "handout-words";
    handout_word() = "handout-word";
    handout_said() = "handout-said";
    handout_free() = "handout-free";
    handout_pattern(regex: &str) = "handout-pattern";
    handout_notation() = "handout-notation";
    handout_several() = "handout-several";
    handout_groups() = "handout-groups";
    handout_no_example() = "handout-no-example";
    handout_ladder(title: &str) = "handout-ladder";
    handout_silence() = "handout-silence";
    handout_levels() = "handout-levels";
    handout_level(level: &str, points: u64) = "handout-level";
    handout_run() = "handout-run";
    handout_address() = "handout-address";
    handout_by_hand() = "handout-by-hand";
    handout_reference() = "handout-reference";
    handout_explain() = "handout-explain";
    handout_kinds() = "handout-kinds";
    handout_kind() = "handout-kind";
    handout_stands_for() = "handout-stands-for";
    class_title() = "class-title";
    class_student() = "class-student";
    class_count(count: u64) = "class-count";
    class_summary(count: u64, mean: &str, median: &str) = "class-summary";
    class_legend() = "class-legend";
    class_left_out(count: u64) = "class-left-out";
    class_right() = "class-right";
    class_mistakes() = "class-mistakes";
    class_who(count: u64) = "class-who";
    class_unread() = "class-unread";
    class_no_case() = "class-no-case";
    class_cell(verdict: &str, right: u64, of: u64) = "class-cell";
    depends_on_hidden() = "finding-depends-on-hidden";
    died_after_hidden() = "note-died-after-hidden";
}

/// The names of the numbers and words of findings that sentences hold.
const NAMES: &[&str] = &[
    "milliseconds",
    "ending",
    "code",
    "signal",
    "seconds",
    "found",
    "told",
    "address",
    "kept",
    "of",
    "place",
    "percent",
    "clients",
    "before",
    "after",
    "protocol",
    "port",
    "other",
];

/// The families of messages that are chosen by a slug.
impl Texts {
    /// The cause in one sentence.
    pub fn cause_title(self, cause: Cause) -> String {
        self.by_slug("cause", &format!("{}-title", cause.as_str()))
    }

    /// What to do about the cause, in two sentences.
    pub fn cause_hint(self, cause: Cause) -> String {
        self.by_slug("cause", &format!("{}-hint", cause.as_str()))
    }

    /// What was seen.
    pub fn finding(self, finding: &WireFinding) -> String {
        self.seen("finding", finding)
    }

    /// How a program ended that should have gone on.
    pub fn death(self, seen: &WireFinding) -> String {
        self.seen("death", seen)
    }

    fn seen(self, family: &str, finding: &WireFinding) -> String {
        let blocked = if finding.blocked == Some(true) {
            "yes"
        } else {
            "no"
        };
        let message = match self.0 {
            Lang::Fr => finding.words.get("fr").or(finding.message.as_ref()),
            Lang::En => finding.message.as_ref(),
        };
        let mut values = vec![
            (
                "waited_ms",
                FluentValue::from(finding.waited_ms.unwrap_or_default()),
            ),
            ("blocked", FluentValue::from(blocked)),
            (
                "case",
                FluentValue::from(finding.case.as_deref().unwrap_or_default()),
            ),
            (
                "message",
                FluentValue::from(message.map_or("", String::as_str)),
            ),
        ];
        for name in NAMES {
            if let Some(number) = finding.numbers.get(*name) {
                values.push((name, FluentValue::from(*number)));
            } else if let Some(word) = finding.words.get(*name) {
                values.push((name, FluentValue::from(word.as_str())));
            }
        }
        self.say(&format!("{family}-{}", finding.code), &values)
    }

    /// A remark on the whole grade.
    pub fn note(self, code: &str, case: Option<&str>) -> String {
        let case = FluentValue::from(case.unwrap_or_default());
        self.say(&format!("note-{code}"), &[("case", case)])
    }

    /// The verdict as a word.
    pub fn status(self, slug: &str) -> String {
        self.by_slug("status", slug)
    }

    /// How many cases had a verdict.
    pub fn count(self, slug: &str, count: u32) -> String {
        self.say(
            &format!("count-{slug}"),
            &[("count", FluentValue::from(count))],
        )
    }

    /// What a law asks.
    pub fn law(self, slug: &str) -> String {
        self.by_slug("law", slug)
    }

    /// What a level is.
    pub fn level(self, level: u8) -> String {
        self.by_slug("level", &level.to_string())
    }

    /// What was graded.
    pub fn role(self, slug: &str) -> String {
        self.by_slug("role", slug)
    }

    /// One trait of the target's style, e.g. `serving-iterative`.
    pub fn style(self, slug: &str) -> String {
        self.by_slug("style", slug)
    }

    /// One trait of a client, e.g. `shows-at-end`.
    pub fn manner(self, slug: &str) -> String {
        self.by_slug("manner", slug)
    }

    /// An event of a transcript that carries no bytes.
    pub fn event(self, slug: &str) -> String {
        self.by_slug("event", slug)
    }

    /// What only the handout says of a choice, e.g. `framing-lines`.
    pub fn handout(self, slug: &str) -> String {
        self.by_slug("handout", slug)
    }

    /// A number with one decimal separator as the language writes it, `digits` after it.
    pub fn decimal(self, value: f64, digits: usize) -> String {
        let text = format!("{value:.digits$}");
        match self.0 {
            Lang::Fr => text.replace('.', ","),
            Lang::En => text,
        }
    }

    fn by_slug(self, family: &str, slug: &str) -> String {
        self.find(&format!("{family}-{slug}"), &[])
            .unwrap_or_else(|| slug.to_owned())
    }

    /// The message; its id when there is none (a document of a newer version may name one).
    fn say(self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> String {
        self.find(id, values).unwrap_or_else(|| id.to_owned())
    }

    fn find(self, id: &str, values: &[(&'static str, FluentValue<'_>)]) -> Option<String> {
        let lang = match self.0 {
            Lang::Fr => &FR,
            Lang::En => &EN,
        };
        let values: HashMap<&str, FluentValue<'_>> = values.iter().cloned().collect();
        LOCALES.lookup_single_language(lang, id, Some(&values)).ok()
    }
}

#[cfg(test)]
mod tests;
