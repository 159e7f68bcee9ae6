//! Spec files and the dialogue notation: text to validated [`Spec`], with diagnostics.
//!
//! Flow: text → [`dialogue`] notation and TOML → [`Spec`] or a list of [`Diagnostic`]s. A [`Spec`] can
//! only be built by the validator, so whoever holds one has nothing left to check.
//!
//! Invariants:
//! - no I/O, no tokio, no clock: a spec is a function of its text;
//! - every mistake of a file is reported at once, each with its place;
//! - printing a dialogue and parsing it again gives the same dialogue, and writing a spec and loading
//!   it again the same spec.

pub mod cause;
pub mod codes;
pub mod corpus;
pub mod diagnostic;
pub mod dialogue;
pub mod model;

mod load;
mod regexes;
mod schema;
mod suggest;
pub mod vocabulary;
mod write;

pub use diagnostic::{Diagnostic, Label, Severity};
pub use load::{
    MAX_CASES, MAX_DIAGNOSTICS, MAX_FILE_BYTES, MAX_FILES, MAX_FORMS, MAX_ROWS, ReadFile, load,
    load_with,
};
pub use model::Spec;
pub use schema::json_schema;
pub use write::write;
