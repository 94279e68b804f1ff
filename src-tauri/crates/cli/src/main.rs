//! `moisson-cli`: the use cases of Moisson from a terminal or a script, without display, web view or network.
//!
//! The verbs and JSON keys are a stable contract: they may be added to, never renamed. Exit status: 0 done; 1 the input or
//! the file is at fault, with one sentence on stderr; 2 wrong usage.

mod args;
mod bench;
mod files;
mod forms;
mod load;
mod output;
mod phones;
mod region;
mod similar;
mod sync;
mod tally;
mod verbs;
mod world;

use args::{Cli, PlanVerb, Verb};
use clap::Parser;
use moisson_workflow::Failure;
use output::Output;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let output = Output { json: cli.json, language: cli.lang() };
    match run(&cli, &output) {
        Ok(code) => code,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(1)
        }
    }
}

fn run(cli: &Cli, out: &Output) -> Result<ExitCode, Failure> {
    if let Some(passphrase) = world::passphrase(cli.unlock.as_deref())? {
        moisson_workflow::offer_passphrase(&passphrase);
    }
    match &cli.verb {
        Verb::New(args) => verbs::new(cli, out, args),
        Verb::Info { file } => verbs::info(cli, out, file),
        Verb::Import(args) => verbs::import(cli, out, args),
        Verb::Capture(args) => verbs::capture(cli, out, args),
        Verb::Bundle(args) => files::bundle(cli, out, args),
        Verb::Merge(args) => files::merge(cli, out, args),
        Verb::Conflicts(args) => files::conflicts(cli, out, args),
        Verb::Digest { file } => verbs::digest(cli, out, file),
        Verb::Diagnostic { file } => verbs::diagnostic(cli, out, file),
        Verb::Verify { file } => verbs::verify(cli, out, file),
        Verb::Dump { file, entity } => verbs::dump(cli, out, file, entity.as_deref()),
        Verb::Search { file, query, limit } => verbs::search(cli, out, file, query, *limit),
        Verb::Similar(args) => similar::similar(cli, out, args),
        Verb::Undo { file, list } => verbs::undo(cli, out, file, *list),
        Verb::Redo { file } => verbs::redo(cli, out, file),
        Verb::History { file, reference, o } => verbs::history(cli, out, file, reference.as_deref(), o.as_deref()),
        Verb::Redact { file, reference, field, reason } => verbs::redact(cli, out, file, (reference, field, reason)),
        Verb::Forget { file, participant, redact_quotes, .. } => match participant {
            Some(participant) => verbs::forget(cli, out, file, participant, *redact_quotes),
            None => verbs::forget_everyone(cli, out, file),
        },
        Verb::Backup { file, o } => files::backup(cli, out, file, o.as_deref()),
        Verb::Restore { backup, o } => files::restore(cli, out, backup, o),
        Verb::Protect { file, passphrase_file } => files::protect(cli, out, file, Some(passphrase_file)),
        Verb::Unprotect { file } => files::protect(cli, out, file, None),
        Verb::Recover { damaged, backups, o } => files::recover(cli, out, damaged, backups.as_deref(), o),
        Verb::Tally(args) => tally::tally(out, args),
        Verb::Plan { file, what, label, reason } => match what {
            PlanVerb::Draft => files::draft(cli, out, file),
            PlanVerb::Check => files::check(cli, out, file),
            PlanVerb::Adopt => forms::adopt(cli, out, file, label.as_deref()),
            PlanVerb::Amend => forms::amend(cli, out, file, reason.as_deref()),
        },
        Verb::Export(args) => files::export(cli, out, args),
        Verb::Publish(args) => files::publish(cli, out, args),
        Verb::Sync(args) => sync::sync(cli, out, args),
        Verb::Laptops(args) => sync::laptops(cli, out, args),
        Verb::Region(args) => region::compare(cli, out, args),
        Verb::Demo(args) => files::demo(cli, out, args),
        Verb::Phones(args) => phones::phones(cli, out, args),
        Verb::Bench { names, keep } => bench::run(cli, out, names, keep.as_deref()),
    }
}
