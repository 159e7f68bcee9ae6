//! Reads the servers of a case: several instances of the program, and whom each is told to ask.

use super::MAX_CASES;
use super::context::Located;
use super::fields::{Fields, not_allowed};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::model::{Derive, Peer, Played, Setup};

/// Most servers of one case: more would measure the machine.
const MAX_SERVERS: usize = 16;

/// Reads `servers`.
pub(super) fn read(fields: &Fields<'_, '_>) -> Vec<Setup> {
    let tables = fields.tables("servers", "a server", MAX_SERVERS);
    let count = tables.len();
    let setup = |table: Fields<'_, '_>| {
        let peer = table.optional_text("peer");
        let data_file = table.optional_text("data-file");
        let setup = Setup {
            peer: peer.map_or(Peer::None, |located| peer_of(&table, &located, count)),
            data_file: data_file.map(|located| located.text),
            played: played(&table, count),
        };
        table.finish();
        setup
    };
    if let Some(asked) = tables.first().and_then(|one| one.optional_text("asked")) {
        fields.context.report(
            Diagnostic::new(
                &codes::NOT_ALLOWED,
                asked.span,
                "clients come to the first server: it is the program under test",
            )
            .help("give these words to another server"),
        );
    }
    tables.into_iter().map(setup).collect()
}

/// What the harness says in a server's place: what it is asked and what it answers go together.
fn played(fields: &Fields<'_, '_>, count: usize) -> Option<Played> {
    let (asked, answer) = match (
        fields.optional_text("asked"),
        fields.optional_text("answer"),
    ) {
        (None, None) => return None,
        (Some(asked), None) => (asked, fields.required_text("answer")),
        (None, Some(answer)) => (fields.required_text("asked"), answer),
        (Some(asked), Some(answer)) => (asked, answer),
    };
    for name in names_in(&asked.text) {
        let known: Vec<String> = (0..count).map(Setup::name).collect();
        if !known.iter().any(|one| one == name) {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            fields.context.report(not_allowed(&asked, name, &known));
        }
    }
    Some(Played {
        asked: asked.text,
        answer: answer.text,
    })
}

/// The names that stand between braces.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let inside = text.split('{').skip(1);
    inside.filter_map(|rest| rest.split('}').next())
}

fn peer_of(fields: &Fields<'_, '_>, located: &Located, count: usize) -> Peer {
    let number = |text: &str| match text.parse::<usize>() {
        Ok(number) if (1..=count).contains(&number) => Some(number - 1),
        _ => None,
    };
    match (located.text.as_str(), number(&located.text)) {
        (Peer::DEAD, _) => Peer::Dead,
        (Peer::SILENT, _) => Peer::Silent,
        (_, Some(at)) => Peer::Server(at),
        (word, None) => {
            let numbers: Vec<String> = (1..=count).map(|number| number.to_string()).collect();
            let mut allowed = vec![Peer::DEAD, Peer::SILENT];
            allowed.extend(numbers.iter().map(String::as_str));
            fields.context.report(not_allowed(located, word, &allowed));
            Peer::None
        }
    }
}

/// What derives from a case with servers of its own: nothing, for each variant would start them all again.
pub(super) fn no_family(fields: &Fields<'_, '_>) -> Derive {
    let families = fields.set("derive", MAX_CASES).unwrap_or_default();
    if let Some(family) = families.first() {
        fields.context.report(
            Diagnostic::new(
                &codes::CANNOT_DERIVE,
                family.span,
                "from a case with `servers`, nothing is derived",
            )
            .help("leave `derive` out"),
        );
    }
    Derive::default()
}
