//! Placeholder.
use super::codes;
codes! {}
