//! What an atelier needs on paper, gathered from the read models: invitation, poster, bulletins, table tents.

use crate::{
    Failure, Session,
    views::{BallotView, DocumentKind, JoinView, RoomMethod, WorkshopRow},
};
use moisson_document::source::*;
use moisson_domain::{EntityId, Field, Kind};
use moisson_room::qr_svg;
use moisson_tally::Settings;

/// Bulletins where nobody was counted yet, and tables where none was noted.
const COPIES: u32 = 30;
const TABLES: u32 = 8;
/// Letters of a title that a diary's code holds without becoming too fine to read.
const DIARY_TITLE: usize = 60;

impl Session {
    /// What the material of an atelier says; how phones come in, if the room is open.
    pub(crate) fn room_source(
        &self,
        document: DocumentKind,
        workshop: EntityId,
        join: Option<&JoinView>,
    ) -> Result<RoomSource, Failure> {
        let missing = || Failure::NoSuch { what: Some(Kind::Workshop), reference: workshop.to_string() };
        let row = self.workshops(&self.catalog()?)?.into_iter().find(|row| row.id == workshop).ok_or_else(missing)?;
        let mut votes = Vec::new();
        if document == DocumentKind::Ballots {
            for ballot in self.ballots(workshop)? {
                let view = self.ballot(ballot.id)?;
                // A vote that is closed is not asked again on paper, unless there is no other.
                votes.push((view.state == "closed", paper_vote(view)));
            }
        }
        let open = votes.iter().any(|(closed, _)| !closed);
        let votes = votes.into_iter().filter(|(closed, _)| !(open && *closed)).map(|(_, vote)| vote).collect();
        let mut tables = TABLES;
        if document == DocumentKind::Tents {
            let proposals = self.children(Kind::Proposal, workshop)?;
            tables =
                proposals.iter().filter_map(|one| one.fields.number(Field::Table)).max().unwrap_or(TABLES).clamp(1, 60);
        }
        Ok(RoomSource {
            frame: self.frame()?,
            workshop: self.workshop_source(&row)?,
            diary: diary(&row).and_then(|text| qr_svg(&text).ok()),
            door: join.map(|join| DoorSource {
                address: join.address.clone(),
                word: join.word.clone(),
                page_code: join.page_qr.clone(),
                wifi: join.wifi.clone(),
                wifi_code: join.wifi_qr.clone(),
            }),
            votes,
            copies: row.present_count.filter(|count| *count > 0).unwrap_or(COPIES),
            tables,
            steps: row.steps.iter().map(|step| (step.title.clone(), step.minutes)).collect(),
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            question: row.question,
            aims: row.aims,
        })
    }
}

/// The event that phones put into a diary (RFC 5545); none without a day.
fn diary(row: &WorkshopRow) -> Option<String> {
    let day = row.date.as_deref()?.replace('-', "");
    let clean = |text: &str| -> String {
        text.chars().filter(|c| !c.is_control()).take(DIARY_TITLE).collect::<String>().replace([',', ';', '\\'], " ")
    };
    let stamp = |time: &str| format!("{day}T{}00", time.replace(':', ""));
    let mut lines = vec![String::from("BEGIN:VEVENT"), format!("SUMMARY:{}", clean(&row.title))];
    match &row.starts_at {
        Some(start) => {
            lines.push(format!("DTSTART:{}", stamp(start)));
            lines.extend(row.ends_at.as_deref().map(|end| format!("DTEND:{}", stamp(end))));
        }
        None => lines.push(format!("DTSTART;VALUE=DATE:{day}")),
    }
    lines.extend(row.place.as_deref().map(|place| format!("LOCATION:{}", clean(place))));
    lines.push(String::from("END:VEVENT"));
    Some(lines.join("\n"))
}

fn paper_vote(view: BallotView) -> PaperVoteSource {
    let usual = Settings::default();
    let answer = match view.method {
        RoomMethod::Dots => PaperAnswer::Dots(view.settings.points.unwrap_or(usual.points)),
        RoomMethod::Score => {
            PaperAnswer::Scores(view.settings.min.unwrap_or_default(), view.settings.max.unwrap_or(10))
        }
        RoomMethod::MajorityJudgment => PaperAnswer::Grades(view.grade_names.into_iter().rev().collect()),
        RoomMethod::Borda
        | RoomMethod::Copeland
        | RoomMethod::Irv
        | RoomMethod::RankedPairs
        | RoomMethod::Schulze
        | RoomMethod::Stv => PaperAnswer::Ranks,
        RoomMethod::Pairwise => PaperAnswer::Duels,
        RoomMethod::ImpactEffort => PaperAnswer::ImpactEffort,
        RoomMethod::Consent => PaperAnswer::Consent,
        RoomMethod::Consensus => PaperAnswer::Opinion,
        RoomMethod::Hands | RoomMethod::Approval | RoomMethod::Budget | RoomMethod::Unknown => PaperAnswer::Crosses,
    };
    PaperVoteSource {
        question: view.question,
        rule: view.rule,
        options: view.options.into_iter().map(|option| option.label).collect(),
        answer,
    }
}
