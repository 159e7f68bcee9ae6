//! End-to-end tests of sockspec: what every test needs to run the program as a user would.
//!
//! - [`Sockspec`]: the program under test, and what is asked of it most often.
//! - [`Server`]: one of its servers, running; ended by its process id when dropped.
//! - [`Grade`]: a grade as the JSON document tells it.
//! - [`steady`]: a text without what changes from run to run (times, ports).
//!
//! Invariants:
//! - the program is known by its command line only: no type of the harness is used here;
//! - every wait has a limit, and ports are the system's choice.

mod grade;
mod server;
mod sockspec;
mod steady;

pub use grade::{Case, Death, Diagnosis, Event, Grade, Score};
pub use server::Server;
pub use sockspec::{Graded, LIMIT, Sockspec};
pub use steady::steady;
