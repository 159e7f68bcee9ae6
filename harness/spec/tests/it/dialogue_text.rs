//! The notation, example by example.

use rstest::rstest;
use sockspec_spec::dialogue::{self, Act, Actor, Event, Item, Part, Pattern, PatternPiece};

fn only_step(text: &str) -> (Actor, Act) {
    let dialogue = dialogue::parse(text).unwrap_or_else(|found| panic!("{text}: {found:?}"));
    match dialogue.items.as_slice() {
        [Item::Step(step)] => (step.actor, step.act.clone()),
        other => panic!("{other:?}"),
    }
}

/// The segments of exact text, each as its literal bytes.
fn segments(text: &str) -> Vec<Vec<u8>> {
    let (_, Act::Line(segments) | Act::Bytes(segments)) = only_step(text) else {
        panic!("{text} is not exact text");
    };
    segments
        .into_iter()
        .map(|segment| {
            segment
                .0
                .into_iter()
                .flat_map(|part| match part {
                    Part::Literal(bytes) => bytes,
                    other => panic!("{other:?}"),
                })
                .collect()
        })
        .collect()
}

#[rstest]
#[case::plain("C: fa", &["fa"])]
#[case::no_space("C:fa", &["fa"])]
#[case::one_space_is_dropped("C:  fa", &[" fa"])]
#[case::trailing_spaces_count("C: fa  ", &["fa  "])]
#[case::empty("C:", &[""])]
#[case::empty_with_space("C: ", &[""])]
#[case::cut("C: a | b", &["a", "b"])]
#[case::cut_without_spaces("C: a|b", &["a", "b"])]
#[case::one_space_each_side("C: a  |  ", &["a ", " "])]
#[case::escaped_space_stays("C: a\\x20|\\x20b", &["a ", " b"])]
#[case::empty_segments("C: | |", &["", "", ""])]
#[case::literal_pipe("C: a \\| ", &["a | "])]
#[case::inside_a_character("C: l\\xC3 | \\xA9", &[r"l\xc3", r"\xa9"])]
#[case::escapes("C> \\\\\\0\\n\\r\\t\\{\\}\\/\\x7f", &[r"\\\x00\n\r\t{}/\x7f"])]
#[case::unicode("C> \\u{1F600}\\u{e9}", &[r"\xf0\x9f\x98\x80\xc3\xa9"])]
#[case::slash_is_itself("C: GET /a", &["GET /a"])]
#[case::sharp_is_text("C: # x", &["# x"])]
#[case::crlf_file("C: fa\r\n", &["fa"])]
#[case::indented("  \tC: fa", &["fa"])]
fn exact_text(#[case] text: &str, #[case] expected: &[&str]) {
    let segments: Vec<String> = segments(text)
        .iter()
        .map(|bytes| bytes.escape_ascii().to_string())
        .collect();
    assert_eq!(segments, expected);
}

#[rstest]
#[case("C: x", Actor::Client(1))]
#[case("C1: x", Actor::Client(1))]
#[case("C12: x", Actor::Client(12))]
#[case("S255: x", Actor::Server(255))]
fn actors(#[case] text: &str, #[case] expected: Actor) {
    assert_eq!(only_step(text).0, expected);
}

#[rstest]
#[case("C! open", Event::Open)]
#[case("C!fin", Event::Fin)]
#[case("C!   reset  ", Event::Reset)]
#[case("C! wait 50ms", Event::Wait(std::time::Duration::from_millis(50)))]
fn events(#[case] text: &str, #[case] expected: Event) {
    assert_eq!(only_step(text).1, Act::Event(expected));
}

#[test]
fn a_pattern_mixes_literals_names_and_regexes() {
    let (_, act) = only_step(r"S~ a\/b {value:$key}: /[0-9]+\/x/{int:n}!");
    let name = |name: &str, argument: &str| PatternPiece::Name {
        name: name.into(),
        argument: Some(argument.into()),
    };
    let expected = Pattern(vec![
        PatternPiece::Literal(b"a/b ".to_vec()),
        name("value", "$key"),
        PatternPiece::Literal(b": ".to_vec()),
        PatternPiece::Regex("[0-9]+/x".into()),
        name("int", "n"),
        PatternPiece::Literal(b"!".to_vec()),
    ]);
    assert_eq!(act, Act::Pattern(expected));
}

#[test]
fn a_regex_keeps_its_own_braces_pipes_and_backslashes() {
    let (_, act) = only_step(r"S~ /a{2}|\d\\ \|/");
    let expected = PatternPiece::Regex(r"a{2}|\d\\ \|".into());
    assert_eq!(act, Act::Pattern(Pattern(vec![expected])));
}

#[rstest]
#[case::one_connection("C1: a\nS1: b\n", "C: a\nS: b\n")]
#[case::two_connections("C: a\nC2: b\n", "C1: a\nC2: b\n")]
#[case::groups(
    "either\nS: a\nor\n\n S: b\nend\nany order\nS: c\nend",
    "either\n  S: a\nor\n  S: b\nend\nany order\n  S: c\nend\n"
)]
#[case::comment_leaves_its_group("any order\n# why\nS: c\nend", "# why\nany order\n  S: c\nend\n")]
#[case::spaces("C:  a |b  ", "C: \\x20a | b \\x20\n")]
#[case::bidi("C: \\u{202E}abc", "C: \\xE2\\x80\\xAEabc\n")]
#[case::combining_mark_after_a_cut("C: e|\\u{301}", "C: e | \\xCC\\x81\n")]
#[case::combining_mark_in_a_word("C: e\\u{301}", "C: e\u{301}\n")]
#[case::empty_last_segment("C: a | ", "C: a |\n")]
#[case::repeat("C: {repeat:3:\\n }x", "C: {repeat:3:\\n }x\n")]
fn printing(#[case] text: &str, #[case] expected: &str) {
    let dialogue = dialogue::parse(text).unwrap();
    assert_eq!(dialogue::print(&dialogue), expected);
}

#[test]
fn spans_are_byte_ranges_of_the_text() {
    let text = "# é\n  C: é \neither\n S! close\nor\n S: x\nend\n";
    let dialogue = dialogue::parse(text).unwrap();
    let steps: Vec<&str> = dialogue
        .steps()
        .map(|step| &text[step.span.start..step.span.end])
        .collect();
    assert_eq!(steps, ["C: é ", "S! close", "S: x"]);
}

#[test]
fn a_value_is_written_out() {
    let bytes = dialogue::parse_bytes(r" a\xFF{repeat:3:b\n}\{c\} ").unwrap();
    assert_eq!(bytes, b" a\xFFb\nb\nb\n{c} ");
    assert!(dialogue::parse_bytes("{repeat:9000000:a}{repeat:9000000:a}").is_err());
}
