//! A transcript as a ladder: a line of life for each client and for the server, time down, one
//! arrow a segment, and between two segments sent in a row the cut that the harness made there.
//!
//! Everything is drawn with attributes and classes: the page's policy allows no inline style.

use maud::{Markup, html};
use unicode_width::UnicodeWidthStr;

use crate::escape::clean;
use crate::terminal::fitted;
use crate::texts::Texts;
use crate::transcript::{remark, said};
use crate::wire::{WireEvent, WireGrade};

use super::segments::Segments;

/// Coordinates: the picture is this wide; the lifelines stand between `LEFT` and `RIGHT`.
const WIDTH: i32 = 760;
const LEFT: i32 = 128;
const RIGHT: i32 = 712;
const TOP: i32 = 58;
const ROW: i32 = 32;
const CUT: i32 = 18;

/// Columns of a monospaced label are about this wide.
const COLUMN: i32 = 8;

/// Columns of a note's proportional letters are at most about this wide on average.
const NOTE_COLUMN: i32 = 7;

/// Right of the times.
const TIMES: i32 = 86;

/// More clients would not fit: the table says all.
const CLIENTS: usize = 6;

/// More events would make a picture that nobody follows: its end is what matters.
const EVENTS: usize = 60;

/// What the program printed is shown up to this width, in columns.
const PRINTED: usize = 60;

/// A pause of so many microseconds is drawn wider.
const PAUSE: u64 = 50_000;

/// What should have come, to be drawn beside what came.
pub(super) struct Wanted {
    /// The answer as text.
    pub text: String,
    /// The index of the event that is not it; `None` when nothing came.
    pub instead_of: Option<usize>,
}

/// The picture; `None` when there is nothing to draw, or too many clients.
pub(super) fn draw(
    grade: &WireGrade,
    events: &[WireEvent],
    wanted: Option<&Wanted>,
    texts: Texts,
) -> Option<Markup> {
    let lanes = Lanes::of(events)?;
    let first = events.len().saturating_sub(EVENTS);
    let segments = Segments::of(events);
    let mut pen = Pen {
        y: TOP,
        rows: Vec::new(),
        lanes: &lanes,
        texts,
    };
    if first > 0 {
        pen.across(&texts.events_left_out(first as u64));
    }
    let mut shown = false;
    for (index, event) in events.iter().enumerate().skip(first) {
        if let Some(cut) = segments.cut_before(index)
            && index > first
        {
            pen.cut(event, cut.inside.as_deref());
        }
        if index > first && event.t_us.saturating_sub(events[index - 1].t_us) > PAUSE {
            pen.y += ROW / 2;
        }
        let is_wrong = wanted.is_some_and(|wanted| wanted.instead_of == Some(index));
        let ends = matches!(
            event.event.as_str(),
            "quiet" | "close" | "fin" | "reset" | "judged"
        );
        let last_word = wanted.filter(|wanted| wanted.instead_of.is_none() && !shown && ends);
        if let Some(wanted) = last_word.filter(|_| event.actor != "S" || event.event != "fin") {
            pen.wanted(event, &grade.role, &wanted.text);
            shown = true;
        }
        pen.event(event, &grade.role, is_wrong);
        if let Some(wanted) = wanted.filter(|_| is_wrong) {
            pen.wanted(event, &grade.role, &wanted.text);
            shown = true;
        }
    }
    if let (Some(wanted), Some(last), false) = (wanted, events.last(), shown) {
        pen.wanted(last, &grade.role, &wanted.text);
    }
    let (height, rows) = (pen.y + 6, pen.rows);
    let life = |x: i32| html! { line.life x1=(x) y1="34" x2=(x) y2=(height - 4) {} };
    Some(html! {
        svg.ladder viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(texts.html_diagram_text(events.len() as u64)) {
            @for (name, x) in lanes.heads() {
                (life(x))
                rect.box x=(x - 34) y="8" width="68" height="26" rx="5" {}
                text.head x=(x) y="26" text-anchor="middle" { (name) }
            }
            @for row in rows { (row) }
        }
    })
}

/// Where each lifeline stands.
struct Lanes {
    clients: Vec<(u8, i32)>,
    server: i32,
}

impl Lanes {
    fn of(events: &[WireEvent]) -> Option<Self> {
        // What the program prints is on no connection.
        let connections = events.iter().map(|event| event.connection);
        let mut numbers: Vec<u8> = connections.filter(|number| *number > 0).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let span = RIGHT - LEFT;
        match numbers.as_slice() {
            [] => None,
            [only] => Some(Lanes {
                clients: vec![(*only, LEFT)],
                server: RIGHT,
            }),
            [one, two] => Some(Lanes {
                clients: vec![(*one, LEFT), (*two, RIGHT)],
                server: LEFT + span / 2,
            }),
            many if many.len() > CLIENTS => None,
            many => {
                let gap = span / i32::try_from(many.len()).unwrap_or(1);
                let xs = (0..).map(|index| LEFT + gap * index);
                Some(Lanes {
                    clients: many.iter().copied().zip(xs).collect(),
                    server: RIGHT,
                })
            }
        }
    }

    fn client(&self, connection: u8) -> i32 {
        self.clients
            .iter()
            .find(|(number, _)| *number == connection)
            .map_or(LEFT, |(_, x)| *x)
    }

    fn heads(&self) -> Vec<(String, i32)> {
        let alone = self.clients.len() == 1;
        let name = |number: u8| {
            if alone {
                "C".to_owned()
            } else {
                format!("C{number}")
            }
        };
        let clients = self.clients.iter().map(|(number, x)| (name(*number), *x));
        clients.chain([("S".to_owned(), self.server)]).collect()
    }
}

struct Pen<'a> {
    y: i32,
    rows: Vec<Markup>,
    lanes: &'a Lanes,
    texts: Texts,
}

/// How an arrow ends.
#[derive(Clone, Copy, PartialEq)]
enum Tip {
    Arrow,
    Bar,
    Cross,
}

impl Pen<'_> {
    fn event(&mut self, event: &WireEvent, role: &str, is_wrong: bool) {
        let (client, server) = (self.lanes.client(event.connection), self.lanes.server);
        let target = if role == "client" { client } else { server };
        let (from, to) = if event.actor == "S" {
            (server, client)
        } else {
            (client, server)
        };
        let time = self.time(event.t_us);
        let slug = event.event.as_str();
        if let (Some(text), "print" | "type") = (&event.text, slug) {
            let said = format!("{}: {}", event.actor, payload(event, text, self.texts));
            return self.note(&time, target, &fitted(&said, PRINTED));
        }
        if let Some(text) = &event.text {
            let kind = match (slug, is_wrong) {
                (_, true) => "wrong",
                ("receive", false) => "came",
                _ => "sent",
            };
            let mut text = payload(event, text, self.texts);
            let remark = remark(event, self.texts);
            if let Some(said) = &remark {
                text = format!("{text} ({})", clean(said));
            }
            let stops = matches!(slug, "lose" | "hold");
            let tip = if stops { Tip::Cross } else { Tip::Arrow };
            let read = match event.known_by.as_deref() {
                Some("kernel") => Some("read"),
                Some("acknowledged") => Some("unread"),
                _ => None,
            };
            return self.arrow(kind, &time, from, to, &text, tip, read);
        }
        let said = clean(&said(event, self.texts));
        match slug {
            "open" | "continue" => self.arrow("link", &time, from, to, &said, Tip::Arrow, None),
            "refused" | "connect-timed-out" | "unreachable" | "connect-failed" => {
                self.arrow("rst", &time, client, server, &said, Tip::Cross, None);
            }
            "send-fin" | "fin" => self.arrow("fin", &time, from, to, "FIN", Tip::Bar, None),
            "send-reset" | "reset" => self.arrow("rst", &time, from, to, "RST", Tip::Cross, None),
            "left-out" | "wait" | "starved" => self.across(&said),
            "quiet" | "type-end" | "exit" | "killed" => self.note(&time, target, &said),
            _ => self.note(&time, from, &said),
        }
    }

    /// What should have come, from the target to whom the event belongs.
    fn wanted(&mut self, event: &WireEvent, role: &str, text: &str) {
        let (client, server) = (self.lanes.client(event.connection), self.lanes.server);
        let (from, to) = if role == "client" {
            (client, server)
        } else {
            (server, client)
        };
        let text = self.texts.html_wanted(text);
        self.arrow("wanted", "", from, to, &clean(&text), Tip::Arrow, None);
    }

    /// The cut between two segments of one direction.
    fn cut(&mut self, event: &WireEvent, inside: Option<&str>) {
        let (client, server) = (self.lanes.client(event.connection), self.lanes.server);
        let (left, right) = (client.min(server), client.max(server));
        let said = match inside {
            Some(character) => self.texts.html_cut_inside(character),
            None => self.texts.html_cut(),
        };
        let (y, middle) = (self.y, (left + right) / 2);
        self.rows.push(html! {
            g class=(if inside.is_some() { "cutting inside" } else { "cutting" }) {
                line.scissors x1=(left + 10) y1=(y - 8) x2=(right - 10) y2=(y - 8) {}
                text x=(middle) y=(y - 4) text-anchor="middle" { (clean(&said)) }
            }
        });
        self.y += CUT;
    }

    #[expect(clippy::too_many_arguments, reason = "one arrow has so many parts")]
    fn arrow(
        &mut self,
        class: &str,
        time: &str,
        from: i32,
        to: i32,
        label: &str,
        tip: Tip,
        read: Option<&str>,
    ) {
        let y = self.y + 4;
        let way = if to > from { 1 } else { -1 };
        let end = to - way * if read.is_some() { 6 } else { 2 };
        let room = usize::try_from(((to - from).abs() - 24) / COLUMN)
            .unwrap_or(4)
            .max(4);
        let label = fitted(label, room);
        self.rows.push(html! {
            g class=(class) {
                text.time x="80" y=(y + 4) text-anchor="end" { (time) }
                line.arrow x1=(from + way * 2) y1=(y) x2=(end) y2=(y) {}
                @match tip {
                    Tip::Arrow | Tip::Bar => {
                        polygon.tip points=(format!("{end},{y} {x},{} {x},{}", y - 4, y + 4, x = end - way * 9)) {}
                    }
                    Tip::Cross => {
                        path.arrow d=(format!("M{} {}l10 10m0 -10l-10 10", end - 5 - way * 7, y - 5)) {}
                    }
                }
                @if tip == Tip::Bar {
                    line.arrow x1=(end) y1=(y - 7) x2=(end) y2=(y + 7) {}
                }
                @if let Some(read) = read {
                    circle class=(read) cx=(to) cy=(y) r="3.5" {}
                }
                text x=((from + to) / 2) y=(y - 5) text-anchor="middle" { (label) }
            }
        });
        self.y += ROW;
    }

    /// Something that happens to one side.
    fn note(&mut self, time: &str, at: i32, said: &str) {
        let y = self.y;
        let columns = |room: i32| usize::try_from(room / NOTE_COLUMN).unwrap_or_default();
        let (right, left) = (columns(WIDTH - at - 14), columns(at - 10 - TIMES));
        let (x, anchor, room) = if said.width() <= right || right >= left {
            (at + 10, "start", right)
        } else {
            (at - 10, "end", left)
        };
        let said = fitted(said, room.max(4));
        self.rows.push(html! {
            g.note {
                text.time x="80" y=(y + 4) text-anchor="end" { (time) }
                circle.unread cx=(at) cy=(y) r="3.5" {}
                text x=(x) y=(y + 4) text-anchor=(anchor) { (said) }
            }
        });
        self.y += ROW - 6;
    }

    /// Something that happens to nobody.
    fn across(&mut self, said: &str) {
        let y = self.y;
        self.rows.push(html! {
            g.note { text x=((LEFT + RIGHT) / 2) y=(y + 4) text-anchor="middle" { (clean(said)) } }
        });
        self.y += ROW - 6;
    }

    fn time(&self, t_us: u64) -> String {
        format!("{} ms", self.texts.decimal(t_us as f64 / 1000.0, 3))
    }
}

/// The bytes of a segment in one line.
fn payload(event: &WireEvent, text: &str, texts: Texts) -> String {
    let size = event.bytes.unwrap_or_default();
    let tail = match (&event.left_out, &event.tail) {
        (Some(left_out), Some(tail)) => format!(" {} \"{tail}\"", texts.bytes_left_out(*left_out)),
        _ => String::new(),
    };
    let text = clean(text);
    if size > 40 {
        format!("{size} B \"{text}\"{tail}")
    } else {
        format!("\"{text}\"{tail}")
    }
}
