use std::process::ExitCode;

fn main() -> ExitCode {
    jaarverslag::cli::run(std::env::args_os()).into()
}
