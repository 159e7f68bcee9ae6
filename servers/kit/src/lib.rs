//! What the servers share: listening, shutdown, limits.
