//! Plays planned cases against a target; the only harness crate with sockets and processes.
