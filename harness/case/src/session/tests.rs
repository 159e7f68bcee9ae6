use sockspec_spec::model::Transport;

use super::*;

fn seen(script: &[(u8, Side, &str)]) -> Vec<Seen> {
    let one = |(connection, side, text): &(u8, Side, &str)| Seen {
        connection: *connection,
        side: *side,
        did: match *text {
            "FIN" => Did::Fin,
            "RST" => Did::Reset,
            text => Did::Bytes(text.as_bytes().to_vec()),
        },
    };
    script.iter().map(one).collect()
}

const QUIET: Wording<'_> = Wording {
    redactions: &[],
    now_us: 0,
};

use Side::{Client as C, Server as S};

#[test]
fn lines_are_whole_however_they_were_cut() {
    let seen = seen(&[
        (1, C, "fa"),
        (1, C, "\nmi\nl"),
        (1, S, "OK sill\nOK"),
        (1, S, " lion\n"),
        (1, C, "i"),
        (1, C, "FIN"),
        (1, S, "bye"),
        (1, S, "FIN"),
        (1, C, "late"),
    ]);
    let text = dialogue(&steps(&seen, Framing::Lines, QUIET)).to_string();
    assert_eq!(
        text,
        "C: fa\nC: mi\nC> l\nS: OK sill\nS: OK lion\nC> i\nC! fin\nS> bye\nS! fin\n"
    );
}

#[test]
fn who_speaks_first_is_told() {
    let seen = seen(&[(1, S, "hello\n"), (1, C, "x\n")]);
    let text = dialogue(&steps(&seen, Framing::Lines, QUIET)).to_string();
    assert_eq!(text, "C! open\nS: hello\nC: x\n");
}

#[test]
fn what_is_another_each_time_is_told_by_a_pattern() {
    let redactions = [Redaction {
        pattern: "[0-9]+".into(),
        with: "{int}".into(),
    }];
    let wording = Wording {
        redactions: &redactions,
        now_us: 1_788_250_000_000_000,
    };
    let text = |answer: &str| {
        let seen = seen(&[(1, S, answer)]);
        dialogue(&steps(&seen, Framing::Lines, wording)).to_string()
    };
    assert_eq!(
        text("client 12 of 30\n"),
        "C! open\nS~ client {int} of {int}\n"
    );
    let now = Wording {
        redactions: &[],
        ..wording
    };
    let seen = seen(&[(1, S, "Date: 2026-09-01T08:06:40Z\r\n")]);
    let text = dialogue(&steps(&seen, Framing::Lines, now)).to_string();
    assert_eq!(text, "C! open\nS~ Date: {timestamp}\n");
}

fn recorded(script: &[(u8, Side, &str)]) -> Recorded {
    seen(script).into_iter().map(|seen| (0, seen)).collect()
}

fn naming(transport: Transport) -> Naming {
    Naming {
        id: "heard".into(),
        transport,
        framing: None,
        port: 2056,
    }
}

fn loaded(script: &[(u8, Side, &str)], transport: Transport) -> Spec {
    let spec = spec(&recorded(script), &naming(transport)).expect("something was said");
    let text = sockspec_spec::write(&spec);
    let (again, diagnostics) = sockspec_spec::load("heard.toml", &text);
    assert!(diagnostics.is_empty(), "{diagnostics:?}\n{text}");
    assert_eq!(again.as_ref(), Some(&spec), "{text}");
    spec
}

use sockspec_spec::Spec;

#[test]
fn a_recording_is_a_spec_for_both_sides() {
    let spec = loaded(
        &[
            (1, C, "fa\n"),
            (1, S, "OK sill\n"),
            (1, C, "FIN"),
            (1, S, "FIN"),
        ],
        Transport::Tcp,
    );
    let ids: Vec<&str> = spec.cases.iter().map(|case| &case.id[..]).collect();
    assert_eq!(ids, ["session-1", "session-1-client"]);
    assert_eq!((spec.framing, spec.server_closes), (Framing::Lines, false));
}

#[test]
fn sessions_at_the_same_time_are_one_case_and_others_their_own() {
    let spec = loaded(
        &[
            (1, C, "a\n"),
            (2, C, "b\n"),
            (1, S, "A\n"),
            (2, S, "B\n"),
            (1, S, "FIN"),
            (2, S, "FIN"),
            (3, C, "c\n"),
            (3, S, "C\n"),
            (4, C, "c\n"),
            (4, S, "C\n"),
        ],
        Transport::Tcp,
    );
    let servers: Vec<&str> = spec
        .cases
        .iter()
        .map(|case| &case.id[..])
        .filter(|id| !id.ends_with("client"))
        .collect();
    // The fourth says what the third said.
    assert_eq!(servers, ["session-1", "session-2"]);
}

#[test]
fn bytes_and_datagrams_are_recorded_as_they_are() {
    let spec = loaded(
        &[(1, C, "abc"), (1, S, "abc"), (1, S, "FIN")],
        Transport::Tcp,
    );
    assert_eq!(spec.framing, Framing::Bytes);
    let spec = loaded(
        &[(1, C, "abc"), (1, S, ""), (2, C, "\0"), (2, S, "x")],
        Transport::Udp,
    );
    assert_eq!(spec.framing, Framing::Datagram);
    assert!(super::spec(&Recorded::new(), &naming(Transport::Tcp)).is_none());
}
