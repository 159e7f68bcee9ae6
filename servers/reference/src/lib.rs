//! Reference servers and clients of the exercises.
