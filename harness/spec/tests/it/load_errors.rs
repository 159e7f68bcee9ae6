//! What an author reads when a spec file is wrong: drawn in full, and code by code.

use rstest::rstest;
use sockspec_spec::{diagnostic, load, load_with};

use crate::snapshot::snapshot;

fn check(source: &str) -> String {
    let (spec, found) = load("kv.toml", source);
    let has_errors = found.iter().any(|diagnostic| diagnostic.is_error());
    assert_eq!(
        spec.is_none(),
        has_errors,
        "a spec exactly when there is no error"
    );
    diagnostic::render(&found, source, "kv.toml", false)
}

#[test]
fn every_mistake_of_a_file_is_told() {
    snapshot!(check(include_str!("fixtures/mistakes.toml")));
}

#[test]
fn a_file_that_is_not_toml_is_told() {
    snapshot!(check(
        "id = \"kv\"\ntitle = { fr = \"a\", en = }\nport = 20 56\n"
    ));
}

#[test]
fn an_empty_file_is_told_what_it_lacks() {
    snapshot!(check(""));
}

#[test]
fn colour_only_adds_to_the_text() {
    let source = "id = 3";
    let (_, found) = load("kv.toml", source);
    let plain = diagnostic::render(&found, source, "kv.toml", false);
    let coloured = diagnostic::render(&found, source, "kv.toml", true);
    assert!(coloured.contains('\u{1b}') && !plain.contains('\u{1b}'));
}

const HEAD: &str = r#"
id = "kv"
title = { fr = "t", en = "t" }
summary = { fr = "s", en = "s" }
source = "s"
transport = "tcp"
framing = "lines"
serving = "parallel"
port = 2056
control = "first"
"#;

const WORDS: &str = r#"
[vocabulary.value]
takes = ["v"]
canonical = "OK {v}"
[vocabulary.unknown]
canonical = "ERR"
[vocabulary.soft]
canonical = '/ERR.*/'
"#;

const FIRST: &str = r#"
[[case]]
id = "first"
level = 1
law = "protocol"
clause = "c"
title = { fr = "t", en = "t" }
dialogue = '''
C: fa
S~ {value:sill}{unknown}{soft}
'''
"#;

/// The head of a case whose body follows.
const SECOND: &str = r#"
[[case]]
id = "second"
level = 2
law = "protocol"
clause = "c"
title = { fr = "t", en = "t" }
"#;

fn codes(source: &str) -> Vec<&'static str> {
    let (spec, found) = load("kv.toml", source);
    let has_errors = found.iter().any(|diagnostic| diagnostic.is_error());
    assert_eq!(spec.is_none(), has_errors);
    found.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[test]
fn the_base_of_these_tests_has_no_mistake() {
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}dialogue = 'S! silence'");
    assert_eq!(codes(&source), [""; 0]);
}

/// With a table of data files; of them only `a.txt` is there.
fn codes_with_files(files: &str, body: &str) -> Vec<&'static str> {
    let data = format!("[data]\nfolder = \"data\"\nfiles = {files}\n");
    let source = format!("{HEAD}{data}{WORDS}{FIRST}{SECOND}{body}");
    let read = |path: &str| match path {
        "data/a.txt" => Ok(b"abc"[..].into()),
        _ => Err("it is not there".to_owned()),
    };
    let (_, found) = load_with("kv.toml", &source, &read);
    found.iter().map(|diagnostic| diagnostic.code.id).collect()
}

#[rstest]
#[case::file_and_size("['a.txt']", "dialogue = '''\nC: x\nS: OK {size:a.txt}\nS> {file:a.txt}\n'''", &[])]
#[case::file_of_a_row("['a.txt']", "rows = [{ p = 'a.txt' }]\ndialogue = '''\nC: {p}\nS> {file:$p}\n'''", &[])]
#[case::column_of_a_file_only("['a.txt']", "rows = [{ p = 'a.txt' }]\ndialogue = '''\nC: x\nS> {file:$p}\n'''", &[])]
#[case::file_that_is_not_there("['a.txt', 'b.txt']", "dialogue = 'S! close'", &["SS0319"])]
#[case::file_that_is_not_listed("['a.txt']", "dialogue = '''\nC: x\nS> {file:b.txt}\n'''", &["SS0319"])]
#[case::row_that_is_not_listed("['a.txt']", "rows = [{ p = 'b.txt' }]\ndialogue = '''\nC: x\nS> {file:$p}\n'''", &["SS0319"])]
#[case::column_that_is_not_there("['a.txt']", "dialogue = '''\nC: x\nS> {file:$p}\n'''", &["SS0302", "SS0319"])]
#[case::file_above("['../a.txt']", "dialogue = 'S! close'", &["SS0319"])]
#[case::listed_twice("['a.txt', 'a.txt']", "dialogue = 'S! close'", &["SS0110"])]
#[case::in_a_pattern("['a.txt']", "dialogue = '''\nC: x\nS~ {file:a.txt}\n'''", &["SS0301"])]
fn data_files(#[case] files: &str, #[case] body: &str, #[case] expected: &[&str]) {
    assert_eq!(codes_with_files(files, body), expected);
}

#[test]
fn a_file_without_a_table_of_data_files_is_told() {
    let body = "dialogue = '''\nC: x\nS> {file:a.txt}\n'''";
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}{body}");
    assert_eq!(codes(&source), ["SS0319"]);
}

#[rstest]
#[case::nothing_to_play("", &["SS0406"])]
#[case::both("dialogue = 'S! close'\nscript = 'expect(1)'", &["SS0407"])]
#[case::cannot_fail("dialogue = 'C: fa'", &["SS0408"])]
#[case::a_wait_expects_nothing("dialogue = 'S! wait 5ms'", &["SS0408"])]
#[case::empty_dialogue("dialogue = ''", &["SS0408"])]
#[case::wrong_line_hides_no_other("dialogue = '''\nC fa\nS~ {valu:x}\n'''", &["SS0202", "SS0301"])]
#[case::unknown_word("dialogue = 'S~ {valeu:x}'", &["SS0511", "SS0301"])]
#[case::lacks_argument("dialogue = '''\nC: x\nS~ {value}\n'''", &["SS0303"])]
#[case::has_argument("dialogue = '''\nC: x\nS~ {unknown:x}\n'''", &["SS0303"])]
#[case::cause_of_the_catalogue("cause = \"shared-state\"\nserving = \"parallel\"\ndialogue = '''\nC: x\nS~ {date:t}\n'''\n", &[])]
#[case::cause_of_nothing("cause = \"shared-stat\"\ndialogue = '''\nC: x\nS~ {date}\n'''\n", &["SS0104"])]
#[case::kind_takes_a_text("dialogue = '''\nC: x\nS~ {upper}\n'''", &["SS0303"])]
#[case::kind_with_text("dialogue = '''\nC: x\nS~ {upper:a}{timestamp:t}\nS~ {later:$t}\n'''", &[])]
#[case::kind_with_unknown_value("dialogue = '''\nC: x\nS~ {upper:$t}\n'''", &["SS0302"])]
#[case::value_of_nothing("dialogue = '''\nC: {key}\nS: x\n'''", &["SS0302"])]
#[case::word_in_exact_text("dialogue = '''\nC: x\nS: {unknown}\n'''", &["SS0302"])]
#[case::capture("dialogue = '''\nC: x\nS~ {int:n}\nC: {n}\nS~ {n} {value:$n}\n'''", &[])]
#[case::capture_too_late("dialogue = '''\nC: {n}\nS~ {int:n}\n'''", &["SS0304"])]
#[case::capture_too_late_in_argument("dialogue = '''\nC: a\nS~ {value:$n}\nS~ {int:n}\n'''", &["SS0304"])]
#[case::capture_twice("dialogue = '''\nC: a\nS~ {int:n} {int:n}\n'''", &["SS0305"])]
#[case::capture_like_a_word("dialogue = '''\nC: a\nS~ {int:value}\n'''", &["SS0305"])]
#[case::capture_in_every_branch(
    "dialogue = '''\nC: a\neither\nS~ a{int:n}\nor\nS~ b{int:n}\nend\nC: {n}\n'''", &[])]
#[case::capture_in_one_branch(
    "dialogue = '''\nC: a\neither\nS~ a{int:n}\nor\nS: b\nend\nC: {n}\n'''", &["SS0304"])]
#[case::capture_in_any_order(
    "dialogue = '''\nC: a\nany order\nS~ a{int:n}\nS~ {n}\nend\nC: {n}\n'''", &["SS0304"])]
#[case::dollar_that_is_no_name("dialogue = '''\nC: a\nS~ {value:$5}\n'''", &[])]
#[case::regex("dialogue = '''\nC: a\nS~ x /[a/\n'''", &["SS0313"])]
#[case::regex_without_lookaround("dialogue = '''\nC: a\nS~ /(?=a)/\n'''", &["SS0313"])]
#[case::regex_too_big("dialogue = '''\nC: a\nS~ /(a{1000}){1000}/\n'''", &["SS0313"])]
#[case::rows("rows = [{k = 'a'}, {k = '\\x00'}]\ndialogue = '''\nC: {k}\nS~ {value:$k}{k}\n'''", &[])]
#[case::column_in_a_comment("rows = [{k = 'a'}]\ndialogue = '''\n# {k}\nS! close\n'''", &[])]
#[case::unused_column("rows = [{k = 'a'}]\ndialogue = 'S! close'", &["SS0306"])]
#[case::uneven_rows("rows = [{k = 'a'}, {l = 'a'}]\ndialogue = '''\nC: {k}\nS! close\n'''",
    &["SS0307", "SS0307"])]
#[case::bad_value("rows = [{k = 'a\\q|'}]\ndialogue = '''\nC: {k}\nS! close\n'''", &["SS0206", "SS0212"])]
#[case::repeated_value(
    "rows = [{k = '{repeat:3:ab}'}]\ndialogue = '''\nC: {k}\nS! close\n'''",
    &[]
)]
#[case::value_names_another(
    "rows = [{k = '{l}', l = 'a'}]\ndialogue = '''\nC: {k}{l}\nS! close\n'''",
    &["SS0208"]
)]
#[case::values_too_long(
    "rows = [{k = '{repeat:9000000:a}{repeat:9000000:a}'}]\ndialogue = '''\nC: {k}\nS! close\n'''",
    &["SS0218"]
)]
#[case::column_like_a_word("rows = [{value = 'a'}]\ndialogue = 'S! close'", &["SS0317"])]
#[case::column_like_a_kind("rows = [{int = 'a'}]\ndialogue = '''\nC: {int}\nS! close\n'''", &["SS0308"])]
#[case::after_a_fin("dialogue = '''\nC! fin\nC: x\nS! close\n'''", &["SS0502"])]
#[case::answer_after_a_fin("dialogue = '''\nC: a\nC! fin\nS: x\nS! close\n'''", &[])]
#[case::answer_after_a_close("dialogue = '''\nC: a\nC! close\nS: x\n'''", &["SS0502"])]
#[case::request_after_a_close("dialogue = '''\nC: a\nS! close\nC: a\n'''", &[])]
#[case::anything_after_a_reset("dialogue = '''\nC: a\nS! reset\nC: a\n'''", &["SS0502"])]
#[case::close_after_a_close("dialogue = '''\nC: a\nC! close\nS! close\n'''", &[])]
#[case::close_twice("dialogue = '''\nC: a\nS! close\nS! close\n'''", &["SS0502"])]
#[case::close_in_one_branch(
    "dialogue = '''\nC: a\neither\nS! close\nor\nS: x\nend\nS: y\n'''", &[])]
#[case::close_in_every_branch(
    "dialogue = '''\nC: a\neither\nS! close\nor\nS! fin\nend\nS: y\n'''", &["SS0502"])]
#[case::other_connection_goes_on("dialogue = '''\nC1! reset\nC2: a\nS2: x\n'''", &[])]
#[case::wait_after_the_end("dialogue = '''\nC! close\nS! close\nC! wait 5ms\n'''", &["SS0503"])]
#[case::silence_after_the_end("dialogue = '''\nS! close\nS! silence\n'''", &["SS0503"])]
#[case::open_twice("dialogue = '''\nC: a\nC! open\nS! close\n'''", &["SS0504"])]
#[case::wait_before_open("dialogue = '''\nC: a\nC2! wait 5ms\nC2! open\nS2! close\n'''", &[])]
#[case::open_by_server("dialogue = '''\nS! open\nS! close\n'''", &["SS0501"])]
#[case::silence_of_client("dialogue = '''\nC! silence\nS! close\n'''", &["SS0501"])]
#[case::stall_of_server("dialogue = '''\nC: a\nS! stall\n'''", &["SS0501"])]
#[case::resume_without_stall("dialogue = '''\nC: a\nC! resume\nS: x\n'''", &["SS0509"])]
#[case::stall_and_resume("dialogue = '''\nC: a\nC! stall\nC! resume\nS: x\n'''", &[])]
#[case::skipped_number("dialogue = '''\nC2: a\nS2: x\n'''", &["SS0505"])]
#[case::regex_of_a_client("dialogue = '''\nC~ /a|b/\nS: x\n'''", &["SS0514"])]
#[case::word_of_a_client("dialogue = '''\nC~ {value:a}\nS: x\n'''", &["SS0514"])]
#[case::regex_typed("needs = 'run'\ndialogue = '''\nin~ /a|b/\nout: x\n'''", &["SS0507"])]
#[case::branches_of_two_sides("dialogue = '''\nC: a\neither\nS: x\nor\nC: b\nend\nS: x\n'''", &["SS0508"])]
#[case::empty_segment("dialogue = '''\nC: a | | b\nS: x\n'''", &["SS0510"])]
#[case::server_speaks_first("dialogue = 'S: hello'", &["SS0511"])]
#[case::streams_need_run("dialogue = '''\nC: a\nout: a\n'''", &["SS0410"])]
#[case::streams_with_run("needs = 'run'\ndialogue = '''\nC: a\nout: a\n'''", &[])]
#[case::events_of_streams("needs = 'run'\ndialogue = '''\nin! reset\nout! open\nin! close\n'''",
    &["SS0501", "SS0501"])]
#[case::a_client_is_graded("needs = 'run'\ndialogue = '''\nin: a\nC: a\n'''", &[])]
#[case::servers_need_run("servers = [{}]\ndialogue = 'S! close'", &["SS0409"])]
#[case::peer_that_is_not_there("needs = 'run'\nservers = [{ peer = '2' }]\ndialogue = 'S! close'", &["SS0104"])]
#[case::derived_from_servers("needs = 'run'\nservers = [{}]\nderive = ['ends']\ndialogue = 'S! close'", &["SS0411"])]
#[case::packable_events("packable = true\ndialogue = 'S! close'", &["SS0412"])]
#[case::after_unknown("after = ['frist']\ndialogue = 'S! close'", &["SS0402"])]
#[case::after_twice("after = ['first', 'first']\ndialogue = 'S! close'", &["SS0110"])]
#[case::after_itself("after = ['second']\ndialogue = 'S! close'", &["SS0403"])]
#[case::unknown_family("derive = ['cuts']\ndialogue = 'S! close'", &["SS0104"])]
#[case::script("script = 'let x = 1; expect(x);'", &[])]
#[case::script_error("script = '''\nlet é = \nexpect(;\n'''", &["SS0413"])]
#[case::script_expects_nothing("script = 'let x = 1;'", &["SS0414"])]
#[case::unknown_key("dialog = 'S! close'", &["SS0406", "SS0101"])]
#[case::wrong_type("points = 'two'\ndialogue = 'S! close'", &["SS0103"])]
#[case::out_of_range("points = -1\nversion = 0\ndialogue = 'S! close'", &["SS0105", "SS0105"])]
#[case::title_names_no_column(
    "hint = { fr = '{kee}', en = 'x' }\nrows = [{key = 'a'}]\ndialogue = '''\nC: {key}\nS: x\n'''",
    &["SS0318"])]
fn mistakes_of_a_case(#[case] body: &str, #[case] expected: &[&str]) {
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}{body}");
    assert_eq!(codes(&source), expected, "{}", check(&source));
}

#[rstest]
#[case::bad_name("[vocabulary.\"a b\"]\ncanonical = 'x'", &["SS0209"])]
#[case::empty_line("[vocabulary.more]\ncanonical = ''", &["SS0309"])]
#[case::reserved("[vocabulary.int]\ncanonical = 'x'", &["SS0308"])]
#[case::unused("[vocabulary.more]\ncanonical = 'x'", &["SS0309"])]
#[case::no_such_parameter("[vocabulary.more]\ncanonical = 'x {w}'", &["SS0309", "SS0310"])]
#[case::unused_parameter("[vocabulary.more]\ntakes = ['w']\ncanonical = 'x'", &["SS0309", "SS0311"])]
#[case::two_parameters("[vocabulary.more]\ntakes = ['v', 'w']\ncanonical = '{v}{w}'", &["SS0309", "SS0312"])]
#[case::regex("[vocabulary.more]\ncanonical = 'x'\naccepted = ['/(/']", &["SS0309", "SS0313"])]
#[case::everything("[vocabulary.more]\ncanonical = '{any}'", &["SS0309", "SS0314"])]
#[case::kind_with_text_in_a_form(
    "[vocabulary.more]\ncanonical = 'x{upper}'",
    &["SS0309", "SS0310"]
)]
#[case::everything_by_regex("[vocabulary.more]\ncanonical = '/.*/'", &["SS0309", "SS0314"])]
#[case::rejects_itself("[vocabulary.more]\ncanonical = 'no sill'\nrejected = ['/sill/']", &["SS0309", "SS0315"])]
#[case::rejected_text("[vocabulary.more]\ncanonical = 'x'\nrejected = ['sill']", &["SS0309", "SS0316"])]
#[case::class_is_no_parameter("[vocabulary.more]\ntakes = ['L']\ncanonical = 'x{L}'\naccepted = ['/\\p{L}{L}{2}/']", &["SS0309"])]
#[case::redaction("[[redactions]]\npattern = '['\nwith = 'x'", &["SS0313"])]
fn mistakes_of_words(#[case] words: &str, #[case] expected: &[&str]) {
    let source = format!("{HEAD}{WORDS}{words}\n{FIRST}");
    assert_eq!(codes(&source), expected, "{}", check(&source));
}

#[rstest]
#[case::udp_lines("transport = \"tcp\"", "transport = \"udp\"", &["SS0111"])]
#[case::control_unknown("control = \"first\"", "control = \"frist\"", &["SS0404"])]
#[case::control_level("level = 1", "level = 2", &["SS0405"])]
#[case::level_without_run("level = 1", "level = 5", &["SS0405", "SS0409"])]
#[case::slug("id = \"first\"", "id = \"First one\"", &["SS0404", "SS0106"])]
#[case::other_file("id = \"kv\"", "id = \"other\"", &["SS0109"])]
#[case::port("port = 2056", "port = 65536", &["SS0105"])]
#[case::language("{ fr = \"s\", en = \"s\" }", "{ fr = \"s\" }", &["SS0108"])]
#[case::one_language("{ fr = \"s\", en = \"s\" }", "\"s\"", &["SS0108"])]
#[case::empty("source = \"s\"", "source = \" \"", &["SS0107"])]
#[case::law("law = \"protocol\"", "law = \"datagrams\"", &["SS0416"])]
#[case::half_close("law = \"protocol\"", "law = \"half_close\"", &["SS0104"])]
fn mistakes_of_the_whole(#[case] from: &str, #[case] to: &str, #[case] expected: &[&str]) {
    let source = format!("{HEAD}{WORDS}{FIRST}");
    assert!(source.contains(from));
    let source = source.replacen(from, to, 1);
    assert_eq!(codes(&source), expected, "{}", check(&source));
}

#[rstest]
#[case::first("C~ /a|b/\nS: x\nC: y", &[])]
#[case::behind_a_comment("# free\nC~ /a|b/\nS: x", &[])]
#[case::later("C: y\nC~ /a|b/\nS: x", &["SS0514"])]
#[case::after_typing("in: y\nC~ /a|b/\nS: x", &["SS0514"])]
#[case::twice("C~ /a/\nS: x\nC~ /b/\nS: x", &["SS0514"])]
#[case::in_a_group("any order\nC~ /a/\nS: x\nend", &["SS0514"])]
fn what_a_client_asks_by_itself_stands_first(#[case] dialogue: &str, #[case] expected: &[&str]) {
    let second = SECOND.replace("law = \"protocol\"", "law = \"clients\"\nneeds = \"run\"");
    let source = format!("{HEAD}{WORDS}{FIRST}{second}dialogue = '''\n{dialogue}\n'''");
    assert_eq!(codes(&source), expected, "{}", check(&source));
}

#[rstest]
#[case::pattern("C~ /a/\nS: x", &["SS0514"])]
#[case::cut("C: a | b\nS: x", &["SS0513"])]
#[case::events("C: a\nC! fin\nS! close\nS! silence", &["SS0506", "SS0506", "SS0503"])]
#[case::several("C: a\nS: x\nC: b\nC! close", &[])]
fn mistakes_over_udp(#[case] dialogue: &str, #[case] expected: &[&str]) {
    let head = HEAD.replace("tcp", "udp").replace("lines", "datagram");
    let first = FIRST.replace("law = \"protocol\"", "law = \"datagrams\"");
    let source = format!("{head}{WORDS}{first}{SECOND}dialogue = '''\n{dialogue}\n'''");
    let mut found = codes(&source);
    let mut expected = expected.to_vec();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected, "{}", check(&source));
}

#[test]
fn a_second_client_is_owed_nothing_by_an_iterative_server() {
    let head = HEAD.replace("parallel", "iterative");
    let case = |body: &str| format!("{head}{WORDS}{FIRST}{SECOND}dialogue = '''\n{body}\n'''");
    assert_eq!(codes(&case("C1: a\nC2: b\nS2: x\nS1: x")), ["SS0512"]);
    assert_eq!(
        codes(&case("C1: a\nS1: x\nC1! close\nC2: b\nS2: x")),
        [""; 0]
    );
}

#[test]
fn cases_that_wait_for_each_other_are_told_once() {
    let second = |id: &str, after: &str| {
        let head = SECOND.replace("second", id);
        format!("{head}after = ['{after}']\ndialogue = 'S! close'\n")
    };
    let source = format!(
        "{HEAD}{WORDS}{FIRST}{}{}{}",
        second("a", "b"),
        second("b", "c"),
        second("c", "a")
    );
    assert_eq!(codes(&source), ["SS0403"]);
    snapshot!(check(&source));
}

/// The place of a mistake is exact in literal strings, and the whole value where TOML has escapes.
#[rstest]
#[case::literal("dialogue = 'C: \\q'", "\\q")]
#[case::multi_line("dialogue = '''\nC: a\nS: \\q\n'''", "\\q")]
#[case::basic_without_escapes("dialogue = \"C: }\"", "}")]
#[case::basic_with_escapes("dialogue = \"C: \\\\q\"", "\"C: \\\\q\"")]
#[case::crlf("dialogue = '''\r\nC: a\r\nS: \\q\r\n'''", "\\q")]
fn places_are_those_of_the_file(#[case] body: &str, #[case] expected: &str) {
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}{body}");
    let (_, found) = load("kv.toml", &source);
    let span = found[0].label.span;
    assert_eq!(&source[span.start..span.end], expected);
}

#[test]
fn limits_hold_and_are_told() {
    let large = format!("{HEAD}{}", "# long\n".repeat(200_000));
    assert_eq!(codes(&large), ["SS0001"]);

    let steps = "C: a\n".repeat(10_001);
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}dialogue = '''\n{steps}S: x\n'''");
    assert_eq!(codes(&source), ["SS0218"]);

    let repeats = "C: {repeat:16000000:x}\n".repeat(5);
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}dialogue = '''\n{repeats}S: x\n'''");
    assert_eq!(codes(&source), ["SS0218"]);

    let rows = "{k = '{repeat:16000000:x}'},".repeat(5);
    let source =
        format!("{HEAD}{WORDS}{FIRST}{SECOND}rows = [{rows}]\ndialogue = '''\nC: {{k}}\nS: x\n'''");
    assert_eq!(codes(&source), ["SS0218"]);

    let rows = "{k = 'a'},".repeat(1001);
    let source =
        format!("{HEAD}{WORDS}{FIRST}{SECOND}rows = [{rows}]\ndialogue = '''\nC: {{k}}\nS: x\n'''");
    assert_eq!(codes(&source), ["SS0003"]);

    let lines = "x\n".repeat(5000);
    let source = format!("{HEAD}{WORDS}{FIRST}{SECOND}dialogue = '''\n{lines}'''");
    let found = codes(&source);
    assert_eq!((found.len(), found[200]), (201, "SS0004"));
}

#[test]
fn cuts_are_not_derived_where_they_are_not_free() {
    let head = HEAD.replace("lines", "recv");
    let source =
        format!("{head}{WORDS}{FIRST}{SECOND}derive = ['segmentation']\ndialogue = 'S! close'");
    assert_eq!(codes(&source), ["SS0411"]);
    let (spec, _) = load("kv.toml", &format!("{head}{WORDS}{FIRST}"));
    assert!(!spec.unwrap().cases[0].derive.segmentation);
}

#[test]
fn a_line_too_long_to_be_drawn_still_has_its_place() {
    let source = format!("# {}\nid = {}3", "é".repeat(20_000), " ".repeat(20_000));
    let drawn = check(&source);
    assert!(drawn.contains("--> kv.toml:2:20006\n"), "{drawn}");
    assert!(drawn.len() < 2000);
}
