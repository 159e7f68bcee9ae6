//! What people and machines read of a grade.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod browser;
mod class;
mod export;
mod fixture;
mod handout;
mod hidden;
mod html;
mod json;
mod junit;
mod rules;
mod terminal;
mod untrusted;
