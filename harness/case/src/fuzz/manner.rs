//! What may be done to a target without asking for more than its exercise and its style allow.

use sockspec_spec::Spec;
use sockspec_spec::model::{Framing, Transport};

use crate::style::{AnswerEnd, RequestEnd, Style};

/// What cases may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manner {
    /// Bytes may be cut anywhere.
    pub cuts: bool,
    /// Several questions may be under way at once.
    pub pipelines: bool,
    /// There is a connection that has ends.
    pub connects: bool,
}

impl Manner {
    /// The manner for a target of this style.
    pub fn of(spec: &Spec, style: &Style) -> Self {
        let connects = spec.transport != Transport::Udp;
        // A target that takes other ends of requests, or ends its answers by nothing, has been told so by
        // its grade: here it is asked one thing at a time.
        let (cuts, pipelines) = match spec.framing {
            Framing::Lines => {
                let by_line = style.request_end == RequestEnd::Lf;
                (by_line, by_line && style.answer_end != AnswerEnd::Nothing)
            }
            Framing::Bytes => (true, true),
            Framing::Datagram => (false, true),
            Framing::Recv => (false, false),
        };
        Manner {
            cuts,
            pipelines,
            connects,
        }
    }
}
