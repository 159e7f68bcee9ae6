//! The exercises' servers with exactly one student mistake each.
