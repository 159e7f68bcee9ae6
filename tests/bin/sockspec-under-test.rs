//! The `sockspec` command, built where Cargo lets the tests find it.

fn main() -> std::process::ExitCode {
    sockspec::main()
}
