//! Whole programs, to which nobody connects, and their mistakes.

use crate::Flaw;
use crate::menu;
use crate::ports;

/// The mistakes of one whole program: `Slip`, `FLAWS`, and `named` from one to the other.
macro_rules! slips {
    ($exercise:literal; $($variant:ident, $name:literal, $cause:literal, $summary:literal;)*) => {
        /// One mistake of the program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        enum Slip {
            $(#[doc = $summary] $variant,)*
        }

        /// Every flaw of the program.
        pub(crate) const FLAWS: &[$crate::Flaw] = &[$(
            $crate::Flaw { exercise: $exercise, name: $name, summary: $summary, cause: $cause },
        )*];

        fn named(name: &str) -> Option<Slip> {
            match name {
                $($name => Some(Slip::$variant),)*
                _ => None,
            }
        }
    };
}

pub(crate) use slips;

/// Every flaw of every whole program.
pub fn standalone_flaws() -> impl Iterator<Item = &'static Flaw> {
    menu::FLAWS.iter().chain(ports::FLAWS)
}

/// Runs a whole program with a flaw on stdin and stdout; gives its exit code, nothing where there is no such flaw.
pub fn run_standalone(exercise: &str, flaw: &str) -> Option<u8> {
    match exercise {
        "menu" => menu::menu(flaw),
        "ephemeral-ports" => ports::ephemeral_ports(flaw),
        _ => None,
    }
}
