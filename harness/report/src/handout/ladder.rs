//! A dialogue of one client as a ladder: two lines of life, time down, one arrow a message.

use maud::{Markup, html};
use sockspec_spec::dialogue::{
    Act, Actor, Dialogue, Event, Item, Step, print_pattern, print_segments,
};
use sockspec_spec::model::Framing;
use unicode_width::UnicodeWidthStr;

use crate::escape::clean;
use crate::terminal::fitted;
use crate::texts::Texts;

/// Columns between the two lines of life.
const COLUMNS: usize = 56;

/// The picture's measures: width, the lines of life, the first row, a row's height.
const WIDTH: i32 = 620;
const LEFT: i32 = 40;
const RIGHT: i32 = 580;
const TOP: i32 = 62;
const ROW: i32 = 32;

/// One thing that happens.
pub(super) struct Row {
    is_client: bool,
    is_message: bool,
    label: String,
}

/// The rows of a dialogue, of groups the first branch; `None` when it has several clients, or no message.
pub(super) fn rows(dialogue: &Dialogue, framing: Framing, texts: Texts) -> Option<Vec<Row>> {
    let mut rows = Vec::new();
    for item in &dialogue.items {
        let steps: &[Step] = match item {
            Item::Comment(_) => &[],
            Item::Step(step) => std::slice::from_ref(step),
            Item::Either(branches) => branches.first().map_or(&[], Vec::as_slice),
            Item::AnyOrder(steps) => steps,
        };
        for step in steps {
            let is_client = match step.actor {
                Actor::Client(1) => true,
                Actor::Server(1) => false,
                _ => return None,
            };
            let (is_message, label) = match &step.act {
                Act::Line(segments) => (true, print_segments(segments) + end(framing)),
                Act::Bytes(segments) => (true, print_segments(segments)),
                Act::Pattern(pattern) => (true, print_pattern(pattern)),
                Act::Event(event) => (false, done(*event, is_client, texts)),
            };
            rows.push(Row {
                is_client,
                is_message,
                label: clean(&label),
            });
        }
    }
    rows.iter().any(|row| row.is_message).then_some(rows)
}

/// The end that `:` adds, as it is shown.
fn end(framing: Framing) -> &'static str {
    match framing {
        Framing::Lines | Framing::Bytes | Framing::Datagram | Framing::Recv => "\\n",
    }
}

fn done(event: Event, is_client: bool, texts: Texts) -> String {
    match event {
        Event::Silence => texts.handout_silence(),
        Event::Fin | Event::Reset if is_client => texts.event(&format!("send-{}", event.keyword())),
        _ => texts.event(event.keyword()),
    }
}

/// The ladder in characters.
pub(super) fn in_characters(rows: &[Row]) -> String {
    let mut text = format!("  C{:COLUMNS$}S\n", "");
    for row in rows {
        let room = COLUMNS - 8;
        let label = fitted(&row.label, room);
        let rest = |taken: usize| COLUMNS.saturating_sub(label.width() + taken);
        let between = match (row.is_message, row.is_client) {
            (true, true) => format!("── {label} {}▶", "─".repeat(rest(5))),
            (true, false) => format!("◀{} {label} ──", "─".repeat(rest(5))),
            (false, true) => format!(" {label}{}", " ".repeat(rest(1))),
            (false, false) => format!("{}{label} ", " ".repeat(rest(1))),
        };
        text.push_str(&format!("  │{between}│\n"));
    }
    text
}

/// The ladder as a picture; everything is drawn with attributes and classes.
pub(super) fn as_picture(rows: &[Row]) -> Markup {
    let height = TOP + ROW * i32::try_from(rows.len()).unwrap_or_default();
    let said: Vec<&str> = rows.iter().map(|row| row.label.as_str()).collect();
    html! {
        svg.ladder viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(said.join(", ")) {
            @for (name, x) in [("C", LEFT), ("S", RIGHT)] {
                line.life x1=(x) x2=(x) y1="34" y2=(height - 4) {}
                rect.box x=(x - 34) y="8" width="68" height="26" rx="5" {}
                text.head x=(x) y="26" text-anchor="middle" { (name) }
            }
            @for (row, y) in rows.iter().zip((TOP..).step_by(ROW as usize)) { (drawn(row, y)) }
        }
    }
}

fn drawn(row: &Row, y: i32) -> Markup {
    let (from, to, way) = match row.is_client {
        true => (LEFT, RIGHT, 1),
        false => (RIGHT, LEFT, -1),
    };
    let label = fitted(&row.label, COLUMNS);
    if !row.is_message {
        let anchor = if row.is_client { "start" } else { "end" };
        return html! {
            g.note {
                circle.unread cx=(from) cy=(y) r="3.5" {}
                text x=(from + 10 * way) y=(y + 4) text-anchor=(anchor) { (label) }
            }
        };
    }
    let tip = to - 2 * way;
    html! {
        g class=(if row.is_client { "sent" } else { "came" }) {
            line.arrow x1=(from + 2 * way) y1=(y) x2=(tip) y2=(y) {}
            polygon.tip points=(format!("{tip},{y} {x},{} {x},{}", y - 4, y + 4, x = tip - 9 * way)) {}
            text x=((LEFT + RIGHT) / 2) y=(y - 5) text-anchor="middle" { (label) }
        }
    }
}
