//! A grade as text for people and machines.
