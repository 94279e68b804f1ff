//! Versions of the plan: what was adopted under a label, and what was amended since.
//!
//! A version keeps no copy: the journal already holds every word that was ever in the plan. Adopting notes the moment and a
//! fingerprint, and comparing reads what changed between two moments. What was adopted is locked until an amendment is
//! declared (see `adopted`).

use crate::{
    Failure, Session,
    catalog::{name, text},
    home::fold,
    session::{fields, shorten},
    views::*,
};
use chrono::NaiveDate;
use moisson_domain::{DELETED, Entity, EntityId, Field, Kind};
use moisson_journal::Draft;
use moisson_store::TrailRow;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// What a plan is made of.
const PLAN: [Kind; 8] = [
    Kind::Axis,
    Kind::Objective,
    Kind::Action,
    Kind::Milestone,
    Kind::Funding,
    Kind::Indicator,
    Kind::Measure,
    Kind::Link,
];

/// Fields that place things and say nothing.
const SILENT: [Field; 6] =
    [Field::Rank, Field::Action, Field::Indicator, Field::Progress, Field::AgreedOn, Field::DoneOn];

/// Letters of a title that are shown.
const TITLE: usize = 120;

/// Everything that happened to one entity between two moments.
#[derive(Default)]
struct Course {
    kind: String,
    fields: BTreeMap<String, (Option<Value>, Value)>,
    gone: bool,
}

impl Session {
    /// Adopts the plan as it stands under a label. Asked again while nothing changed, it is the version that there is.
    ///
    /// # Errors
    /// [`Failure::VersionTaken`], what a label refuses, or what the store reports.
    pub fn adopt_plan(&mut self, label: &str) -> Result<EntityId, Failure> {
        let (label, digest) = (label.trim(), self.plan_digest()?);
        let same = |one: &&Entity| one.fields.text(Field::Label).is_some_and(|known| fold(known) == fold(label));
        if let Some(known) = self.list(Kind::PlanVersion)?.iter().rfind(same) {
            let unchanged = known.fields.text(Field::Digest) == Some(digest.as_str());
            return if unchanged { Ok(known.id) } else { Err(Failure::VersionTaken { label: label.to_owned() }) };
        }
        let id = self.new_id();
        let today = (self.world.now)().date_naive().to_string();
        let set =
            fields([(Field::Label, json!(label)), (Field::AdoptedOn, json!(today)), (Field::Digest, json!(digest))]);
        moisson_domain::check(Kind::PlanVersion, Field::Label.name(), &json!(label))?;
        let mut drafts = vec![Draft::set(id, Kind::PlanVersion.name(), set)];
        drafts.extend(self.closed_amendments()?);
        self.act("plan.adopt", drafts)?;
        Ok(id)
    }

    /// Versions of the plan, and what was amended between two moments.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn plan_history(&self, asked: &AmendmentFilter) -> Result<PlanHistory, Failure> {
        let known = self.list(Kind::PlanVersion)?;
        let digest = if known.is_empty() { String::new() } else { self.plan_digest()? };
        let mut versions = Vec::new();
        for entity in known.iter() {
            versions.push(VersionRow {
                id: entity.id,
                label: text(entity, Field::Label),
                adopted_on: entity.fields.string(Field::AdoptedOn),
                unchanged: entity.fields.text(Field::Digest) == Some(digest.as_str()),
                digest: entity.fields.string(Field::Digest),
                amendments: self.amendments_of(entity.id)?,
            });
        }
        versions.sort_by_key(|version| std::cmp::Reverse(version.id));
        let day = asked.day.as_deref().and_then(|day| day.parse::<NaiveDate>().ok());
        let from = if day.is_some() { None } else { asked.from.or(versions.first().map(|version| version.id)) };
        let moment = |id: EntityId| i64::try_from(id.millis()).unwrap_or(i64::MAX);
        let begin = match (day, from) {
            (Some(day), _) => Some(self.start_of(day)),
            (None, Some(version)) => Some(moment(version)),
            (None, None) => None,
        };
        let end = asked.until.map_or(i64::MAX, moment);
        let amended = match begin {
            Some(begin) => self.amended(begin, end)?,
            None => Vec::new(),
        };
        Ok(PlanHistory { next: format!("V{}", versions.len() + 1), versions, from, amended })
    }

    /// The first moment of a day by the clock of this laptop.
    fn start_of(&self, day: NaiveDate) -> i64 {
        let zone = *(self.world.now)().offset();
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_local_timezone(zone).single();
        midnight.map_or(i64::MAX, |midnight| midnight.timestamp_millis())
    }

    fn amended(&self, begin: i64, end: i64) -> Result<Vec<Amended>, Failure> {
        let mut courses: BTreeMap<EntityId, Course> = BTreeMap::new();
        self.store.trail_between(&PLAN, begin, end, |row| follow(&mut courses, row))?;
        let plan = self.plan()?;
        let rows = plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let placed: HashMap<EntityId, (usize, CheckedAction)> = rows
            .enumerate()
            .map(|(at, row)| {
                let action = CheckedAction { id: row.id, number: row.number.clone(), title: row.title.clone() };
                (row.id, (at, action))
            })
            .collect();
        let mut names = HashMap::new();
        let mut found = Vec::new();
        for (id, course) in courses {
            if let Some((owner, amended)) = self.amended_one(id, course, begin, &mut names)? {
                let place = owner.and_then(|owner| placed.get(&owner));
                let order = place.map_or(usize::MAX, |(at, _)| *at);
                found.push((order, Amended { action: place.map(|(_, action)| action.clone()), ..amended }));
            }
        }
        // Stable: within an action, in the order things were made.
        found.sort_by_key(|(order, _)| *order);
        Ok(found.into_iter().map(|(_, amended)| amended).collect())
    }

    /// What became of one entity, and the action it belongs to; none where nothing is left to tell.
    fn amended_one(
        &self,
        id: EntityId,
        course: Course,
        begin: i64,
        names: &mut HashMap<EntityId, String>,
    ) -> Result<Option<(Option<EntityId>, Amended)>, Failure> {
        let now = self.store.entity(id)?;
        let new = i64::try_from(id.millis()).unwrap_or(i64::MAX) > begin;
        if new && (course.gone || now.is_none()) {
            return Ok(None);
        }
        let kind = Kind::named(&course.kind);
        let mut set = now.map(|entity| entity.fields).unwrap_or_default();
        if kind == Some(Kind::Link) || set.0.is_empty() {
            // What is gone is read where it was said.
            self.store.trail(Some(id), |row| {
                for (field, (_, value)) in row.fields.into_iter().filter(|(field, _)| field != DELETED) {
                    set.0.entry(field).or_insert(value);
                }
            })?;
        }
        let action = match kind {
            Some(Kind::Action) => Some(id),
            Some(Kind::Link) => set.id(Field::From),
            Some(Kind::Measure) => match set.id(Field::Indicator) {
                Some(indicator) => self.store.entity(indicator)?.and_then(|one| one.fields.id(Field::Action)),
                None => None,
            },
            _ => set.id(Field::Action),
        };
        if kind == Some(Kind::Link) {
            return self.amended_link(&set, action, course.gone);
        }
        let mut fields = Vec::new();
        for (field, (before, after)) in course.fields {
            let known = Field::named(&field);
            if course.gone || known.is_none_or(|field| SILENT.contains(&field)) || before.as_ref() == Some(&after) {
                continue;
            }
            let before = before.map(|value| self.shown(kind, &field, &value, names)).transpose()?.unwrap_or_default();
            let after = self.shown(kind, &field, &after, names)?;
            if before != after {
                fields.push(Amendment { field, before, after });
            }
        }
        if fields.is_empty() && !course.gone {
            return Ok(None);
        }
        let how = match (course.gone, new) {
            (true, _) => AmendedHow::Gone,
            (false, true) => AmendedHow::New,
            (false, false) => AmendedHow::Changed,
        };
        let called = kind.and_then(Kind::title).and_then(|field| set.string(field)).unwrap_or_default();
        let title = shorten(&called, TITLE);
        Ok(Some((action, Amended { action: None, kind: course.kind, title, how, fields })))
    }

    /// A tie of an action that was made or undone: to a partner, a theme, a source.
    fn amended_link(
        &self,
        set: &moisson_domain::Fields,
        action: Option<EntityId>,
        gone: bool,
    ) -> Result<Option<(Option<EntityId>, Amended)>, Failure> {
        let owner = match action {
            Some(action) => self.store.entity(action)?.filter(|entity| entity.kind == Kind::Action.name()),
            None => None,
        };
        let (Some(owner), Some(to), Some(word)) = (owner, set.id(Field::To), set.string(Field::Kind)) else {
            return Ok(None);
        };
        let named = self.store.entity(to)?.map(|entity| shorten(&name(&entity).name, TITLE)).unwrap_or_default();
        let (before, after) = if gone { (named, String::new()) } else { (String::new(), named) };
        let fields = vec![Amendment { field: word, before, after }];
        let how = if gone { AmendedHow::Gone } else { AmendedHow::New };
        let title = shorten(&name(&owner).name, TITLE);
        let amended = Amended { action: None, kind: Kind::Link.name().to_owned(), title, how, fields };
        Ok(Some((Some(owner.id), amended)))
    }

    /// A fingerprint of every word of the plan, whatever the order things were made in.
    fn plan_digest(&self) -> Result<String, Failure> {
        let mut hasher = blake3::Hasher::new();
        let actions: std::collections::BTreeSet<EntityId> =
            self.list(Kind::Action)?.iter().map(|action| action.id).collect();
        for kind in PLAN {
            let all = self.list(kind)?;
            let mut all: Vec<&Entity> = all.iter().collect();
            all.sort_unstable_by_key(|entity| entity.id);
            for entity in all {
                let ours = kind != Kind::Link || entity.fields.id(Field::From).is_some_and(|id| actions.contains(&id));
                if ours && kind != Kind::Measure {
                    let silent =
                        |name: &str| *name != *Field::Rank.name() && SILENT.iter().any(|one| one.name() == name);
                    let told: BTreeMap<&String, &Value> =
                        entity.fields.0.iter().filter(|(name, _)| !silent(name)).collect();
                    hasher.update(entity.id.as_bytes());
                    hasher.update(serde_json::to_string(&told).unwrap_or_default().as_bytes());
                }
            }
        }
        Ok(hasher.finalize().to_hex().to_string())
    }
}

/// Takes one more change into account: what a field first overwrote, and what it last set.
fn follow(courses: &mut BTreeMap<EntityId, Course>, row: TrailRow) {
    let course = courses.entry(row.entity).or_default();
    course.kind = row.kind;
    for (field, (before, after)) in row.fields {
        if field == DELETED {
            course.gone = after == Value::Bool(true);
            continue;
        }
        let known = course.fields.entry(field).or_insert_with(|| (before.into_iter().next(), Value::Null));
        known.1 = after;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{EntityId, Failure, Field, Fields, Kind, Session, Surroundings, testing::room, views::*};
    use chrono::{DateTime, Duration};
    use serde_json::{Value, json};
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    fn made<const N: usize>(session: &mut Session, kind: Kind, set: [(Field, Value); N]) -> EntityId {
        session.create_entity(kind, set.into_iter().collect::<Fields>(), None).unwrap()
    }

    /// A démarche whose clock moves on by an hour when asked to.
    fn plan() -> (Session, Arc<AtomicI64>, tempfile::TempDir) {
        let (mut session, _, folder) = room();
        let hours = Arc::new(AtomicI64::new(0));
        let clock = Arc::clone(&hours);
        let start = DateTime::parse_from_rfc3339("2022-09-01T10:00:00+02:00").unwrap();
        let now = move || start + Duration::hours(clock.load(Ordering::Relaxed));
        session.world = Surroundings {
            now: Box::new(now),
            author: String::new(),
            language: crate::Language::Fr,
            random: session.world.random.clone(),
        };
        (session, hours, folder)
    }

    fn later(hours: &AtomicI64) {
        hours.fetch_add(1, Ordering::Relaxed);
    }

    #[test]
    fn what_was_amended_since_adoption_is_told_once_from_first_to_last() {
        let (mut session, hours, _folder) = plan();
        let bus = made(&mut session, Kind::Action, [(Field::Title, json!("Bus")), (Field::Risks, json!("Le gel"))]);
        let partner = made(&mut session, Kind::Organisation, [(Field::Name, json!("CCAS"))]);
        later(&hours);
        let version = session.adopt_plan("V1").unwrap();
        let history = session.plan_history(&AmendmentFilter::default()).unwrap();
        assert!(history.amended.is_empty() && history.versions[0].unchanged);
        assert_eq!((history.next.as_str(), history.from), ("V2", Some(version)));
        later(&hours);
        session.amend_plan("Le comité de novembre").unwrap();
        for words in ["La neige", "La pluie"] {
            session.edit_entity(bus, [(Field::Risks, json!(words))].into_iter().collect()).unwrap();
        }
        made(&mut session, Kind::Milestone, [(Field::Action, json!(bus)), (Field::What, json!("Réunir"))]);
        session.set_links(bus, "partner", &[partner]).unwrap();
        let history = session.plan_history(&AmendmentFilter::default()).unwrap();
        assert!(!history.versions[0].unchanged);
        let told: Vec<(&str, AmendedHow)> = history.amended.iter().map(|one| (one.kind.as_str(), one.how)).collect();
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(history.amended.iter().all(|one| one.action.as_ref().is_some_and(|action| action.id == bus)));
        let risks = history.amended.iter().find(|one| one.kind == "action").unwrap();
        assert_eq!((risks.fields[0].before.as_str(), risks.fields[0].after.as_str()), ("Le gel", "La pluie"));
        let link = history.amended.iter().find(|one| one.kind == "link").unwrap();
        assert_eq!((link.fields[0].field.as_str(), link.fields[0].after.as_str()), ("partner", "CCAS"));
        session.edit_entity(bus, [(Field::Risks, json!("Le gel"))].into_iter().collect()).unwrap();
        let back = session.plan_history(&AmendmentFilter::default()).unwrap();
        assert!(back.amended.iter().all(|one| one.kind != "action"), "what is as it was is no amendment");
    }

    #[test]
    fn what_is_gone_is_told_and_what_came_and_went_is_not() {
        let (mut session, hours, _folder) = plan();
        let bus = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        later(&hours);
        session.adopt_plan("V1").unwrap();
        later(&hours);
        session.amend_plan("Le comité de novembre").unwrap();
        let brief = made(&mut session, Kind::Action, [(Field::Title, json!("Un essai"))]);
        session.remove_entities(&[bus, brief]).unwrap();
        let amended = session.plan_history(&AmendmentFilter::default()).unwrap().amended;
        assert_eq!(
            amended.iter().map(|one| (one.title.as_str(), one.how)).collect::<Vec<_>>(),
            [("Bus", AmendedHow::Gone)]
        );
    }

    #[test]
    fn two_versions_compare_with_each_other_and_a_day_with_now() {
        let (mut session, hours, _folder) = plan();
        let bus = made(&mut session, Kind::Action, [(Field::Title, json!("Bus"))]);
        later(&hours);
        let first = session.adopt_plan("V1").unwrap();
        assert_eq!(session.adopt_plan(" v1 ").unwrap(), first, "a button pressed twice adopts once");
        later(&hours);
        session.amend_plan("Le comité de novembre").unwrap();
        session.edit_entity(bus, [(Field::Title, json!("Bus du soir"))].into_iter().collect()).unwrap();
        assert!(matches!(session.adopt_plan("V1"), Err(Failure::VersionTaken { .. })), "no two plans under one name");
        later(&hours);
        let second = session.adopt_plan("V2").unwrap();
        hours.fetch_add(72, Ordering::Relaxed);
        session.amend_plan("Le comité de janvier").unwrap();
        session.edit_entity(bus, [(Field::Title, json!("Bus de nuit"))].into_iter().collect()).unwrap();
        let titles = |asked: &AmendmentFilter| -> Vec<String> {
            let amended = session.plan_history(asked).unwrap().amended;
            amended.into_iter().flat_map(|one| one.fields).map(|one| one.after).collect()
        };
        let both = AmendmentFilter { from: Some(first), until: Some(second), day: None };
        assert_eq!(titles(&both), ["Bus du soir"]);
        assert_eq!(titles(&AmendmentFilter { from: Some(first), ..AmendmentFilter::default() }), ["Bus de nuit"]);
        assert_eq!(
            titles(&AmendmentFilter { day: Some("2022-09-02".into()), ..AmendmentFilter::default() }),
            ["Bus de nuit"]
        );
        assert!(titles(&AmendmentFilter { day: Some("2022-09-30".into()), ..AmendmentFilter::default() }).is_empty());
    }
}
