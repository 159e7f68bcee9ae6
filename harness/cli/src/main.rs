//! The `sockspec` command.

fn main() -> std::process::ExitCode {
    sockspec::main()
}
