//! What the facilitator's running sheet and the attendance of the minutes say, gathered from the read models.

use crate::{
    Failure, Session,
    attendance::{heads, is_remote, mark_of, once_each},
    sources::{day, finding_source},
    views::*,
};
use moisson_document::source::*;
use moisson_domain::{Entity, EntityId, Field, Kind};

impl Session {
    /// What the déroulé says: the séquences with their hours, what to bring, what was said before, and the plan B.
    pub(crate) fn agenda_source(&self, workshop: EntityId) -> Result<AgendaSource, Failure> {
        let catalog = self.catalog()?;
        let missing = || Failure::NoSuch { what: Some(Kind::Workshop), reference: workshop.to_string() };
        let row = self.workshops(&catalog)?.into_iter().find(|row| row.id == workshop).ok_or_else(missing)?;
        let mut at = row.starts_at.as_deref().and_then(minutes_of_day);
        let mut steps = Vec::new();
        for (step, detail) in row.steps.iter().zip(self.agenda(workshop)?.steps) {
            let end = at.map(|at| at + step.minutes.unwrap_or(0));
            steps.push(StepSource {
                title: detail.title,
                starts_at: at.map(time_of_day),
                ends_at: end.map(time_of_day),
                minutes: step.minutes,
                method: detail.method,
                goal: detail.goal,
                material: lines(detail.material.as_deref()),
                wording: detail.wording,
                instructions: lines(detail.instructions.as_deref()),
                question: detail.question,
            });
            at = end;
        }
        let theme = row.theme.as_ref().map(|theme| theme.id);
        let findings = self.findings(&catalog)?;
        Ok(AgendaSource {
            frame: self.frame()?,
            workshop: self.workshop_source(&row)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            question: row.question,
            aims: row.aims,
            steps,
            findings: findings.iter().filter(|one| theme.is_some() && one.theme == theme).map(finding_source).collect(),
            previous: self.previous(workshop)?.rooms.into_iter().map(previous_source).collect(),
        })
    }

    /// Who was there, for the minutes: by structure and college; by name only if it is asked for.
    pub(crate) fn attendance_source(&self, workshop: EntityId, names: bool) -> Result<AttendanceSource, Failure> {
        let view = self.attendance(workshop)?;
        let marks = once_each(self.children(Kind::Attendance, workshop)?);
        let name = |one: &OrganisationPresence| one.short_name.clone().unwrap_or_else(|| one.name.clone());
        let (known, unknown): (Vec<_>, Vec<_>) = view.organisations.iter().partition(|one| one.organisation.is_some());
        let rows = |pick: fn(&OrganisationPresence) -> u32| -> Vec<(String, u32)> {
            known.iter().filter(|one| pick(one) > 0).map(|one| (name(one), pick(one))).collect()
        };
        let attendee = |one: &Attendee| {
            let mark = marks.iter().find(|mark| mark.fields.id(Field::Participant) == Some(one.participant))?;
            let here = mark_of(mark) != Whereabouts::Excused;
            here.then(|| AttendeeSource {
                name: one.name.clone().unwrap_or_else(|| one.code.clone()),
                organisation: one.organisation.as_ref().map(|one| one.name.clone()),
                remote: is_remote(mark),
            })
        };
        let heads_of = |marks: Vec<&Entity>| marks.into_iter().map(heads).sum::<u32>();
        let excused = marks.iter().filter(|mark| mark_of(mark) == Whereabouts::Excused).collect();
        Ok(AttendanceSource {
            organisations: rows(|one| one.present),
            excused: rows(|one| one.excused),
            excused_count: heads_of(excused),
            other: unknown.iter().map(|one| one.present).sum(),
            colleges: view
                .colleges
                .iter()
                .filter_map(|one| Some((one.college.as_ref()?.name.clone(), one.present)))
                .collect(),
            remote: view.remote,
            attendees: if names { view.people.iter().filter_map(attendee).collect() } else { Vec::new() },
        })
    }
}

/// Lines on a sheet to be signed, where nobody knows how many will come.
const SIGNED_BY_HAND: u32 = 24;
/// Cards in one go: six sheets of paper.
const CARDS: u32 = 48;
/// The hour that parts morning from afternoon.
const NOON: &str = "13:00";

impl Session {
    /// The feuille d'émargement: empty lines to sign on, or who came and what was signed.
    pub(crate) fn attendance_sheet_source(
        &self,
        workshop: EntityId,
        filled: bool,
    ) -> Result<AttendanceSheetSource, Failure> {
        let row = self.workshop_row(workshop)?;
        let view = self.attendance(workshop)?;
        let mut people = Vec::new();
        if filled {
            let marks = once_each(self.children(Kind::Attendance, workshop)?);
            let offset = *(self.world.now)().offset();
            for one in view.people.iter().filter(|one| matches!(one.mark, Whereabouts::Present | Whereabouts::Remote)) {
                let arrived = one.arrived_at.and_then(|at| chrono::DateTime::from_timestamp_millis(at as i64));
                people.push(SignerSource {
                    name: one.name.clone().unwrap_or_else(|| one.code.clone()),
                    organisation: one.organisation.as_ref().map(|one| one.name.clone()),
                    role: one.college.clone(),
                    arrived_at: arrived.map(|at| at.with_timezone(&offset).format("%H:%M").to_string()),
                    remote: one.mark == Whereabouts::Remote,
                    signature: self.signature(workshop, one.participant)?,
                });
            }
            people.extend(unnamed(&view, &marks, self.language()));
        }
        let before = |time: Option<&String>| time.is_none_or(|time| time.as_str() < NOON);
        let after = |time: Option<&String>| time.is_none_or(|time| time.as_str() > NOON);
        let mut half_days = Vec::new();
        if before(row.starts_at.as_ref()) {
            half_days.push(HalfDay::Morning);
        }
        if half_days.is_empty() || after(row.ends_at.as_ref()) {
            half_days.push(HalfDay::Afternoon);
        }
        Ok(AttendanceSheetSource {
            frame: self.frame()?,
            workshop: self.workshop_source(&row)?,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            half_days,
            people,
            filled,
            present: view.present,
            blank_lines: if filled { 2 } else { SIGNED_BY_HAND },
        })
    }

    /// Blank cards, for an atelier or for any; with the atelier they are for.
    pub(crate) fn cards_source(
        &self,
        workshop: Option<EntityId>,
    ) -> Result<(CardsSource, Option<WorkshopSource>), Failure> {
        let row = workshop.map(|workshop| self.workshop_row(workshop)).transpose()?;
        let room = row.as_ref().map(|row| self.workshop_source(row)).transpose()?;
        let title = room.as_ref().map(|room| {
            let number = room.number.map(|number| format!("{number} · ")).unwrap_or_default();
            format!("{number}{}", room.title)
        });
        let question = row.and_then(|row| row.question);
        Ok((CardsSource { frame: self.frame()?, workshop: title, question, first: 1, count: CARDS }, room))
    }

    fn workshop_row(&self, workshop: EntityId) -> Result<WorkshopRow, Failure> {
        let missing = || Failure::NoSuch { what: Some(Kind::Workshop), reference: workshop.to_string() };
        self.workshops(&self.catalog()?)?.into_iter().find(|row| row.id == workshop).ok_or_else(missing)
    }
}

/// Those who were counted by structure without being named: a line each structure.
fn unnamed(view: &AttendanceView, marks: &[Entity], language: crate::Language) -> Vec<SignerSource> {
    let counted = |one: &OrganisationPresence| -> u32 {
        let of = |mark: &&Entity| {
            mark.fields.id(Field::Participant).is_none()
                && mark.fields.id(Field::Organisation) == one.organisation
                && mark_of(mark) != Whereabouts::Excused
        };
        marks.iter().filter(of).map(heads).sum()
    };
    let line = |one: &OrganisationPresence| {
        let count = counted(one);
        (count > 0).then(|| SignerSource {
            name: if count == 1 {
                language.say("1 personne comptée sans nom", "1 person counted without a name")
            } else {
                language.say(
                    format!("{count} personnes comptées sans nom"),
                    format!("{count} persons counted without a name"),
                )
            },
            organisation: one.organisation.map(|_| one.name.clone()),
            ..SignerSource::default()
        })
    };
    view.organisations.iter().filter_map(line).collect()
}

fn previous_source(room: PreviousRoom) -> PreviousSource {
    let group = |one: PreviousGroup| PreviousGroupSource {
        name: one.name,
        proposals: one.proposals,
        rank: one.rank,
        actions: one.actions.into_iter().map(|action| (action.number, action.title)).collect(),
        answers: one.answers,
    };
    PreviousSource {
        number: room.number,
        title: room.title,
        territories: room.territories.into_iter().map(|one| one.name).collect(),
        date: room.date.as_deref().and_then(day),
        groups: room.groups.into_iter().map(group).collect(),
        decisions: room.decisions,
        next_steps: room.next_steps.into_iter().map(|one| (one.text, one.done)).collect(),
    }
}

fn lines(text: Option<&str>) -> Vec<String> {
    let lines = text.unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn minutes_of_day(time: &str) -> Option<u32> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<u32>().ok()? * 60 + minutes.parse::<u32>().ok()?)
}

/// An atelier that runs past midnight goes on with the next day's hours.
fn time_of_day(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60)
}
