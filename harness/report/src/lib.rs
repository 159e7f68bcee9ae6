//! A grade as text for people and machines. Pure functions: no socket, no clock, nothing printed.
//!
//! Flow: [`Grade`](sockspec_case::grade::Grade) → [`wire`] (the document `sockspec.grade/1`, in one
//! language) → what students may see → one of the [formats](Format). Since every format is a
//! function of the document, a saved grade renders again as well as a fresh one: see [`json::read`].
//!
//! Invariant: nothing that a student's program sent reaches a format unescaped (see [`escape`]).

pub mod class;
mod compare;
mod convert;
pub mod escape;
pub mod explain;
mod export;
mod family;
mod format;
pub mod handout;
mod html;
pub mod json;
mod junit;
mod options;
pub mod terminal;
pub mod texts;
mod transcript;
mod visible;
pub mod wire;

pub use convert::{PAYLOAD_BYTES, law, to_wire};
pub use export::moodle::write as moodle_gradebook;
pub use format::{Format, UnknownFormat, render, render_wire};
pub use options::{Detail, NoScale, Options, Scale};
pub use texts::Lang;
pub use transcript::EVENTS;
pub use visible::for_students;

/// The name most like `wanted`.
fn nearest(wanted: &str, names: impl Iterator<Item = &'static str>) -> &'static str {
    let likeness = |name: &str| strsim::jaro_winkler(name, wanted);
    names
        .max_by(|a, b| likeness(a).total_cmp(&likeness(b)))
        .unwrap_or_default()
}
