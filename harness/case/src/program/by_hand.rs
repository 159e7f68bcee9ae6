//! Shell lines that show by hand what a case about the program itself sees.

use super::Conduct;

/// The program's command, for a person's shell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// As it should be called.
    pub right: String,
    /// As the case calls it wrongly; the same where it does not.
    pub wrong: String,
    /// Where it listens then, as `nc` is told: `HOST PORT`, or `-U PATH`.
    pub place: String,
    /// Its port.
    pub port: String,
}

impl ByHand {
    /// The lines for a case.
    pub fn lines(&self, conduct: Conduct) -> String {
        let ByHand {
            right,
            wrong,
            place,
            port,
        } = self;
        let client = format!("nc {place}");
        let leaving = format!("nc -N {place} </dev/null");
        let serving = format!("{right} & P=$!; sleep 1");
        let signal = |name: &str| {
            format!("{serving}; kill -{name} $P; sleep 2; kill -0 $P && echo 'it still runs'")
        };
        let clients = format!("{serving}\nfor i in $(seq 50); do {leaving} >/dev/null; done");
        match conduct {
            Conduct::ListensWhereTold => format!("{serving}; ss -lntuxp | grep pid=$P"),
            Conduct::NoArgument
            | Conduct::PortNotANumber
            | Conduct::PortOutOfRange
            | Conduct::ExtraArgument
            | Conduct::PathTooLong => format!("{wrong}; echo \"exit code $?\""),
            Conduct::PortInUse => {
                format!("nc -l {port} & sleep 1; {right}; echo \"exit code $?\"")
            }
            Conduct::PathNotASocket => {
                format!("mkdir -p /tmp/socket/folder; {right}; echo \"exit code $?\"")
            }
            Conduct::StaleSocket => {
                format!("{serving}; kill -KILL $P; {right}; echo \"exit code $?\"")
            }
            Conduct::EndsOnInterrupt => signal("INT"),
            Conduct::EndsOnTerminate => signal("TERM"),
            Conduct::RestartsAtOnce => {
                format!("{serving}; {client} & sleep 1; kill -KILL $P; {right}")
            }
            Conduct::ResumesAfterStop => {
                format!("{serving}; kill -STOP $P; kill -CONT $P; {client}")
            }
            Conduct::OutlastsSilence => format!("{serving}; sleep 2; {client}"),
            Conduct::RestsWithoutClient => format!("{serving}; top -b -n 1 -p $P"),
            Conduct::RestsWithIdleClient => {
                format!("{serving}; {client} & sleep 1; top -b -n 1 -p $P")
            }
            Conduct::RestsAfterEof => {
                format!("{serving}; {leaving} & sleep 1; top -b -n 1 -p $P")
            }
            Conduct::DescriptorsComeBack => format!("{clients}; ls /proc/$P/fd | wc -l"),
            Conduct::ThreadsComeBack => format!("{clients}; grep Threads /proc/$P/status"),
            Conduct::ChildrenComeBack => format!("{clients}; ps --ppid $P"),
            Conduct::MemoryStays => format!("{clients}; grep VmRSS /proc/$P/status"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_has_lines_that_start_the_program() {
        let by_hand = ByHand {
            right: "./server 2056".to_owned(),
            wrong: "./server abc".to_owned(),
            place: "127.0.0.1 2056".to_owned(),
            port: "2056".to_owned(),
        };
        for conduct in Conduct::ALL {
            assert!(by_hand.lines(*conduct).contains("./server"), "{conduct:?}");
        }
        assert_eq!(
            by_hand.lines(Conduct::PortNotANumber),
            "./server abc; echo \"exit code $?\""
        );
    }
}
