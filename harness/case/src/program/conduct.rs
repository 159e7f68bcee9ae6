//! The cases about the program itself (level 5): no spec lists them, because they ask the same of every server.

use sockspec_spec::model::{Law, Text, Visibility};

use crate::diagnosis::Diagnosis;
use crate::grade::{CaseResult, Status};
use crate::transcript::Transcript;

/// One case about the program itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Conduct {
    /// It listens on the port it was given.
    ListensWhereTold,
}

/// What a case is called, and what it stands for.
struct Entry {
    id: &'static str,
    law: Law,
    fr: &'static str,
    en: &'static str,
}

/// The level of all these cases.
pub const LEVEL: u8 = 5;

impl Conduct {
    /// Every case, in the order of the report.
    pub const ALL: &'static [Conduct] = &[Conduct::ListensWhereTold];

    const fn entry(self) -> Entry {
        match self {
            Conduct::ListensWhereTold => Entry {
                id: "listens-where-told",
                law: Law::Program,
                fr: "le programme écoute où on le lui a dit",
                en: "the program listens where it was told",
            },
        }
    }

    /// Its id: stable, as that of every case.
    pub const fn id(self) -> &'static str {
        self.entry().id
    }

    /// Its result.
    pub fn result(self, status: Status, diagnosis: Option<Diagnosis>) -> CaseResult {
        let Entry { id, law, fr, en } = self.entry();
        CaseResult {
            id: id.to_owned(),
            version: 1,
            title: Text {
                fr: fr.to_owned(),
                en: en.to_owned(),
            },
            level: LEVEL,
            law,
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
}
