//! Measurements, written with their own work.

use crate::output::Output;
use moisson_workflow::Failure;
use std::process::ExitCode;

pub fn run(_out: &Output, _names: &[String]) -> Result<ExitCode, Failure> {
    Ok(ExitCode::SUCCESS)
}
