//! « Vos engagements »: what each partner has in the plan, and whether it agreed.

use crate::{Failure, Session, catalog::Catalog, home::fold, session::fields, views::*};
use moisson_domain::{EntityId, Field, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The ties that make an organisation a partner of an action.
pub(crate) const TIES: [&str; 2] = ["lead", "partner"];

impl Session {
    /// Partners of the plan, those with most to do first.
    ///
    /// # Errors
    /// What the store reports.
    pub fn partners(&self) -> Result<Vec<PartnerRow>, Failure> {
        let _page = self.page()?;
        let catalog = self.catalog()?;
        let mut found: BTreeMap<EntityId, [u32; 3]> = BTreeMap::new();
        for link in self.commitment_links()? {
            let [leads, helps, pending] = found.entry(link.organisation).or_default();
            *if link.leads { leads } else { helps } += 1;
            *pending += u32::from(link.agreed_on.is_none());
        }
        let row = |(id, [leads, helps, pending]): (EntityId, [u32; 3])| {
            Some(PartnerRow { organisation: catalog.organisation(id)?, leads, helps, pending })
        };
        let mut rows: Vec<PartnerRow> = found.into_iter().filter_map(row).collect();
        rows.sort_by(|one, other| {
            (other.leads, other.helps)
                .cmp(&(one.leads, one.helps))
                .then_with(|| one.organisation.name.cmp(&other.organisation.name))
        });
        Ok(rows)
    }

    /// What one partner has in the plan.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] or what the store reports.
    pub fn commitments(&self, organisation: EntityId) -> Result<Commitments, Failure> {
        let _page = self.page()?;
        self.entity_of(Kind::Organisation, organisation)?;
        let catalog = self.catalog()?;
        let names = names(&catalog, organisation);
        let missing = || Failure::NoSuch { what: Some(Kind::Organisation), reference: organisation.to_string() };
        let plan = self.plan()?;
        let links = self.commitment_links()?;
        let actions =
            plan.axes.iter().flat_map(|axis| &axis.objectives).flat_map(|one| &one.actions).chain(&plan.loose);
        let mut rows = Vec::new();
        for action in actions {
            let ours: Vec<&Commitment> =
                links.iter().filter(|link| link.action == action.id && link.organisation == organisation).collect();
            if ours.is_empty() {
                continue;
            }
            let named = |words: &str| names.iter().any(|name| whole_words(&fold(words), name));
            let mut milestones = self.milestones(action.id)?;
            milestones.retain(|one| one.who.as_deref().is_some_and(named));
            let mut fundings = self.fundings(action.id)?;
            fundings.retain(|one| named(&one.funder));
            rows.push(CommitmentRow {
                action: action.id,
                number: action.number.clone(),
                title: action.title.clone(),
                leads: ours.iter().any(|link| link.leads),
                starts_on: action.starts_on.clone(),
                ends_on: action.ends_on.clone(),
                status: action.status.clone(),
                milestones,
                fundings,
                agreed_on: ours.iter().filter_map(|link| link.agreed_on.clone()).max(),
            });
        }
        rows.sort_by_key(|row| !row.leads);
        Ok(Commitments { organisation: catalog.organisation(organisation).ok_or_else(missing)?, rows })
    }

    /// Notes on which day a partner agreed to its part in an action, or that it has not.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], what a date refuses, or what the store reports.
    pub fn agree(&mut self, action: EntityId, organisation: EntityId, day: Option<&str>) -> Result<(), Failure> {
        let links = self.commitment_links()?;
        let ours: Vec<Commitment> =
            links.into_iter().filter(|link| link.action == action && link.organisation == organisation).collect();
        if ours.is_empty() {
            return Err(Failure::NoSuch { what: Some(Kind::Organisation), reference: organisation.to_string() });
        }
        let agreed = |link: &Commitment| {
            let set = fields([(Field::AgreedOn, day.map_or(Value::Null, |day| json!(day)))]);
            Draft::set(link.link, Kind::Link.name(), set)
        };
        let drafts = ours.iter().filter(|link| link.agreed_on.as_deref() != day).map(agreed).collect();
        self.act(if day.is_some() { "action.agree" } else { "action.disagree" }, drafts)?;
        Ok(())
    }

    /// The ties of actions that are not given up to their leads and partners.
    pub(crate) fn commitment_links(&self) -> Result<Vec<Commitment>, Failure> {
        let mut commitments = Vec::new();
        let links = self.list(Kind::Link)?;
        for action in self.list(Kind::Action)?.iter() {
            if action.fields.text(Field::Status) == Some("dropped") {
                continue;
            }
            for link in links.under(action.id) {
                let word = link.fields.text(Field::Kind).unwrap_or_default();
                if let Some(organisation) = link.fields.id(Field::To).filter(|_| TIES.contains(&word)) {
                    commitments.push(Commitment {
                        link: link.id,
                        action: action.id,
                        organisation,
                        leads: word == "lead",
                        agreed_on: link.fields.string(Field::AgreedOn),
                    });
                }
            }
        }
        Ok(commitments)
    }
}

/// A tie between an action and a partner.
pub(crate) struct Commitment {
    pub link: EntityId,
    pub action: EntityId,
    pub organisation: EntityId,
    pub leads: bool,
    pub agreed_on: Option<String>,
}

/// What an organisation is called, folded.
fn names(catalog: &Catalog, organisation: EntityId) -> Vec<String> {
    let row = catalog.organisations.iter().find(|one| one.id == organisation);
    let names = row.into_iter().flat_map(|row| row.short_name.iter().chain([&row.name]));
    names.map(|name| fold(name)).filter(|name| !name.is_empty()).collect()
}

/// Whether words hold a name, whole: « Région » is not in « régional ».
fn whole_words(words: &str, name: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    words.match_indices(name).any(|(at, found)| {
        !letter(words[..at].chars().next_back()) && !letter(words[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use crate::{Field, Kind, testing::room};
    use serde_json::json;

    #[test]
    fn a_partner_sees_what_it_leads_and_helps_with_its_steps_and_money_and_agrees() {
        let (mut session, _, _folder) = room();
        let set = [(Field::Name, json!("Mission locale du Doubs")), (Field::ShortName, json!("Mission locale"))];
        let partner = session.create_entity(Kind::Organisation, set.into_iter().collect(), None).unwrap();
        let action = |session: &mut crate::Session, title: &str| {
            session.create_entity(Kind::Action, [(Field::Title, json!(title))].into_iter().collect(), None).unwrap()
        };
        let (helped, led) = (action(&mut session, "Permis"), action(&mut session, "Bus"));
        session.set_links(helped, "partner", &[partner]).unwrap();
        session.set_links(led, "lead", &[partner]).unwrap();
        for who in ["La mission locale et le CCAS", "Une commission locale"] {
            let set = [(Field::Action, json!(led)), (Field::What, json!("Réunir")), (Field::Who, json!(who))];
            session.create_entity(Kind::Milestone, set.into_iter().collect(), None).unwrap();
        }
        let set =
            [(Field::Action, json!(led)), (Field::Funder, json!("Mission locale")), (Field::Planned, json!(120_000))];
        session.create_entity(Kind::Funding, set.into_iter().collect(), None).unwrap();
        let page = session.commitments(partner).unwrap();
        assert_eq!(
            page.rows.iter().map(|row| (row.action, row.leads)).collect::<Vec<_>>(),
            [(led, true), (helped, false)]
        );
        assert_eq!((page.rows[0].milestones.len(), page.rows[0].fundings.len()), (1, 1));
        let row = &session.partners().unwrap()[0];
        assert_eq!((row.leads, row.helps, row.pending), (1, 1, 2));
        session.agree(led, partner, Some("2022-07-01")).unwrap();
        assert!(session.agree(led, partner, Some("le 1er juillet")).is_err());
        assert_eq!(session.partners().unwrap()[0].pending, 1);
        assert_eq!(session.commitments(partner).unwrap().rows[0].agreed_on.as_deref(), Some("2022-07-01"));
        session.undo().unwrap();
        assert_eq!(session.partners().unwrap()[0].pending, 2);
    }
}
