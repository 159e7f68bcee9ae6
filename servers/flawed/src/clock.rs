//! The time, and the wrong times.

use jiff::Timestamp;

use crate::mistake::Mistake;

/// From 1900-01-01 to 1970-01-01, in seconds.
const FROM_1900_TO_1970: i64 = 2_208_988_800;

/// A server's clock.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    mistake: Option<Mistake>,
    started: Timestamp,
}

impl Clock {
    /// The clock of a server that starts now.
    pub(crate) fn new(mistake: Option<Mistake>) -> Self {
        Self {
            mistake,
            started: Timestamp::now(),
        }
    }

    /// Unix time in whole seconds.
    pub(crate) fn seconds(self) -> i64 {
        self.now().as_second()
    }

    /// The date and the time in ISO 8601, with its newline.
    pub(crate) fn line(self) -> String {
        let (format, end) = match self.mistake {
            Some(Mistake::DateWithoutTime) => ("%Y-%m-%d", "\n"),
            Some(Mistake::TwoLines) => ("%d/%m/%Y\n%H:%M:%S", "\n"),
            Some(Mistake::MissingNewline) => ("%Y-%m-%dT%H:%M:%SZ", ""),
            _ => ("%Y-%m-%dT%H:%M:%SZ", "\n"),
        };
        format!("{}{end}", self.now().strftime(format))
    }

    /// The seconds since 1900, as RFC 868 has them travel.
    pub(crate) fn number(self) -> Vec<u8> {
        let since_1970 = self.seconds();
        let since_1900 = since_1970 + FROM_1900_TO_1970;
        // A sum modulo 2³², as the count begins anew in 2036.
        let number = since_1900 as u32;
        match self.mistake {
            Some(Mistake::WrongEpoch) => (since_1970 as u32).to_be_bytes().to_vec(),
            Some(Mistake::HostByteOrder) => number.to_le_bytes().to_vec(),
            Some(Mistake::EightBytes) => since_1900.to_be_bytes().to_vec(),
            Some(Mistake::NumberAsText) => number.to_string().into_bytes(),
            _ => number.to_be_bytes().to_vec(),
        }
    }

    fn now(self) -> Timestamp {
        match self.mistake {
            Some(Mistake::WrongTime) => Timestamp::UNIX_EPOCH,
            Some(Mistake::FrozenTime) => self.started,
            _ => Timestamp::now(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_tells_when_it_was_started() {
        let clock = |mistake| Clock {
            mistake,
            started: Timestamp::UNIX_EPOCH,
        };
        assert_eq!(
            clock(Some(Mistake::FrozenTime)).line(),
            "1970-01-01T00:00:00Z\n"
        );
        assert!(clock(None).seconds() > 1_700_000_000);
    }
}
