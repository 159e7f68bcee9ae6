//! One module a command.

pub mod check;
pub mod class;
pub mod doctor;
pub mod explain;
pub mod fuzz;
pub mod grade;
pub mod handout;
pub mod list;
pub mod manual;
pub mod menu;
pub mod output;
pub mod record;
pub mod report;
pub mod saved;
pub mod serve;
pub mod snapshot;
