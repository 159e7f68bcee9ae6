//! What the crate promises: one binary, one module a promise.

mod arbitrary;
mod codes;
mod dialogue_errors;
mod dialogue_text;
mod load_errors;
mod load_laws;
mod load_specs;
mod notation_page;
mod round_trip;
mod snapshot;
