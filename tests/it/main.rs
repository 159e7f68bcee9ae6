//! End-to-end tests: the program as users run it, the servers as students write them.
//!
//! One binary for all modules: each integration test binary would link everything again.

mod class;
mod cli;
mod flaw_table;
mod flawed_fail;
mod fuzz;
mod guide;
mod hostile_targets;
mod platforms;
mod program_flaws;
mod readme;
mod real_servers;
mod record;
mod reference_passes;
mod rejudge;
mod run;
mod snapshot;
mod standalone;
mod student_clients;
mod templates;
mod tidy;
mod transcripts;

use std::sync::LazyLock;

use sockspec_tests::Sockspec;

/// The program under test.
static SOCKSPEC: LazyLock<Sockspec> =
    LazyLock::new(|| Sockspec::new(env!("CARGO_BIN_EXE_sockspec-under-test")));

/// The repository's root.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
