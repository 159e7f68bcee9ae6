//! What an author reads when a dialogue is wrong.

use crate::snapshot::snapshot;
use sockspec_spec::{diagnostic, dialogue};

fn check(text: &str) -> String {
    match dialogue::parse(text) {
        Ok(dialogue) => format!("no mistake: {dialogue:?}"),
        Err(found) => diagnostic::render(&found, text, "kv.toml", false),
    }
}

#[test]
fn every_mistake_of_a_text_is_told() {
    snapshot!(check(
        r"
hello
: fa
c: fa
Server: fa
C fa
C0: fa
S300: fa
C! clos
C! eof
C! wait 2s
C! wait 90000ms
C: \q \x4 \u{110000} \
S: {value:sill}
S: {1a} {} { x
S: } a
S~ a | b
S~ {value:sill
S~ {value:\xFF}
S~ http://x
S~ /[a
C: {repeat:0:a} {repeat:x:a} {repeat:3:} {repeat:99999999:ab} {repeat}
S~ {repeat:3:a}
C: {repeat:2:a|b}
"
    ));
}

#[test]
fn every_mistake_of_groups_is_told() {
    snapshot!(check(
        "
or
end
either
  S: a
end
either
  S: a
or
end
any order
or
either
end
end
Either
anyorder
either
  S: x
or
  S: y
"
    ));
}

#[test]
fn what_cannot_be_seen_is_told_and_does_not_reach_the_terminal() {
    snapshot!(check("C: a\u{1b}[31m\tb\u{202E}\n# \u{7}\nS~ /\u{200B}/\n"));
}
