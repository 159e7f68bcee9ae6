//! A recorded session as a spec, which grades both sides: whoever answers as the server did passes, and
//! whoever asks as the client did.

use std::collections::BTreeMap;

use sockspec_spec::dialogue::{Act, Actor, Dialogue, Event, Item};
use sockspec_spec::model::{
    Body, Case, Data, Derive, Echo, Framing, Law, Needs, Serving, Spec, Text, Transport, Visibility,
};

use super::{Did, Said, Seen, Side, Wording, dialogue, steps};

/// What a recording cannot know by itself.
#[derive(Clone, Debug)]
pub struct Naming {
    /// The spec's id.
    pub id: String,
    /// How the two are joined.
    pub transport: Transport,
    /// What makes a message; `None` to take it from what was said.
    pub framing: Option<Framing>,
    /// The server's port, 0 where there is none.
    pub port: u16,
}

/// What was seen, in order, with the time of each, microseconds since the Unix epoch.
pub type Recorded = Vec<(i64, Seen)>;

/// The spec of a recording; `None` when no message was heard.
pub fn spec(recorded: &Recorded, naming: &Naming) -> Option<Spec> {
    let framing = naming.framing.unwrap_or_else(|| match naming.transport {
        Transport::Udp => Framing::Datagram,
        _ => guessed(recorded),
    });
    let sessions = sessions(recorded, naming.transport);
    let parallel = sessions
        .iter()
        .any(|session| session.iter().any(|(_, seen)| seen.connection > 1));
    let mut cases: Vec<Case> = Vec::new();
    let mut known: Vec<Dialogue> = Vec::new();
    for session in &sessions {
        let said = said(session, framing);
        let dialogue = dialogue(&said);
        let asks = said.iter().any(|one| one.message.is_some());
        if !asks || known.contains(&dialogue) {
            continue;
        }
        known.push(dialogue.clone());
        let number = known.len();
        if let Some(client) = for_a_client(&said, framing) {
            cases.push(case(number, Law::Clients, client));
        }
        cases.push(case(number, Law::Protocol, dialogue));
    }
    // The control is of a server.
    cases.sort_by_key(|case| case.law == Law::Clients);
    let first = sessions.first()?.first()?;
    let ended = sessions
        .first()?
        .iter()
        .find_map(|(_, seen)| match seen.did {
            Did::Bytes(_) => None,
            _ => Some(seen.side),
        });
    Some(Spec {
        id: naming.id.clone(),
        title: both("Enregistrement", "Recording"),
        summary: both(
            "Ce qui fut dit entre un client et un serveur.",
            "What was said between a client and a server.",
        ),
        source: "recorded".into(),
        transport: naming.transport,
        framing,
        serving: match parallel {
            true => Serving::Parallel,
            false => Serving::Iterative,
        },
        port: naming.port,
        server_first: first.1.side == Side::Server,
        server_closes: ended == Some(Side::Server),
        // Every byte is as it was heard: nothing is added that could be forgiven.
        styled: false,
        echo: Echo::None,
        vocabulary: BTreeMap::new(),
        data_file: None,
        data: Data::default(),
        functions: String::new(),
        redactions: Vec::new(),
        control: cases.first()?.id.clone(),
        cases,
    })
}

fn both(fr: &str, en: &str) -> Text {
    Text {
        fr: fr.into(),
        en: en.into(),
    }
}

/// Lines where every request ends like one, else bytes.
fn guessed(recorded: &Recorded) -> Framing {
    let mut last: BTreeMap<u8, u8> = BTreeMap::new();
    for (_, seen) in recorded {
        if let (Side::Client, Did::Bytes(bytes)) = (seen.side, &seen.did)
            && let Some(byte) = bytes.last()
        {
            last.insert(seen.connection, *byte);
        }
    }
    match !last.is_empty() && last.values().all(|byte| *byte == b'\n') {
        true => Framing::Lines,
        false => Framing::Bytes,
    }
}

/// Connections that were there at the same time belong together, numbered from 1; others stand alone.
fn sessions(recorded: &Recorded, transport: Transport) -> Vec<Recorded> {
    let mut spans: BTreeMap<u8, (usize, usize)> = BTreeMap::new();
    for (place, (_, seen)) in recorded.iter().enumerate() {
        let span = spans.entry(seen.connection).or_insert((place, place));
        span.1 = place;
    }
    let mut groups: Vec<(usize, usize, Vec<u8>)> = Vec::new();
    for (connection, (start, end)) in spans {
        // Datagrams have no connection: what clients ask of one server in turn is told apart by nothing.
        let last = groups.last_mut();
        match last.filter(|group| transport != Transport::Udp && start < group.1) {
            Some(group) => {
                group.1 = group.1.max(end);
                group.2.push(connection);
            }
            None => groups.push((start, end, vec![connection])),
        }
    }
    let session = |(_, _, connections): &(usize, usize, Vec<u8>)| {
        let renumbered = |(at, seen): &(i64, Seen)| {
            let place = connections.iter().position(|one| *one == seen.connection)?;
            let connection = u8::try_from(place + 1).ok()?;
            Some((
                *at,
                Seen {
                    connection,
                    ..seen.clone()
                },
            ))
        };
        recorded.iter().filter_map(renumbered).collect()
    };
    groups.iter().map(session).collect()
}

fn said(session: &Recorded, framing: Framing) -> Vec<Said> {
    let seen: Vec<Seen> = session.iter().map(|(_, seen)| seen.clone()).collect();
    let wording = Wording {
        redactions: &[],
        now_us: session.first().map_or(0, |(at, _)| *at),
    };
    let mut said = steps(&seen, framing, wording);
    for one in &mut said {
        // However a server ends a connection, it ends.
        if let (Actor::Server(_), Act::Event(_)) = (one.step.actor, &one.step.act) {
            one.step.act = Act::Event(Event::Close);
        }
    }
    // A second end of one connection says nothing more.
    said.dedup_by(|next, one| next.message.is_none() && next.step == one.step);
    said
}

/// The same for a client, on whose standard input the requests are typed: one connection, lines of text, an
/// answer to each.
fn for_a_client(said: &[Said], framing: Framing) -> Option<Dialogue> {
    let is_text = |bytes: &[u8]| {
        str::from_utf8(bytes).is_ok_and(|text| !text.is_empty() && !text.contains(char::is_control))
    };
    let first_asks = matches!(said.first()?.step.actor, Actor::Client(1));
    let fits = |one: &Said| match (&one.step.act, &one.message) {
        (Act::Line(_), Some(message)) => is_text(message),
        (Act::Bytes(_), Some(message)) => framing == Framing::Datagram && is_text(message),
        (Act::Event(_), _) => true,
        _ => false,
    };
    let alone = said
        .iter()
        .all(|one| one.step.actor.connection() == Some(1));
    if framing == Framing::Bytes || !first_asks || !alone || !said.iter().all(fits) {
        return None;
    }
    let of = |wanted: fn(&Actor) -> bool| -> Vec<&Said> {
        let messages = said.iter().filter(|one| one.message.is_some());
        messages.filter(|one| wanted(&one.step.actor)).collect()
    };
    let asked = of(|actor| matches!(actor, Actor::Client(_)));
    let answered = of(|actor| matches!(actor, Actor::Server(_)));
    // A line is typed once the one before is answered, whether the client that was heard waited or not.
    let pairs = asked.iter().zip(&answered);
    let items = pairs
        .flat_map(|(asked, answered)| [asked, answered].map(|one| Item::Step(one.step.clone())));
    (asked.len() == answered.len()).then(|| Dialogue {
        items: items.collect(),
    })
}

fn case(number: usize, law: Law, dialogue: Dialogue) -> Case {
    let is_client = law == Law::Clients;
    let (id, title) = match is_client {
        true => (
            format!("session-{number}-client"),
            both(
                &format!("le client de la séance {number}"),
                &format!("the client of session {number}"),
            ),
        ),
        false => (
            format!("session-{number}"),
            both(&format!("séance {number}"), &format!("session {number}")),
        ),
    };
    let packable = dialogue.obstacle_to_sharing().is_none();
    Case {
        id,
        version: 1,
        level: 1,
        law,
        points: 1,
        clause: "recorded".into(),
        title,
        hint: Text::default(),
        needs: Needs::Address,
        after: Vec::new(),
        visibility: Visibility::Shown,
        // What was not said was not heard: nothing is known of other cuts.
        derive: Derive::default(),
        packable,
        rows: Vec::new(),
        corpus: None,
        cause: None,
        serving: None,
        servers: Vec::new(),
        body: Body::Dialogue(dialogue),
    }
}
