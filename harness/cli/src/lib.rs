//! The conformance suite for socket-programming exercises.
