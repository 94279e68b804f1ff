//! `similar`: texts that say the same, in a démarche or in plain tables.

use crate::{
    args::{Cli, Similar},
    output::Output,
    world::read,
};
use moisson_workflow::{Corpus, Failure, TableError, views::SourceProposal};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use serde_json::json;
use std::{path::Path, process::ExitCode};

pub fn similar(cli: &Cli, out: &Output, args: &Similar) -> Result<ExitCode, Failure> {
    if let Some(path) = &args.pairs {
        pairs(out, path)?;
    } else if let (Some(corpus), Some(queries)) = (&args.corpus, &args.queries) {
        search(out, corpus, queries, args.limit)?;
    } else if let Some(file) = &args.file {
        let session = read(cli, file)?;
        if let Some(text) = &args.text {
            for one in session.similar_to(text, args.limit, args.least)? {
                out.result(&one, || format!("{:.2}  {}\n      {}", one.score, line(&one.proposal), one.why.join(", ")));
            }
        } else {
            for pair in session.similar_pairs(args.limit, args.least)? {
                let (a, b) = (line(&pair.a), line(&pair.b));
                out.result(&pair, || format!("{:.2}  {a}\n      {b}\n      {}", pair.score, pair.why.join(", ")));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn line(proposal: &SourceProposal) -> String {
    let number = proposal.workshop_number.map(|number| format!("{number} · ")).unwrap_or_default();
    format!("{}  {number}{}", proposal.id, proposal.text)
}

fn pairs(out: &Output, path: &Path) -> Result<(), Failure> {
    let pairs = columns(path, ["a", "b"])?;
    let corpus = Corpus::new(out.language, pairs.iter().flatten().cloned());
    for [a, b] in &pairs {
        let alike = corpus.compare(a, b);
        out.result(&alike, || format!("{:.2}  {}", alike.score, alike.why.join(", ")));
    }
    Ok(())
}

fn search(out: &Output, corpus: &Path, queries: &Path, limit: u32) -> Result<(), Failure> {
    let texts = columns(corpus, ["id", "text"])?;
    let queries = columns(queries, ["id", "text"])?;
    let corpus = Corpus::new(out.language, texts.iter().map(|[_, text]| text.clone()));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let answers: Vec<_> = queries.par_iter().map(|[_, text]| corpus.like(text, limit)).collect();
    for ([id, _], found) in queries.iter().zip(answers) {
        let found: Vec<_> = found.into_iter().map(|(place, alike)| (&texts[place][0], alike)).collect();
        let matches: Vec<_> =
            found.iter().map(|(id, alike)| json!({ "id": id, "score": alike.score, "why": alike.why })).collect();
        out.result(&json!({ "id": id, "matches": matches }), || {
            let told = found.iter().map(|(id, alike)| format!("{id} ({:.2})", alike.score));
            format!("{id}: {}", told.collect::<Vec<_>>().join(", "))
        });
    }
    Ok(())
}

/// Two columns of a CSV in UTF-8 with headings (RFC 4180), whatever others there are.
fn columns(path: &Path, names: [&'static str; 2]) -> Result<Vec<[String; 2]>, Failure> {
    let damaged = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(source) => Failure::Io { path: path.to_owned(), source },
        kind => TableError::Damaged { path: path.to_owned(), detail: format!("{kind:?}") }.into(),
    };
    let mut table = csv::ReaderBuilder::new().flexible(true).from_path(path).map_err(damaged)?;
    let headings = table.headers().map_err(damaged)?.clone();
    let mut places = [0; 2];
    for (place, column) in places.iter_mut().zip(names) {
        let found = headings.iter().position(|heading| heading.trim_start_matches('\u{feff}').trim() == column);
        *place = found.ok_or_else(|| TableError::NoColumn { path: path.to_owned(), column })?;
    }
    let cells = |row: csv::StringRecord| places.map(|place| row.get(place).unwrap_or_default().to_owned());
    table.records().map(|row| row.map(cells).map_err(damaged)).collect()
}
