//! What the crate promises: one binary, one module a promise.

mod arbitrary;
mod dialogue_errors;
mod dialogue_text;
mod load_specs;
mod round_trip;
mod snapshot;
