//! The contents of the file of proof: what an auditor opens first.

use super::{Page, cell, funding, meta, table};
use crate::{
    Document, DocumentError,
    model::Run,
    source::{ProofRow, ProofSource},
    typography::{date, printable},
    words::words,
};

/// Composes it.
///
/// # Errors
/// [`DocumentError`] names what is not fit to be written.
pub fn proof(source: &ProofSource) -> Result<Document, DocumentError> {
    let words = words(&source.frame.language);
    let mut page = Page { words, blocks: Vec::new() };
    page.paragraph(vec![Run::plain(words.proof_lead)]);
    funding(&mut page, &source.frame);
    page.heading(1, words.proof_held);
    let rows = |held: bool| -> Vec<_> {
        let row = |one: &ProofRow| {
            let (signed, present) = one.signed;
            let lacks = if signed == present && present > 0 { words.proof_all_signed } else { words.proof_join_paper };
            let mut row = vec![
                cell(one.workshop.number.map_or_else(String::new, |number| number.to_string())),
                cell(&one.workshop.title),
                cell(one.workshop.territories.join(", ")),
                cell(one.workshop.date.map_or_else(String::new, |day| date(day, words.french))),
            ];
            if held {
                row.extend([
                    cell(present.to_string()),
                    cell(format!("{signed}/{present}")),
                    cell(lacks),
                    cell(one.files.join("\n")),
                ]);
            }
            row
        };
        source.rows.iter().filter(|one| one.held == held).map(row).collect()
    };
    let first = [(words.code, 2, true), (words.workshop, 6, false), (words.territory, 5, false), (words.day, 5, false)];
    let more = [
        (words.present, 3, true),
        (words.signatures, 3, true),
        (words.proof_to_do, 7, false),
        (words.files, 11, false),
    ];
    page.table_or(table(words.proof_held, &[first.as_slice(), &more].concat(), rows(true)), words.no_workshop);
    if source.rows.iter().any(|one| !one.held) {
        page.heading(1, words.proof_to_come);
        page.table_or(table(words.proof_to_come, &first, rows(false)), words.no_workshop);
    }
    page.heading(1, words.proof_publicity);
    page.paragraph(vec![Run::plain(words.proof_by_construction)]);
    if source.notices.is_empty() {
        page.paragraph(vec![Run::strong(words.proof_nothing_wrong)]);
    } else {
        page.list(source.notices.iter().map(|notice| vec![Run::plain(printable(notice))]).collect());
    }
    let mut meta = meta(&source.frame, words, words.file_of_proof, source.frame.process.clone(), false);
    meta.landscape = true;
    Document { meta, blocks: page.blocks }.checked()
}
