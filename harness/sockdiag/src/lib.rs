//! What the kernel knows of a socket and of the process behind it.
