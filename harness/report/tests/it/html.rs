//! The page for browsers: what it shows, and that nothing of a grade becomes markup.

use std::collections::BTreeSet;

use html5gum::{Token, Tokenizer};
use proptest::prelude::*;
use sockspec_case::grade::Grade;
use sockspec_case::transcript::{Event, Kind};
use sockspec_report::{Format, Lang, Options, render, render_wire, to_wire};

use crate::fixture;

fn page(grade: &Grade, lang: Lang) -> String {
    let options = Options {
        lang,
        ..Options::default()
    };
    String::from_utf8(render(Format::Html, grade, &options)).unwrap()
}

/// The page without its style, its script and the pages of causes, an element a line.
fn body(page: &str) -> String {
    let head = regex::Regex::new("(?s)^.*<body>").unwrap();
    let script = regex::Regex::new("(?s)<script>.*</script>").unwrap();
    let between = regex::Regex::new("><(/?(?:h[1-5]|p|div|section|article|header|main|footer|details|summary|figure|svg|g|line|table|thead|tbody|tr|td|th|ul|li|dl|dt|dd|pre|button))\\b").unwrap();
    let body = script.replace(&head.replace(page, ""), "").into_owned();
    let explained = regex::Regex::new(
        r#"(?s)(<details class="explained"><summary>.*?</summary>).*?</details>"#,
    );
    let body = explained
        .unwrap()
        .replace_all(&body, "$1</details>")
        .into_owned();
    between.replace_all(&body, ">\n<$1").into_owned()
}

/// One element's start.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

/// The page's tags as a browser's tokenizer finds them; panics unless they nest.
fn tags(page: &str) -> Vec<Tag> {
    const VOID: [&str; 2] = ["meta", "br"];
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut tags = Vec::new();
    let mut open: Vec<String> = Vec::new();
    for token in Tokenizer::new(page) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name.clone());
                }
                let attributes = tag.attributes.iter();
                let attributes = attributes
                    .map(|(name, value)| (text(name), text(value)))
                    .collect();
                tags.push(Tag { name, attributes });
            }
            Token::EndTag(tag) => assert_eq!(open.pop().as_deref(), str::from_utf8(&tag.name).ok()),
            Token::Comment(comment) => panic!("a comment: {comment:?}"),
            Token::Error(error) => panic!("{error:?}"),
            Token::String(_) | Token::Doctype(_) => {}
        }
    }
    assert_eq!(open, Vec::<String>::new());
    tags
}

/// Nothing but our own elements and attributes, our own style and script, and links into the page.
fn assert_inert(page: &str) {
    assert_inert_but(page, |_| false);
}

/// As [`assert_inert`], and links that are known.
pub fn assert_inert_but(page: &str, is_known: impl Fn(&str) -> bool) {
    const TAGS: &[&str] = &[
        "html", "head", "meta", "title", "style", "body", "a", "header", "div", "h1", "h2", "h3",
        "h4", "h5", "span", "b", "i", "svg", "rect", "line", "text", "g", "polygon", "path",
        "circle", "p", "dl", "dt", "dd", "ul", "li", "main", "section", "article", "details",
        "summary", "code", "mark", "figure", "table", "thead", "tbody", "tfoot", "tr", "th", "td",
        "pre", "button", "footer", "script",
    ];
    const ATTRIBUTES: &[&str] = &[
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "class",
        "href",
        "id",
        "viewbox",
        "viewBox",
        "preserveaspectratio",
        "preserveAspectRatio",
        "x",
        "y",
        "width",
        "height",
        "rx",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "d",
        "points",
        "text-anchor",
        "role",
        "aria-label",
        "aria-labelledby",
        "aria-hidden",
        "tabindex",
        "scope",
        "colspan",
        "rowspan",
        "open",
        "type",
        "hidden",
        "data-copy",
        "data-said",
        "title",
    ];
    let tags = tags(page);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert_eq!((count("script"), count("style"), count("body")), (1, 1, 1));
    assert_eq!(page.matches("<script").count(), 1);
    let ids: BTreeSet<&str> = attributes(&tags, "id").collect();
    assert_eq!(
        ids.len(),
        attributes(&tags, "id").count(),
        "an id stands twice"
    );
    for tag in &tags {
        assert!(TAGS.contains(&tag.name.as_str()), "<{}>", tag.name);
        for (name, value) in &tag.attributes {
            assert!(
                ATTRIBUTES.contains(&name.as_str()),
                "{name}={value:?} in <{}>",
                tag.name
            );
        }
    }
    for href in attributes(&tags, "href").filter(|href| !is_known(href)) {
        let place = href
            .strip_prefix('#')
            .unwrap_or_else(|| panic!("a link to {href}"));
        assert!(ids.contains(place), "{href} leads nowhere");
    }
    for id in attributes(&tags, "aria-labelledby").chain(attributes(&tags, "data-copy")) {
        assert!(ids.contains(id), "{id} is no id");
    }
    let policy = tags
        .iter()
        .find(|tag| tag.attributes.iter().any(|(name, _)| name == "http-equiv"));
    let policy = &policy
        .unwrap()
        .attributes
        .iter()
        .find(|(name, _)| name == "content")
        .unwrap()
        .1;
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
}

fn attributes<'a>(tags: &'a [Tag], wanted: &'a str) -> impl Iterator<Item = &'a str> {
    let all = tags.iter().flat_map(|tag| &tag.attributes);
    all.filter(move |(name, _)| name == wanted)
        .map(|(_, value)| value.as_str())
}

#[test]
fn a_perfect_grade_in_both_languages() {
    for (lang, name) in [(Lang::En, "perfect-en"), (Lang::Fr, "perfect-fr")] {
        let page = page(&fixture::perfect(), lang);
        assert_inert(&page);
        insta::assert_snapshot!(name, body(&page));
    }
}

#[test]
fn a_failing_grade_in_both_languages() {
    for (lang, name) in [(Lang::En, "failing-en"), (Lang::Fr, "failing-fr")] {
        let page = page(&fixture::failing(), lang);
        assert_inert(&page);
        insta::assert_snapshot!(name, body(&page));
    }
}

#[test]
fn a_hostile_grade_in_both_languages() {
    for (lang, name) in [(Lang::En, "hostile-en"), (Lang::Fr, "hostile-fr")] {
        let page = page(&fixture::hostile(), lang);
        assert_inert(&page);
        insta::assert_snapshot!(name, body(&page));
    }
}

#[test]
fn hidden_cases_stay_hidden() {
    let page = page(&fixture::failing(), Lang::En);
    assert!(!page.contains("secret"), "{page}");
}

#[test]
fn a_cut_through_a_character_is_drawn_and_marked() {
    let mut grade = fixture::failing();
    let cut = &mut grade.cases[3].transcript;
    for (event, bytes) in cut.events[1..3].iter_mut().zip([b"caf\xc3", b"\xa9fa\n"]) {
        if let Kind::Sent { bytes: sent, .. } = &mut event.kind {
            *sent = bytes.to_vec();
        }
    }
    let page = page(&grade, Lang::En);
    assert_inert(&page);
    assert!(page.contains("cut inside é"), "{page}");
    assert_eq!(page.matches("<mark class=\"cut\"").count(), 2, "{page}");
}

#[test]
fn many_clients_and_many_events_do_not_break_the_page() {
    let mut grade = fixture::failing();
    let one = grade.cases[1].transcript.events.clone();
    let of = |connection: u8| {
        one.iter().map(move |event| Event {
            connection,
            ..event.clone()
        })
    };
    for (case, clients) in [(1, 3), (3, 6), (4, 9)] {
        grade.cases[case].transcript.events = (1..=clients).flat_map(of).collect();
    }
    grade.cases[5].transcript.events = (0..300).flat_map(|_| of(1)).collect();
    let page = page(&grade, Lang::Fr);
    assert_inert(&page);
    assert!(page.contains("Trop de clients"), "{page}");
    assert!(page.len() < 600_000, "{}", page.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn nothing_of_a_grade_becomes_markup(text in pieces(), bytes: Vec<u8>, french: bool) {
        let lang = if french { Lang::Fr } else { Lang::En };
        let mut grade = to_wire(&fixture::hostile_with(&text, &bytes), lang);
        assert_inert(&text_of(&grade));
        for field in [&mut grade.exercise, &mut grade.role, &mut grade.tool.name, &mut grade.started] {
            field.clone_from(&text);
        }
        for case in &mut grade.cases {
            case.law.clone_from(&text);
            if let Some(found) = &mut case.diagnosis {
                found.cause.clone_from(&text);
                found.title.clone_from(&text);
                found.actual.clone_from(&text);
                found.first_difference = Some(u64::MAX);
                found.from = 7;
            }
            for (number, event) in case.transcript.iter_mut().enumerate() {
                event.event = if number % 2 == 0 { text.clone() } else { "left-out".into() };
                event.known_by = Some(text.clone());
                event.tail = Some(text.clone());
                event.t_us = u64::MAX;
            }
        }
        assert_inert(&text_of(&grade));
    }
}

fn text_of(grade: &sockspec_report::wire::WireGrade) -> String {
    let page = render_wire(Format::Html, grade.clone(), &Options::default());
    String::from_utf8(page).unwrap()
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<String>(),
        Just("</script><script>alert(1)</script>".to_owned()),
        Just("\" onload=alert(1) x=\"".to_owned()),
        Just("' onfocus='alert(1)".to_owned()),
        Just("<svg onload=alert(1)>".to_owned()),
        Just("</title></style><img src=x>".to_owned()),
        Just("<!--".to_owned()),
        Just("`".to_owned()),
        Just("&lt;script&gt;".to_owned()),
        Just("javascript:alert(1)".to_owned()),
    ];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

#[test]
fn a_page_shows_what_a_network_did() {
    let page = page(&fixture::lossy(), Lang::En);
    for said in [
        "lost by the network",
        "held back by the network",
        "the network delivers it once more",
        "from 127.0.0.1:9, which was not asked",
        "With 50% of the datagrams lost",
    ] {
        assert!(body(&page).contains(said), "{said}");
    }
}
