//! What happened: the events of one play, in order, with their times.
//!
//! A transcript is complete: whatever the judge decides, it decides from here, so a saved transcript
//! judged again gives the same verdict.

use std::time::Duration;

use sockspec_spec::dialogue::Protocol;

use crate::loss::Direction;
use crate::port::PortSeen;
use crate::program::{Exit, Stream};

/// The events of one play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Transcript {
    /// Wall-clock time of the play's start, in microseconds since the Unix epoch (answers that hold
    /// a date are compared with it).
    pub started_us: i64,
    /// What happened, in the order in which the harness saw it.
    pub events: Vec<Event>,
}

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Time since the play's start.
    pub at: Duration,
    /// Connection number (1-based), as in the dialogue; 0 for the program itself.
    pub connection: u8,
    /// What happened.
    pub kind: Kind,
}

/// What happened to a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The connection stands (for UDP: a socket of its own is bound).
    Opened,
    /// The case goes on with the connection of the case before it (a target that serves one client).
    Continued,
    /// The connection could not be made.
    NotOpened(ConnectError),
    /// The harness sent one segment, or one datagram.
    Sent {
        /// The bytes.
        bytes: Vec<u8>,
        /// How the harness knew that the target had read them before it went on.
        barrier: Barrier,
    },
    /// The harness sent the same datagram once more, as a network that doubles it does.
    Doubled(Vec<u8>),
    /// A datagram went no further: the harness did not send it, or took no notice of it.
    Lost {
        /// Which way it was going.
        direction: Direction,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A datagram is held back for a while.
    Held {
        /// Which way it is going.
        direction: Direction,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The harness could not send: the target had closed or reset.
    SendFailed,
    /// The harness ended its direction.
    SentFin,
    /// The harness reset the connection.
    SentReset,
    /// The harness closed the connection.
    Closed,
    /// The harness stopped reading.
    Stalled,
    /// The harness reads again.
    Resumed,
    /// The harness let time pass.
    Waited,
    /// These bytes came: one read of a stream, or one datagram.
    Received(Vec<u8>),
    /// This datagram came, but not from the address that was asked.
    Elsewhere {
        /// Where it came from, `HOST:PORT`.
        from: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// The target ended its direction.
    Fin,
    /// The target reset the connection (for UDP: the port is closed).
    Reset,
    /// Nothing more will come: see how it is known.
    Quiet(Silence),
    /// The target has read all that was sent.
    Read(Barrier),
    /// The target has not read all that was sent, and had the time, or closed.
    Unread,
    /// More came than the harness is willing to keep; the rest was dropped.
    Flooded,
    /// The program printed this on its standard output or error; connection 0.
    Printed {
        /// On which.
        stream: Stream,
        /// What.
        bytes: Vec<u8>,
        /// How many bytes more came right after, and were not kept.
        left_out: u64,
    },
    /// The harness typed this on the program's standard input; connection 0.
    Typed(Vec<u8>),
    /// The harness ended the program's standard input; connection 0.
    TypedEnd,
    /// The program ended; connection 0.
    Ended(Exit),
    /// The kernel was asked about these ports; connection 0.
    Ports(Protocol, Vec<PortSeen>),
    /// Nobody listens where the client was sent.
    NobodyListens,
    /// The harness sent this datagram from another address than the one that was asked.
    SentElsewhere(Vec<u8>),
    /// The verdict stands; what follows is the goodbye.
    Judged,
    /// The harness itself was too late to judge (its own timers were starved).
    Starved,
}

/// Why a connection could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConnectError {
    /// Nothing listens there.
    Refused,
    /// No answer within the connect deadline.
    TimedOut,
    /// The address cannot be reached.
    Unreachable,
    /// Any other error of the system.
    Other,
}

/// How the harness knew that a segment had been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Barrier {
    /// It did not need to know: nothing followed at once.
    None,
    /// The kernel said that the target had read all of it.
    Kernel,
    /// The segment was acknowledged and a bounded pause followed: the cut is *unverified*.
    Acknowledged,
}

/// How the harness knew that nothing more would come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Silence {
    /// Every thread of the target was blocked and nothing was under way.
    Blocked,
    /// A window that is a multiple of the measured latency went by.
    Window,
    /// The deadline of the expectation went by.
    Deadline,
    /// The deadline went by, and the target was running at full speed all the time.
    Busy,
}

impl Transcript {
    /// All bytes received on a connection, joined.
    pub fn received(&self, connection: u8) -> Vec<u8> {
        self.joined(connection, |kind| match kind {
            Kind::Received(bytes) => Some(bytes),
            _ => None,
        })
    }

    /// All bytes sent on a connection, joined.
    pub fn sent(&self, connection: u8) -> Vec<u8> {
        self.joined(connection, Kind::sent)
    }

    fn joined(&self, connection: u8, pick: fn(&Kind) -> Option<&Vec<u8>>) -> Vec<u8> {
        self.events
            .iter()
            .filter(|event| event.connection == connection)
            .filter_map(|event| pick(&event.kind))
            .flatten()
            .copied()
            .collect()
    }
}

impl Kind {
    /// The bytes, where the harness sent some to the target.
    pub fn sent(&self) -> Option<&Vec<u8>> {
        match self {
            Kind::Sent { bytes, .. } | Kind::Doubled(bytes) => Some(bytes),
            _ => None,
        }
    }
}
