//! Placeholder.
pub fn run(args: &[String]) -> anyhow::Result<std::process::ExitCode> {
    crate::args::Flags::parse(args, &[], &[])?;
    Ok(std::process::ExitCode::SUCCESS)
}
