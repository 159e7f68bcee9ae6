//! The reference servers pass everything, strictly too: what fails them is wrong in the suite.

use rstest::rstest;

use crate::SOCKSPEC;
use crate::flawed_fail::needs_start;

#[rstest]
#[case::echo_tcp("echo-tcp", &[])]
#[case::echo_udp("echo-udp", &[])]
#[case::upper_tcp_ascii("upper-tcp", &["--dialect", "ascii"])]
#[case::upper_tcp_unicode("upper-tcp", &["--dialect", "unicode"])]
#[case::upper_udp_ascii("upper-udp", &["--dialect", "ascii"])]
#[case::upper_udp_unicode("upper-udp", &["--dialect", "unicode"])]
#[case::text_commands("text-commands", &[])]
#[case::mystery_number("mystery-number", &[])]
#[case::short_game("mystery-number", &["--n", "10", "--k", "4"])]
#[case::kv("kv", &[])]
#[case::files("files", &[])]
#[case::web("web", &[])]
#[case::daytime_tcp("daytime-tcp", &[])]
#[case::daytime_udp("daytime-udp", &[])]
#[case::time_tcp("time-tcp", &[])]
#[case::time_udp("time-udp", &[])]
#[case::discard_tcp("discard-tcp", &[])]
#[case::discard_udp("discard-udp", &[])]
#[case::chargen_tcp("chargen-tcp", &[])]
#[case::chargen_udp("chargen-udp", &[])]
#[case::unix_successor("unix-successor", &[])]
#[case::bar("bar", &[])]
fn every_case_passes(
    #[case] exercise: &str,
    #[case] options: &[&str],
    #[values(false, true)] strict: bool,
) {
    let server = SOCKSPEC.serve(exercise, None, options);
    let flags: &[&str] = if strict { &["--strict"] } else { &[] };
    let graded = SOCKSPEC.grade(exercise, server.address(), flags);
    assert_eq!(graded.grade.not_passed(), "");
    assert_eq!(graded.grade.exercise, exercise);
    assert_eq!(graded.grade.score.points, graded.grade.score.max);
    assert_eq!(graded.code, 0);
}

#[test]
fn every_case_passes_where_the_harness_starts_the_server() {
    for exercise in sockspec_reference::exercises() {
        let command = SOCKSPEC.serving(exercise, None);
        let graded = SOCKSPEC.grade_run(exercise, &command, &["--strict"]);
        let not_passed = graded.grade.not_passed();
        // What many clients leave behind is not asked of a server that one client ends.
        let excused = |line: &&str| {
            let leftovers = ["descriptors", "threads", "children", "memory"];
            ONE_CLIENT.contains(exercise) && leftovers.iter().any(|one| line.starts_with(one))
        };
        let left: Vec<&str> = not_passed.lines().filter(|line| !excused(line)).collect();
        assert_eq!(left, [""; 0], "{exercise}");
        assert_eq!(graded.code, 0);
    }
}

/// The exercises whose reference server ends with its first client.
const ONE_CLIENT: [&str; 2] = ["chat-turns", "chat-duplex"];

#[test]
fn every_exercise_is_tried() {
    let source = include_str!("reference_passes.rs");
    let by_address = sockspec_reference::exercises().iter();
    // What shows on a program's own streams only is graded above.
    for exercise in by_address.filter(|one| !needs_start(one)) {
        assert!(
            source.contains(&format!("\"{exercise}\"")),
            "`{exercise}` has no row above"
        );
    }
}
