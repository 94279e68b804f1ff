//! Meeting other laptops through storage.

use crate::{
    args::{Cli, Laptops, Sync},
    output::Output,
    phones::Shared,
    world::{keys, open, read},
};
use indicatif::{ProgressBar, ProgressStyle};
use moisson_workflow::{
    Access, Failure, MeetingSetup, meet,
    views::{LaptopState, LaptopsView, MeetingReport},
};
use std::{io::Write, process::ExitCode};

/// What the help says of places.
pub const PLACES: &str = "\
Places that all laptops reach:
  /media/key, P:\\SPIE, file:///…   a folder: share, synchronised folder, stick
  webdavs://user@host/path         or webdav:// without TLS
  s3://bucket/prefix               ?endpoint=https://…&region=… if not Amazon's

Credentials are read each time and kept nowhere:
  WebDAV   the address, or WEBDAV_USERNAME and WEBDAV_PASSWORD
  S3       AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN,
           AWS_REGION, AWS_ENDPOINT_URL

What lies there is encrypted (age): see `moisson-cli laptops --help`.";

/// What the help says of keys.
pub const KEYS: &str = "\
Each laptop has a key of its own, in the application's folder (MOISSON_KEYS or --keys for another). \
What is exchanged is under a key of the démarche, which at first every holder of the démarche has. \
Removing a laptop turns it: the new key is given to those that stay, and what this laptop put is put again under it at the next sync.

A laptop that comes later gives its public key (age1…, shown by `laptops`) to one that is in, which admits it. \
What a removed laptop has read before cannot be taken back.";

/// Takes what others put there and puts what lacks there. Exits 1 if a segment had to be left where it is.
pub fn sync(cli: &Cli, out: &Output, args: &Sync) -> Result<ExitCode, Failure> {
    let keys = keys(args.keys.as_deref())?;
    let access = Access::from_variables(|name| std::env::var(name).ok());
    let setup = MeetingSetup { address: &args.url, access: &access, keys: &keys };
    let shared = Shared::new(open(cli, &args.file)?);
    let reader = read(cli, &args.file)?;
    let bar = ProgressBar::new(0).with_style(ProgressStyle::default_bar());
    let met = meet(&shared, &reader, setup, &|| false, &mut |_, done, total| {
        bar.set_length(total.into());
        bar.set_position(done.into());
    });
    bar.finish_and_clear();
    let report = met?;
    out.result(&report, || told(out, &report));
    for refused in &report.refused {
        // Nothing is left to do if even stderr is closed.
        let _ = writeln!(std::io::stderr(), "{}", refused.reason);
    }
    Ok(if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// Lists the laptops that may read what is exchanged, after admitting or removing one.
pub fn laptops(cli: &Cli, out: &Output, args: &Laptops) -> Result<ExitCode, Failure> {
    let keys = keys(args.keys.as_deref())?;
    let session = read(cli, &args.file)?;
    let view = match (&args.admit, &args.remove) {
        (Some(key), _) => session.admit_laptop(&keys, key, args.name.as_deref().unwrap_or_default())?,
        (None, Some(reference)) => session.remove_laptop(&keys, reference)?,
        (None, None) => session.laptops(&keys)?,
    };
    out.result(&view, || listed(out, &view, args.admit.is_some() || args.remove.is_some()));
    Ok(ExitCode::SUCCESS)
}

fn listed(out: &Output, view: &LaptopsView, changed: bool) -> String {
    let mut lines: Vec<String> = view
        .laptops
        .iter()
        .map(|laptop| {
            let state = match (laptop.here, laptop.state) {
                (true, LaptopState::Admitted) => out.say("ce portable", "this laptop"),
                (true, LaptopState::Removed) => out.say("ce portable, retiré", "this laptop, removed"),
                (false, LaptopState::Admitted) => out.say("admis", "admitted"),
                (false, LaptopState::Removed) => out.say("retiré", "removed"),
            };
            format!("{}  {}  ({state})", laptop.key, laptop.name)
        })
        .collect();
    if !view.admitted {
        let key = &view.key;
        lines.push(out.say(
            format!("Ce portable n’est pas admis ; sa clé, à donner à un portable qui l’est : {key}"),
            format!("This laptop is not admitted; its key, for one that is: {key}"),
        ));
    }
    if changed {
        lines.push(out.say("Prend effet au prochain échange (sync).", "Takes effect at the next exchange (sync)."));
    }
    lines.join("\n")
}

fn told(out: &Output, report: &MeetingReport) -> String {
    let (place, new, put) = (&report.place, report.changes_new, report.changes_put);
    let (waiting, conflicts) = (report.changes_waiting, report.conflicts_new);
    let mut lines = vec![out.say(
        format!("{place} : {new} modifications prises, {put} déposées, {waiting} en attente ; {conflicts} désaccords nouveaux"),
        format!("{place}: {new} changes taken, {put} put there, {waiting} waiting; {conflicts} new conflicts"),
    )];
    if report.segments_restored > 0 {
        let count = report.segments_restored;
        lines.push(out.say(
            format!("{count} segments y étaient altérés : leur contenu a été redéposé."),
            format!("{count} segments were altered there: what they held was put again."),
        ));
    }
    if report.others > 0 {
        let others = report.others;
        lines.push(out.say(
            format!("Cet espace sert aussi à {others} autres démarches, qui n’ont pas été lues."),
            format!("This storage serves {others} other processes too, which were not read."),
        ));
    }
    lines.join("\n")
}
