//! What changes from run to run, taken out of a text.

use std::sync::LazyLock;

use regex::Regex;

/// A pattern and what stands for it. Times keep their width, so that columns stay columns.
static CHANGING: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    let pairs = [
        (r"127\.0\.0\.1:\d{4,5}", "127.0.0.1:PORT"),
        (r"127\.0\.0\.1 \d{4,5}", "127.0.0.1 PORT"),
        (r"\d\d\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?", "DATE"),
        (r"(after|après) \d+ ms", "$1 TIME ms"),
    ];
    pairs
        .into_iter()
        .map(|(pattern, with)| (regex(pattern), with))
        .collect()
});

/// A line of a transcript, as the terminal report draws it.
static TRANSCRIPT: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^(?:  \w+| {12}) +(?:\d+[.,]\d{3} ms |… \d+ )"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is right")
}

/// The text without times and ports.
///
/// Of a transcript only its place remains: how many reads an answer takes is the machine's choice.
pub fn steady(text: &str) -> String {
    let mut steady = String::new();
    let mut inside = false;
    for line in text.split_inclusive('\n') {
        let transcript = TRANSCRIPT.is_match(line);
        match (transcript, inside) {
            (true, false) => steady.push_str("  transcript  …\n"),
            (true, true) => {}
            (false, _) => steady.push_str(line),
        }
        inside = transcript;
    }
    CHANGING.iter().fold(steady, |text, (pattern, with)| {
        pattern.replace_all(&text, *with).into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_ports_and_transcripts_go() {
        let report = "  target      127.0.0.1:40123 (server)\n  transcript       0.098 ms  C! connects\n               \
                      1005.075 ms  S: \"a\"\n  reproduce   nc 127.0.0.1 40123\nnothing after 12 ms\n";
        let wanted = "  target      127.0.0.1:PORT (server)\n  transcript  …\n  \
                      reproduce   nc 127.0.0.1 PORT\nnothing after TIME ms\n";
        assert_eq!(steady(report), wanted);
    }
}
