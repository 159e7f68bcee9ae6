//! The `sockspec` command.
fn main() {}
