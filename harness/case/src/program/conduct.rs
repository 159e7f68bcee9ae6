//! The cases about the program itself (level 5): no spec lists them, because they ask the same of every server.

use sockspec_spec::cause::Cause;
use sockspec_spec::model::{Law, Text, Transport, Visibility};

use super::{Death, ProgramFinding};
use crate::diagnosis::{Diagnosis, Finding};
use crate::grade::{CaseResult, Status};
use crate::transcript::Transcript;

macro_rules! conducts {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $law:ident, $fr:literal, $en:literal;)*) => {
        /// One case about the program itself.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Conduct { $($(#[$doc])* $name,)* }

        impl Conduct {
            /// Every case, in the order of the report.
            pub const ALL: &'static [Conduct] = &[$(Conduct::$name,)*];

            /// Its id: stable, as that of every case.
            pub const fn id(self) -> &'static str {
                match self { $(Conduct::$name => $id,)* }
            }

            const fn law(self) -> Law {
                match self { $(Conduct::$name => Law::$law,)* }
            }

            /// Its title, in French and in English.
            const fn title(self) -> (&'static str, &'static str) {
                match self { $(Conduct::$name => ($fr, $en),)* }
            }
        }
    };
}

conducts! {
    /// It listens on the port it was given.
    ListensWhereTold = "listens-where-told", Program,
        "le programme écoute où on le lui a dit",
        "the program listens where it was told";
    /// Its argument is missing.
    NoArgument = "no-argument", Program,
        "sans son argument, le programme dit comment l'appeler et s'arrête",
        "without its argument the program says how to call it, and ends";
    /// Its port is a word.
    PortNotANumber = "port-not-a-number", Program,
        "un port qui n'est pas un nombre est refusé",
        "a port that is no number is refused";
    /// Its port is 70000.
    PortOutOfRange = "port-out-of-range", Program,
        "un port plus grand que 65535 est refusé",
        "a port greater than 65535 is refused";
    /// One argument too many.
    ExtraArgument = "extra-argument", Program,
        "un argument de trop est refusé, ou ignoré",
        "one argument too many is refused, or ignored";
    /// Another program listens on its port.
    PortInUse = "port-in-use", Program,
        "un port déjà pris est une erreur, et le programme le dit",
        "a port that is taken is an error, and the program says so";
    /// Its path is longer than an address of a socket.
    PathTooLong = "path-too-long", Program,
        "un chemin plus long que l'adresse d'une socket est une erreur, jamais un plantage",
        "a path longer than the address of a socket is an error, never a crash";
    /// Its path is a folder's.
    PathNotASocket = "path-not-a-socket", Program,
        "un chemin où se trouve un dossier est une erreur, et le programme le dit",
        "a path at which a folder stands is an error, and the program says so";
    /// At its path stands the socket of a server that is gone.
    StaleSocket = "stale-socket", Program,
        "la socket qu'un serveur précédent a laissée est remplacée",
        "the socket that an earlier server left behind is replaced";
    /// SIGINT, as Ctrl-C sends it.
    EndsOnInterrupt = "ends-on-sigint", Program,
        "SIGINT (Ctrl-C) arrête le programme et libère son port",
        "SIGINT (Ctrl-C) ends the program and frees its port";
    /// SIGTERM, as `kill` sends it.
    EndsOnTerminate = "ends-on-sigterm", Program,
        "SIGTERM (kill) arrête le programme et libère son port",
        "SIGTERM (kill) ends the program and frees its port";
    /// Started again on the port where it has served.
    RestartsAtOnce = "restarts-at-once", Program,
        "le programme redémarre aussitôt sur le port où il vient de servir",
        "the program starts again at once on the port where it has just served";
    /// SIGSTOP, then SIGCONT, as Ctrl-Z and `fg` send them.
    ResumesAfterStop = "resumes-after-stop", Program,
        "suspendu puis repris (Ctrl-Z, fg), le programme sert encore",
        "stopped and resumed (Ctrl-Z, fg), the program still serves";
    /// Nobody comes, or the client that has come says nothing, for more than a second.
    OutlastsSilence = "outlasts-silence", Survival,
        "après plus d'une seconde de silence, le programme sert encore",
        "after more than a second of silence the program still serves";
    /// Nobody is connected.
    RestsWithoutClient = "rests-without-client", Rest,
        "sans client, le programme n'occupe pas le processeur",
        "without a client the program leaves the processor alone";
    /// One client is connected and silent.
    RestsWithIdleClient = "rests-with-idle-client", Rest,
        "devant un client qui se tait, le programme n'occupe pas le processeur",
        "before a silent client the program leaves the processor alone";
    /// One client has ended its direction, and still reads.
    RestsAfterEof = "rests-after-eof", Rest,
        "devant un client qui a fini d'envoyer, le programme n'occupe pas le processeur",
        "before a client that has sent all the program leaves the processor alone";
    /// Descriptors, after many clients.
    DescriptorsComeBack = "descriptors-come-back", Rest,
        "quand les clients sont partis, leurs descripteurs sont fermés",
        "when clients have gone, their descriptors are closed";
    /// Threads, after many clients.
    ThreadsComeBack = "threads-come-back", Rest,
        "quand les clients sont partis, leurs fils d'exécution sont finis",
        "when clients have gone, their threads have ended";
    /// Children and zombies, after many clients.
    ChildrenComeBack = "children-come-back", Rest,
        "quand les clients sont partis, leurs processus sont finis, et attendus",
        "when clients have gone, their processes have ended, and been waited for";
    /// Memory, over many clients.
    MemoryStays = "memory-stays", Rest,
        "la mémoire ne grandit pas avec le nombre de clients qui sont passés",
        "memory does not grow with the number of clients that have come and gone";
}

/// The level of all these cases.
pub const LEVEL: u8 = 5;

/// What one of these cases came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conducted {
    /// What was seen, where it is not as it should be.
    pub seen: Option<(Status, ProgramFinding)>,
    /// How the program ended, and what it said.
    pub death: Option<Death>,
}

impl Conducted {
    /// All as it should be.
    pub fn well() -> Self {
        Self::default()
    }

    /// Wrong.
    pub fn fails(finding: ProgramFinding) -> Self {
        Self::seen(Status::Fail, finding)
    }

    /// Accepted.
    pub fn accepted(finding: ProgramFinding) -> Self {
        Self::seen(Status::NonStrict, finding)
    }

    fn seen(status: Status, finding: ProgramFinding) -> Self {
        Conducted {
            seen: Some((status, finding)),
            death: None,
        }
    }

    /// With how the program ended.
    pub fn with(self, death: Death) -> Self {
        Conducted {
            death: Some(death),
            ..self
        }
    }
}

impl Conduct {
    /// Whether it is asked of servers that are reached so.
    pub fn is_asked_of(self, transport: Transport) -> bool {
        if transport == Transport::None {
            return false;
        }
        let stream = transport != Transport::Udp;
        let port = transport != Transport::Unix;
        match self {
            // Datagrams wait for nobody, and their ports for no stray segment.
            Conduct::PortInUse | Conduct::RestartsAtOnce => transport == Transport::Tcp,
            Conduct::RestsWithIdleClient | Conduct::RestsAfterEof => stream,
            Conduct::PortNotANumber | Conduct::PortOutOfRange => port,
            Conduct::PathTooLong | Conduct::PathNotASocket | Conduct::StaleSocket => {
                transport == Transport::Unix
            }
            _ => true,
        }
    }

    /// Its result; strictly, what is only accepted is wrong.
    pub fn result(self, conducted: Conducted, strict: bool, reproduce: String) -> CaseResult {
        let Conducted { seen, death } = conducted;
        let Some((status, finding)) = seen else {
            return self.with_status(Status::Pass, None);
        };
        let status = match status {
            Status::NonStrict if strict => Status::Fail,
            status => status,
        };
        let cause = match status {
            Status::Fail => self.cause(&finding),
            _ => Cause::NotJudged,
        };
        let diagnosis = Diagnosis {
            cause,
            reproduce,
            death,
            ..Diagnosis::not_judged(Finding::Program(finding))
        };
        self.with_status(status, Some(diagnosis))
    }

    /// A result that is known without a look at the program.
    pub fn without_look(self, status: Status, finding: Finding) -> CaseResult {
        self.with_status(status, Some(Diagnosis::not_judged(finding)))
    }

    /// A result with a diagnosis of its own.
    pub fn with_status(self, status: Status, diagnosis: Option<Diagnosis>) -> CaseResult {
        let (fr, en) = self.title();
        CaseResult {
            id: self.id().to_owned(),
            version: 1,
            title: Text {
                fr: fr.to_owned(),
                en: en.to_owned(),
            },
            level: LEVEL,
            law: self.law(),
            clause: String::new(),
            hint: Text::default(),
            max: 1,
            visibility: Visibility::Shown,
            status,
            closing: None,
            flaky: None,
            plays: 1,
            duration: Default::default(),
            diagnosis,
            transcript: Transcript::default(),
        }
    }

    /// What failing it means.
    fn cause(self, finding: &ProgramFinding) -> Cause {
        use super::Resource;
        match (self, finding) {
            (_, ProgramFinding::EndedWell | ProgramFinding::SaidNothing(_)) => Cause::FailsSilently,
            (_, ProgramFinding::Grew(grown)) => match grown.resource {
                Resource::Descriptors => Cause::LeaksDescriptors,
                Resource::Threads => Cause::LeaksThreads,
                Resource::Children => Cause::LeavesChildren,
                Resource::Zombies => Cause::LeavesZombies,
                Resource::Memory => Cause::LeaksMemory,
            },
            (Conduct::ListensWhereTold, _) => Cause::ListensElsewhere,
            (Conduct::StaleSocket, _) => Cause::DiesAtStart,
            (Conduct::PortInUse | Conduct::PathNotASocket, _) => Cause::IgnoresFailedBind,
            (Conduct::EndsOnInterrupt | Conduct::EndsOnTerminate, _) => Cause::IgnoresSignals,
            (Conduct::RestartsAtOnce, _) => Cause::NoReuseAddress,
            (Conduct::ResumesAfterStop, _) => Cause::DiesWhenStopped,
            (Conduct::OutlastsSilence, _) => Cause::GivesUpOnSilence,
            (Conduct::RestsAfterEof, _) => Cause::SpinsAtEof,
            (Conduct::RestsWithoutClient | Conduct::RestsWithIdleClient, _) => Cause::BusyWaits,
            _ => Cause::ArgumentsNotChecked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_slugs_and_stand_once() {
        let mut ids: Vec<&str> = Conduct::ALL.iter().map(|one| one.id()).collect();
        let is_slug = |id: &&str| id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(ids.iter().all(is_slug), "{ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Conduct::ALL.len());
    }

    #[test]
    fn what_is_accepted_is_wrong_in_strict_mode_only() {
        let accepted = || Conducted::accepted(ProgramFinding::IgnoredArgument);
        let lenient = Conduct::ExtraArgument.result(accepted(), false, String::new());
        assert_eq!(lenient.status, Status::NonStrict);
        let strict = Conduct::ExtraArgument.result(accepted(), true, String::new());
        assert_eq!(strict.status, Status::Fail);
        assert_eq!(strict.diagnosis.unwrap().cause, Cause::ArgumentsNotChecked);
        let well = Conduct::ExtraArgument.result(Conducted::well(), true, String::new());
        assert_eq!((well.status, well.diagnosis), (Status::Pass, None));
    }
}
