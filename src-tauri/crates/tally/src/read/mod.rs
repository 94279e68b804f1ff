//! Reading votes: the JSON of the public contract, a CSV with an option a column, PrefLib's and Pabulib's files, and the
//! opinions of a Polis conversation. What is not UTF-8 is read as Windows-1252.

mod duels;
mod pabulib;
mod polis;
mod preflib;
mod profiles;

use crate::{
    Ballot, Choice, Election, Mark, Method, Settings, Table, TallyError, Weight,
    table::{Cells, NONE},
};
use serde::Deserialize;
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};

/// Reads a vote in whichever of the formats the text is in.
///
/// # Errors
/// [`TallyError::Input`] with the line that does not fit.
pub fn election(bytes: &[u8], method: Method) -> Result<Election, TallyError> {
    let text = decoded(bytes);
    let start = text.trim_start();
    if start.starts_with('{') {
        election_from_json(start)
    } else if start.starts_with("META") {
        pabulib::read(start)
    } else if start.starts_with('#') {
        preflib::read(start)
    } else if method == Method::Consensus {
        polis::read(start)
    } else if method == Method::Pairwise {
        duels::read(start)
    } else if method == Method::MajorityJudgment && profiles::heads(start) {
        profiles::read(start)
    } else {
        election_from_csv(start, method)
    }
}

fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0, Cow::Borrowed)
}

fn input(line: u64, detail: impl Into<String>) -> TallyError {
    TallyError::Input { line, detail: detail.into() }
}

/// Reads `{"options":[{"id":…}],"ballots":[…],"settings":{…}}`. Each bulletin is read alone: one that is malformed is one
/// invalid bulletin.
///
/// # Errors
/// [`TallyError::Input`] with the line where the text is not that JSON.
pub fn election_from_json(text: &str) -> Result<Election, TallyError> {
    #[derive(Deserialize)]
    struct File {
        options: Vec<Choice>,
        #[serde(default)]
        ballots: Vec<Value>,
        #[serde(default)]
        settings: Settings,
    }
    let file: File = serde_json::from_str(text)
        .map_err(|error| TallyError::Input { line: error.line() as u64, detail: error.to_string() })?;
    let mut election = Election { options: file.options, settings: file.settings, ..Election::default() };
    for (number, ballot) in (1..).zip(file.ballots) {
        match serde_json::from_value::<Ballot>(ballot) {
            Ok(ballot) => election.ballots.push(ballot),
            Err(error) => election.unreadable.push((number, error.to_string())),
        }
    }
    Ok(election)
}

/// Reads a table with a heading of options and a bulletin per row: a grade, a number of dots or of hands, or 1/0 for an
/// approval, a place for a ranking, as the method counts. An empty cell is no answer; a column `weight` or `poids` is the weight.
///
/// # Errors
/// [`TallyError::Input`] with the line that is no row of the table.
pub fn election_from_csv(text: &str, method: Method) -> Result<Election, TallyError> {
    let mut reader = table(text);
    let headings = reader.headers().map_err(|error| input(1, error.to_string()))?.clone();
    let is_weight = |name: &str| ["weight", "poids"].contains(&name.to_lowercase().as_str());
    let mut election = Election::default();
    for name in headings.iter().filter(|name| !is_weight(name)) {
        election.options.push(Choice { id: name.to_owned(), ..Choice::default() });
    }
    if method == Method::MajorityJudgment
        && let Some(table) = Table::new(Cells::Grades, election.options.len())
    {
        return grades(&headings, &is_weight, reader, table, election);
    }
    let mut highest = 0;
    for (number, record) in (1..).zip(reader.records()) {
        let record =
            record.map_err(|error| input(error.position().map_or(0, csv::Position::line), error.to_string()))?;
        match row(&headings, &record, method, &is_weight) {
            Ok((ballot, most)) => {
                highest = highest.max(most);
                election.ballots.push(ballot);
            }
            Err(detail) => election.unreadable.push((number, detail)),
        }
    }
    // A table says nothing of its scale: at least the usual seven grades, more if it uses them.
    election.settings.grades =
        u8::try_from(highest.saturating_add(1)).unwrap_or(u8::MAX).max(Settings::default().grades);
    election.settings.points = u32::MAX;
    Ok(election)
}

/// A table with a heading, separated by whichever of `;` and `,` its heading has more of.
fn table(text: &str) -> csv::Reader<&[u8]> {
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' };
    csv::ReaderBuilder::new().delimiter(separator).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes())
}

/// The rows of a table of grades, a byte each.
fn grades(
    headings: &csv::StringRecord,
    is_weight: &dyn Fn(&str) -> bool,
    mut reader: csv::Reader<&[u8]>,
    mut table: Table,
    mut election: Election,
) -> Result<Election, TallyError> {
    let weight = headings.iter().position(is_weight);
    let mut cells = Vec::with_capacity(headings.len());
    let mut record = csv::ByteRecord::new();
    let (mut number, mut highest) = (0, 0);
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(&error))? {
        number += 1;
        cells.clear();
        cells.resize(headings.len(), NONE);
        let fits = |cell: &[u8]| match cell {
            b"" => Some(NONE),
            [digit @ b'0'..=b'9'] => Some(digit - b'0'),
            cell => std::str::from_utf8(cell).ok()?.parse().ok().filter(|grade| *grade < NONE),
        };
        let mut parsed = record.len() <= headings.len();
        for (at, (cell, text)) in cells.iter_mut().zip(&record).enumerate() {
            if weight != Some(at) {
                match fits(text) {
                    Some(grade) => *cell = grade,
                    None => parsed = false,
                }
            }
        }
        let text = weight.and_then(|at| record.get(at)).map(String::from_utf8_lossy).filter(|text| !text.is_empty());
        let weighed = text.map_or(Some(Weight::default()), |text| Weight::parse(&text));
        let (true, Some(weighed)) = (parsed, weighed) else {
            let record = csv::StringRecord::from_byte_record_lossy(record.clone());
            let why = row(headings, &record, Method::MajorityJudgment, is_weight).err();
            let line = reader.position().line().saturating_sub(1);
            let detail = why.unwrap_or_else(|| String::from("a grade beyond every scale"));
            election.unreadable.push((number, format!("line {line}: {detail}")));
            continue;
        };
        if let Some(at) = weight {
            cells.remove(at);
        }
        highest = cells.iter().filter(|cell| **cell != NONE).fold(highest, |most, grade| most.max(*grade));
        table.push(&cells, weighed);
    }
    election.settings.grades = highest.saturating_add(1).max(Settings::default().grades);
    election.settings.points = u32::MAX;
    election.table = Some(table);
    Ok(election)
}

fn unreadable(error: &csv::Error) -> TallyError {
    input(error.position().map_or(0, csv::Position::line), error.to_string())
}

fn row(
    headings: &csv::StringRecord,
    record: &csv::StringRecord,
    method: Method,
    is_weight: &dyn Fn(&str) -> bool,
) -> Result<(Ballot, u32), String> {
    if record.len() > headings.len() {
        return Err(format!("{} cells under {} headings", record.len(), headings.len()));
    }
    let mut ballot = Ballot::default();
    let mut values: BTreeMap<String, u32> = BTreeMap::new();
    for (name, cell) in headings.iter().zip(record).filter(|(_, cell)| !cell.is_empty()) {
        if is_weight(name) {
            ballot.weight = Some(Weight::parse(cell).ok_or_else(|| format!("`{cell}` is no weight"))?);
        } else {
            let value = cell.parse().map_err(|_| format!("`{cell}` is no whole number"))?;
            values.insert(name.to_owned(), value);
        }
    }
    let most = values.values().copied().max().unwrap_or_default();
    match method {
        Method::MajorityJudgment => {
            let grade = |value: u32| u8::try_from(value).unwrap_or(u8::MAX);
            ballot.grades = Some(values.into_iter().map(|(name, value)| (name, grade(value))).collect());
        }
        Method::Dots => ballot.points = Some(values),
        Method::Hands => ballot.counts = Some(values),
        Method::Approval | Method::Budget => {
            ballot.approve = Some(values.into_iter().filter(|(_, value)| *value > 0).map(|(name, _)| name).collect());
        }
        Method::Score => {
            ballot.scores = Some(values.into_iter().map(|(name, value)| (name, Mark::One(value))).collect());
        }
        // These have tables of their own, or more than a number per option.
        Method::Consensus | Method::Pairwise | Method::ImpactEffort | Method::Consent => {}
        // The number is the place: 1 is the best, equal places tie.
        Method::Borda | Method::Copeland | Method::Irv | Method::RankedPairs | Method::Schulze | Method::Stv => {
            let mut places: BTreeMap<u32, Vec<String>> = BTreeMap::new();
            for (name, place) in values {
                places.entry(place).or_default().push(name);
            }
            ballot.ranking = Some(places.into_values().collect());
        }
    }
    Ok((ballot, most))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::{Reason, tally};

    #[test]
    fn a_malformed_bulletin_is_invalid_and_stops_nothing() {
        let text = r#"{"options":[{"id":"A"},{"id":"B"}],"settings":{"points":3},"ballots":[
            {"points":{"A":2,"B":1}}, {"points":{"A":-1}}, {"points":{"C":1}}, {"points":{"A":9}}, {"weight":0,"points":{}},
            {"approve":["A"]}, {"weight":14,"points":{"B":1}}, 7]}"#;
        let outcome = tally(Method::Dots, &election_from_json(text).unwrap()).unwrap();
        assert_eq!(outcome.ranking, [["B"], ["A"]]);
        assert_eq!((outcome.ballots, outcome.invalid), (15.into(), 6));
        let numbers: Vec<u32> = outcome.invalid_reasons.iter().map(|one| one.number).collect();
        assert_eq!(numbers, [2, 3, 4, 5, 6, 8]);
        assert_eq!(outcome.invalid_reasons[1].reason, Reason::UnknownOption { option: "C".into() });
    }

    #[test]
    fn a_table_of_grades_is_read_with_semicolons_and_weights() {
        let election = election_from_csv("A;B;poids\n3;1;2\n0;;1\nx;1;1\n", Method::MajorityJudgment).unwrap();
        let outcome = tally(Method::MajorityJudgment, &election).unwrap();
        assert_eq!(outcome.winners, ["A"]);
        assert_eq!((outcome.ballots, outcome.invalid), (3.into(), 1));
    }

    #[test]
    fn what_cannot_be_counted_is_refused_in_one_sentence() {
        assert!(matches!(election_from_json("{").unwrap_err(), TallyError::Input { line: 1, .. }));
        let none = election_from_json(r#"{"options":[]}"#).unwrap();
        assert_eq!(tally(Method::Dots, &none), Err(TallyError::NoOptions));
        let twice = election_from_json(r#"{"options":[{"id":"A"},{"id":"A"}]}"#).unwrap();
        assert_eq!(tally(Method::Hands, &twice), Err(TallyError::DuplicateOption("A".into())));
    }

    #[test]
    fn hands_are_added_by_table_and_shared_over_those_present() {
        let text = r#"{"options":[{"id":"A"},{"id":"B"}],"settings":{"present":30},
            "ballots":[{"counts":{"A":7,"B":2},"channel":"hands"},{"counts":{"A":3},"channel":"hands"}]}"#;
        let outcome = tally(Method::Hands, &election_from_json(text).unwrap()).unwrap();
        assert_eq!(outcome.scores["A"], crate::Score::Votes { votes: 10.into(), per_mille: Some(333) });
    }

    #[test]
    fn no_bulletin_elects_nobody() {
        let empty =
            election_from_json(r#"{"options":[{"id":"A","cost":1},{"id":"B","cost":1}],"settings":{"budget":2}}"#)
                .unwrap();
        for method in Method::ALL {
            let outcome = tally(method, &empty).unwrap();
            assert_eq!((outcome.winners.len(), outcome.ranking.len()), (0, 1), "{method}: all tie and none wins");
        }
    }
}
