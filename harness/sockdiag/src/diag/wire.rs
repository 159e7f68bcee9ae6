//! The bytes of a question and of an answer. Pure: no socket here.
//!
//! Layouts are those of `linux/netlink.h`, `linux/sock_diag.h`, `linux/inet_diag.h` and `linux/tcp.h`; netlink headers
//! are in native byte order, ports and addresses in network order. An answer is read field by field, and a field beyond
//! the end of what came is absent: kernels of different age give a `tcp_info` of different length.

use std::io;
use std::net::{IpAddr, SocketAddr};

/// Length of `inet_diag_req_v2` with its `nlmsghdr`.
const QUESTION_BYTES: usize = HEADER_BYTES + 56;
const HEADER_BYTES: usize = 16;
/// Length of `inet_diag_msg`, after which attributes follow.
const ANSWER_BYTES: usize = 72;

const SOCK_DIAG_BY_FAMILY: u16 = 20;
const NLM_F_REQUEST: u16 = 1;
const NLMSG_ERROR: u16 = 2;

const INET_DIAG_INFO: u16 = 2;
const INET_DIAG_SKMEMINFO: u16 = 7;
/// Attribute types carry flags in their two upper bits.
const ATTRIBUTE_TYPE: u16 = 0x3fff;

// Offsets in `tcp_info`.
const TCPI_BYTES_ACKED: usize = 120;
const TCPI_BYTES_RECEIVED: usize = 128;
const TCPI_DATA_SEGS_IN: usize = 152;
const TCPI_BYTES_SENT: usize = 200;
/// `SK_MEMINFO_DROPS`, an index in an array of `u32`.
const SK_MEMINFO_DROPS: usize = 8;

/// `ENOENT`: no such socket.
const NOT_FOUND: i32 = 2;

/// `IPPROTO_TCP` or `IPPROTO_UDP`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    Tcp,
    Udp,
}

/// Whose socket is wanted: the one at `theirs`, connected to `ours` or to nobody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    pub(super) protocol: Protocol,
    pub(super) theirs: SocketAddr,
    pub(super) ours: Option<SocketAddr>,
}

/// What an answer says, before it is known what kind of socket was meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct RawSocket {
    pub(super) state: TcpState,
    pub(super) local_port: u16,
    pub(super) peer_port: u16,
    pub(super) rqueue: u32,
    pub(super) wqueue: u32,
    pub(super) uid: u32,
    pub(super) inode: u32,
    pub(super) bytes_received: Option<u64>,
    pub(super) bytes_acked: Option<u64>,
    pub(super) bytes_sent: Option<u64>,
    pub(super) data_segs_in: Option<u32>,
    pub(super) drops: Option<u32>,
}

/// One netlink message, read.
#[derive(Debug)]
pub(super) enum Answer {
    Socket(RawSocket),
    NotFound,
    Refused(io::Error),
    /// The answer to an earlier question, or something else altogether.
    Unrelated,
}

/// State of a TCP socket, numbered as in `net/tcp_states.h`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum TcpState {
    /// Data flows.
    Established,
    /// We sent SYN.
    SynSent,
    /// SYN received, the handshake is not over.
    SynRecv,
    /// The application closed first; its FIN is not acknowledged.
    FinWait1,
    /// The application closed first; its FIN is acknowledged.
    FinWait2,
    /// Over, waiting for stray segments to die.
    TimeWait,
    /// Not connected.
    Close,
    /// The other side closed and the application has not: a leak, if it lasts.
    CloseWait,
    /// Both closed, the last FIN is not acknowledged.
    LastAck,
    /// Listening.
    Listen,
    /// Both closed at once.
    Closing,
    /// A number this crate does not know.
    Other(u8),
}

impl TcpState {
    fn from_number(number: u8) -> Self {
        match number {
            1 => Self::Established,
            2 => Self::SynSent,
            3 | 12 => Self::SynRecv,
            4 => Self::FinWait1,
            5 => Self::FinWait2,
            6 => Self::TimeWait,
            7 => Self::Close,
            8 => Self::CloseWait,
            9 => Self::LastAck,
            10 => Self::Listen,
            11 => Self::Closing,
            other => Self::Other(other),
        }
    }
}

impl Question {
    /// The whole netlink message.
    pub(super) fn encode(&self, sequence: u32) -> [u8; QUESTION_BYTES] {
        const AF_INET: u8 = 2;
        const AF_INET6: u8 = 10;
        let mut message = [0; QUESTION_BYTES];
        let (header, body) = message.split_at_mut(HEADER_BYTES);
        header[0..4].copy_from_slice(&(QUESTION_BYTES as u32).to_ne_bytes());
        header[4..6].copy_from_slice(&SOCK_DIAG_BY_FAMILY.to_ne_bytes());
        header[6..8].copy_from_slice(&NLM_F_REQUEST.to_ne_bytes());
        header[8..12].copy_from_slice(&sequence.to_ne_bytes());

        body[0] = if self.theirs.is_ipv4() {
            AF_INET
        } else {
            AF_INET6
        };
        let wanted = match self.protocol {
            Protocol::Tcp => INET_DIAG_INFO,
            Protocol::Udp => INET_DIAG_SKMEMINFO,
        };
        body[1] = match self.protocol {
            Protocol::Tcp => 6,
            Protocol::Udp => 17,
        };
        body[2] = 1 << (wanted - 1);
        body[4..8].copy_from_slice(&u32::MAX.to_ne_bytes());

        // `inet_diag_sockid`: for TCP "source" is the socket looked for; for UDP the kernel has it the other way round.
        let id = &mut body[8..56];
        let (socket, peer) = match self.protocol {
            Protocol::Tcp => (0, 1),
            Protocol::Udp => (1, 0),
        };
        put_end(id, socket, self.theirs);
        if let Some(ours) = self.ours {
            put_end(id, peer, ours);
        }
        if let SocketAddr::V6(theirs) = self.theirs {
            id[36..40].copy_from_slice(&theirs.scope_id().to_ne_bytes());
        }
        id[40..48].fill(0xff); // INET_DIAG_NOCOOKIE
        message
    }
}

/// Writes port and address of the source (0) or the destination (1) of an `inet_diag_sockid`.
fn put_end(id: &mut [u8], which: usize, address: SocketAddr) {
    id[which * 2..which * 2 + 2].copy_from_slice(&address.port().to_be_bytes());
    let at = 4 + which * 16;
    match address.ip() {
        IpAddr::V4(ip) => id[at..at + 4].copy_from_slice(&ip.octets()),
        IpAddr::V6(ip) => id[at..at + 16].copy_from_slice(&ip.octets()),
    }
}

/// Reads the first netlink message of `datagram`.
pub(super) fn decode(datagram: &[u8], sequence: u32) -> Answer {
    let invalid = || Answer::Refused(io::Error::from(io::ErrorKind::InvalidData));
    let (Some(length), Some(kind), Some(answers)) = (
        u32_at(datagram, 0),
        u16_at(datagram, 4),
        u32_at(datagram, 8),
    ) else {
        return invalid();
    };
    if answers != sequence {
        return Answer::Unrelated;
    }
    let end = datagram.len().min(length as usize);
    let Some(body) = datagram.get(HEADER_BYTES..end) else {
        return invalid();
    };
    match kind {
        NLMSG_ERROR => match u32_at(body, 0).map(|code| -(code as i32)) {
            Some(NOT_FOUND) => Answer::NotFound,
            Some(code) if code > 0 => Answer::Refused(io::Error::from_raw_os_error(code)),
            _ => invalid(),
        },
        SOCK_DIAG_BY_FAMILY => decode_socket(body).map_or_else(invalid, Answer::Socket),
        _ => Answer::Unrelated,
    }
}

fn decode_socket(body: &[u8]) -> Option<RawSocket> {
    let mut socket = RawSocket {
        state: TcpState::from_number(*body.get(1)?),
        local_port: u16_at(body, 4)?.to_be(),
        peer_port: u16_at(body, 6)?.to_be(),
        rqueue: u32_at(body, 56)?,
        wqueue: u32_at(body, 60)?,
        uid: u32_at(body, 64)?,
        inode: u32_at(body, 68)?,
        bytes_received: None,
        bytes_acked: None,
        bytes_sent: None,
        data_segs_in: None,
        drops: None,
    };
    let mut rest = &body[ANSWER_BYTES..];
    while let (Some(length), Some(kind)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let length = usize::from(length);
        let Some(value) = rest.get(4..length) else {
            break;
        };
        match kind & ATTRIBUTE_TYPE {
            INET_DIAG_INFO => {
                socket.bytes_received = u64_at(value, TCPI_BYTES_RECEIVED);
                socket.bytes_acked = u64_at(value, TCPI_BYTES_ACKED);
                socket.bytes_sent = u64_at(value, TCPI_BYTES_SENT);
                socket.data_segs_in = u32_at(value, TCPI_DATA_SEGS_IN);
            }
            INET_DIAG_SKMEMINFO => socket.drops = u32_at(value, 4 * SK_MEMINFO_DROPS),
            _ => {}
        }
        rest = rest.get(length.next_multiple_of(4)..).unwrap_or_default();
    }
    Some(socket)
}

fn bytes_at<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..)?.first_chunk().copied()
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes_at(bytes, at).map(u16::from_ne_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes_at(bytes, at).map(u32::from_ne_bytes)
}

fn u64_at(bytes: &[u8], at: usize) -> Option<u64> {
    bytes_at(bytes, at).map(u64::from_ne_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A plausible answer: header, `inet_diag_msg`, one attribute with a full `tcp_info`.
    fn answer() -> Vec<u8> {
        let mut bytes = vec![0; HEADER_BYTES + ANSWER_BYTES + 4 + 232];
        let length = bytes.len() as u32;
        bytes[0..4].copy_from_slice(&length.to_ne_bytes());
        bytes[4..6].copy_from_slice(&SOCK_DIAG_BY_FAMILY.to_ne_bytes());
        bytes[8..12].copy_from_slice(&7_u32.to_ne_bytes());
        bytes[17] = 1;
        bytes[20..22].copy_from_slice(&8080_u16.to_be_bytes());
        let attribute = HEADER_BYTES + ANSWER_BYTES;
        bytes[attribute..attribute + 2].copy_from_slice(&236_u16.to_ne_bytes());
        bytes[attribute + 2..attribute + 4].copy_from_slice(&INET_DIAG_INFO.to_ne_bytes());
        let received = attribute + 4 + TCPI_BYTES_RECEIVED;
        bytes[received..received + 8].copy_from_slice(&(1_u64 << 40).to_ne_bytes());
        bytes
    }

    #[test]
    fn a_full_answer_is_read() {
        let Answer::Socket(socket) = decode(&answer(), 7) else {
            panic!("not a socket");
        };
        assert_eq!(socket.state, TcpState::Established);
        assert_eq!(socket.local_port, 8080);
        assert_eq!(socket.bytes_received, Some(1 << 40));
    }

    #[test]
    fn an_answer_to_another_question_is_unrelated() {
        assert!(matches!(decode(&answer(), 8), Answer::Unrelated));
    }

    #[test]
    fn no_truncation_and_no_flipped_byte_panics() {
        let whole = answer();
        for end in 0..whole.len() {
            decode(&whole[..end], 7);
        }
        for at in 0..whole.len() {
            for value in [0, 1, 3, 0x7f, 0xff] {
                let mut bent = whole.clone();
                bent[at] = value;
                decode(&bent, 7);
            }
        }
    }
}
