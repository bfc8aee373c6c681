//! The `wirecopy` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(wirecopy_cli::run(std::env::args_os()))
}
