//! What changed since the version in force, as the committee's slides tell it.

use crate::{Failure, Session, views::*};
use chrono::NaiveDate;
use moisson_document::source::{ChangeSource, ChangesSource};

impl Session {
    /// What changed since the last adoption; none before the first.
    pub(crate) fn change_sources(&self) -> Result<Option<ChangesSource>, Failure> {
        let history = self.plan_history(&AmendmentFilter::default())?;
        let Some(version) = history.versions.first() else { return Ok(None) };
        let rows = history.amended.into_iter().flat_map(|one| {
            let action = one.action.map(|action| (action.number, action.title));
            let how = match one.how {
                AmendedHow::New => "new",
                AmendedHow::Gone => "gone",
                AmendedHow::Changed => "changed",
            };
            let row = |field: String, before: String, after: String| ChangeSource {
                action: action.clone(),
                kind: one.kind.clone(),
                title: one.title.clone(),
                how: how.to_owned(),
                field,
                before,
                after,
            };
            // What is new or gone is one thing, whatever fields it has.
            if one.how == AmendedHow::Changed || one.kind == "link" {
                one.fields.iter().map(|one| row(one.field.clone(), one.before.clone(), one.after.clone())).collect()
            } else {
                vec![row(String::new(), String::new(), String::new())]
            }
        });
        Ok(Some(ChangesSource {
            version: version.label.clone(),
            adopted_on: version.adopted_on.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()),
            rows: rows.collect(),
        }))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{Field, Fields, Kind, testing::room};
    use serde_json::json;

    #[test]
    fn the_committee_is_told_what_changed_since_it_adopted() {
        let (mut session, _, _folder) = room();
        let title: Fields = [(Field::Title, json!("Bus"))].into_iter().collect();
        let bus = session.create_entity(Kind::Action, title, None).unwrap();
        assert!(session.change_sources().unwrap().is_none());
        session.adopt_plan("V1").unwrap();
        assert!(session.change_sources().unwrap().unwrap().rows.is_empty());
        session.world.now = Box::new(|| chrono::DateTime::parse_from_rfc3339("2022-10-01T10:00:00+02:00").unwrap());
        session.edit_entity(bus, [(Field::Status, json!("running"))].into_iter().collect()).unwrap();
        let told = session.change_sources().unwrap().unwrap();
        assert_eq!(told.version, "V1");
        let [row] = &told.rows[..] else { panic!("{told:?}") };
        assert_eq!((row.field.as_str(), row.after.as_str()), ("status", "running"));
        assert_eq!(row.action.as_ref().unwrap().1, "Bus");
    }
}
