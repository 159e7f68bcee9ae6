//! End-to-end tests of sockspec.
