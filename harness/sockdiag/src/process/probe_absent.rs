//! Stands in where another process cannot be looked into: everything is `Unsupported`.

use std::io;
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    Receive,
    Send,
}

pub(crate) fn two_words(_pid: u32, _address: u64) -> io::Result<[u64; 2]> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn borrow(_pid: u32, _descriptor: u64) -> io::Result<OwnedFd> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn has_time_limit(_pid: u32, _descriptor: u64, _limit: Limit) -> io::Result<bool> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn cpu_time(_pid: u32) -> io::Result<Duration> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn now(_clock: i32) -> io::Result<Duration> {
    Err(io::ErrorKind::Unsupported.into())
}

pub(crate) fn moment_of(_ticks: u64) -> Option<Instant> {
    None
}
