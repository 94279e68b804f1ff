//! Several démarches side by side: each is opened only to be read, asked one question, and closed before the next, so that a
//! hundred of them take the memory of the largest.

use crate::{
    Corpus, Failure, Language, Progress, Session, Stop, Surroundings, catalog::count, home::fold, likeness::LEAST,
    views::*,
};
use moisson_domain::{EntityId, Field, Kind};
use moisson_store::StoreError;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

/// Rapprochements of other démarches shown beside each.
const PER_CLUSTER: usize = 3;

/// A rapprochement of one of the démarches.
struct Said {
    demarche: String,
    process: EntityId,
    name: String,
    territories: String,
}

/// The files that are asked, and those that others speak for.
struct Chosen {
    files: Vec<PathBuf>,
    copies: Vec<PathBuf>,
}

/// Asks a question of the démarches in these files and folders.
///
/// # Errors
/// The first source that cannot be read, by name, or [`StoreError::Stopped`]; none is ever written.
pub fn region(
    question: RegionQuestion,
    sources: &[PathBuf],
    world: &dyn Fn(&Path) -> Surroundings,
    progress: &mut dyn FnMut(Progress) -> Stop,
) -> Result<RegionReport, Failure> {
    let Chosen { files, copies } = chosen(&files(sources)?, world, progress)?;
    let (mut rows, mut said, mut language) = (Vec::new(), Vec::new(), None);
    for (done, path) in files.iter().enumerate() {
        told(progress, done, files.len())?;
        let session = Session::open_to_read(path, world(path))?;
        let demarche = session.title()?;
        language.get_or_insert(session.language());
        let figures = session.figures(question, &demarche, &mut said)?;
        let process = session.store.process();
        rows.extend(figures.into_iter().map(|figures| RegionRow { process, demarche: demarche.clone(), figures }));
    }
    told(progress, files.len(), files.len())?;
    if let Some(language) = language {
        rows.extend(alike(language, &said));
    }
    Ok(RegionReport {
        question,
        demarches: count(&files),
        copies: copies.iter().map(|path| path.display().to_string()).collect(),
        totals: totals(&rows),
        rows,
    })
}

fn told(progress: &mut dyn FnMut(Progress) -> Stop, done: usize, total: usize) -> Result<(), Failure> {
    match progress(Progress { done: done as u64, total: total as u64 }) {
        Stop::Yes => Err(StoreError::Stopped.into()),
        Stop::No => Ok(()),
    }
}

/// The files named, and those in the folders named, in the order given then by name.
fn files(sources: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for source in sources {
        if !source.is_dir() {
            files.push(source.clone());
            continue;
        }
        let failed = |error| Failure::Io { path: source.clone(), source: error };
        let entries = std::fs::read_dir(source).map_err(failed)?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<BTreeSet<_>, _>>();
        let is_demarche = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "moisson");
        let before = files.len();
        files.extend(paths.map_err(failed)?.into_iter().filter(is_demarche));
        if files.len() == before {
            return Err(Failure::NoDemarche { path: source.clone() });
        }
    }
    Ok(files)
}

/// A démarche lies on several laptops: the file that knows most of it speaks for it, the first of those that know as much.
fn chosen(
    files: &[PathBuf],
    world: &dyn Fn(&Path) -> Surroundings,
    progress: &mut dyn FnMut(Progress) -> Stop,
) -> Result<Chosen, Failure> {
    let mut known: BTreeMap<EntityId, (i64, usize)> = BTreeMap::new();
    for (place, path) in files.iter().enumerate() {
        told(progress, 0, files.len())?;
        let session = Session::open_to_read(path, world(path))?;
        let changes = session.store.latest_change()?;
        let best = known.entry(session.store.process()).or_insert((changes, place));
        if changes > best.0 {
            *best = (changes, place);
        }
    }
    let speak: BTreeSet<usize> = known.into_values().map(|(_, place)| place).collect();
    let (mut kept, mut copies) = (Vec::new(), Vec::new());
    for (place, path) in files.iter().enumerate() {
        if speak.contains(&place) { kept.push(path.clone()) } else { copies.push(path.clone()) }
    }
    Ok(Chosen { files: kept, copies })
}

impl Session {
    fn figures(
        &self,
        question: RegionQuestion,
        demarche: &str,
        said: &mut Vec<Said>,
    ) -> Result<Vec<RegionFigures>, Failure> {
        match question {
            RegionQuestion::Themes => self.figures_of_themes(),
            RegionQuestion::Support => self.figures_of_support(),
            RegionQuestion::Cost => self.figures_of_cost(),
            RegionQuestion::Late => self.figures_of_delay(),
            RegionQuestion::Unanswered => {
                let Outcomes { total, open, .. } = self.outcomes(&OutcomeFilter::default())?;
                Ok(vec![RegionFigures::Unanswered { proposals: total, unanswered: open }])
            }
            RegionQuestion::Likeness => {
                let process = self.store.process();
                for cluster in self.consolidation(&ProposalFilter::default())?.clusters {
                    let territories: Vec<String> = cluster.territories.into_iter().map(|one| one.name).collect();
                    let (demarche, name) = (demarche.to_owned(), cluster.name);
                    said.push(Said { demarche, process, name, territories: territories.join(", ") });
                }
                Ok(Vec::new())
            }
        }
    }

    fn figures_of_themes(&self) -> Result<Vec<RegionFigures>, Failure> {
        let Consolidation { themes, territories, cells, .. } = self.consolidation(&ProposalFilter::default())?;
        let theme = |id| themes.iter().find(|one| one.id == id).map(|one| one.short_name.clone()).unwrap_or_default();
        let territory =
            |id| territories.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
        let figures = cells.into_iter().map(|cell| RegionFigures::Themes {
            theme: theme(cell.theme),
            territory: territory(cell.territory),
            workshops: cell.workshops,
            proposals: cell.proposals,
            clustered: cell.clustered,
        });
        Ok(figures.collect())
    }

    fn figures_of_support(&self) -> Result<Vec<RegionFigures>, Failure> {
        let origins = self.origins()?;
        let again = self.said_again(None, &origins.catalog)?;
        let mut by_theme: BTreeMap<Option<EntityId>, [u32; 2]> = BTreeMap::new();
        self.store.for_each(Some(Kind::Proposal.name()), |proposal| {
            if !proposal.fields.flag(Field::Parked) {
                let sums = by_theme.entry(origins.theme_of(&proposal)).or_default();
                sums[0] += 1;
                sums[1] = sums[1].saturating_add(again.times(proposal.id));
            }
        })?;
        let themes = origins.catalog.themes.iter().map(|theme| (Some(theme.id), theme.short_name.clone()));
        let figures = themes.chain([(None, String::new())]).filter_map(|(id, theme)| {
            let [proposals, said_again] = by_theme.get(&id).copied()?;
            Some(RegionFigures::Support { theme, proposals, said_again })
        });
        Ok(figures.collect())
    }

    fn figures_of_cost(&self) -> Result<Vec<RegionFigures>, Failure> {
        let mut planned: BTreeMap<EntityId, i64> = BTreeMap::new();
        for funding in self.list(Kind::Funding)?.iter() {
            if let Some(action) = funding.fields.id(Field::Action) {
                let sum = planned.entry(action).or_default();
                *sum = sum.saturating_add(funding.fields.integer(Field::Planned).unwrap_or_default());
            }
        }
        let plan = self.plan()?;
        let cost = |axis: String, rows: Vec<&ActionRow>| {
            let rows: Vec<_> = rows.into_iter().filter(|row| row.status.as_deref() != Some("dropped")).collect();
            let planned =
                rows.iter().filter_map(|row| planned.get(&row.id)).fold(0_i64, |sum, one| sum.saturating_add(*one));
            RegionFigures::Cost { axis, actions: count(&rows), planned }
        };
        let mut figures = Vec::new();
        for axis in &plan.axes {
            let rows = axis.objectives.iter().flat_map(|objective| &objective.actions).collect();
            figures.push(cost(axis.title.clone(), rows));
        }
        if !plan.loose.is_empty() {
            figures.push(cost(String::new(), plan.loose.iter().collect()));
        }
        Ok(figures)
    }

    fn figures_of_delay(&self) -> Result<Vec<RegionFigures>, Failure> {
        let late = self.tracking()?.rows.into_iter().filter_map(|row| {
            let why = row.late?;
            Some(RegionFigures::Late {
                number: row.number,
                action: row.title,
                leads: row.leads.into_iter().map(|lead| lead.name).collect(),
                ends_on: row.ends_on,
                status: row.status,
                why,
            })
        });
        Ok(late.collect())
    }
}

/// Rapprochements of different démarches that resemble each other, each pair once, the most alike first.
fn alike(language: Language, said: &[Said]) -> Vec<RegionRow> {
    let corpus = Corpus::new(language, said.iter().map(|one| one.name.clone()));
    let (mut seen, mut pairs) = (BTreeSet::new(), Vec::new());
    for (place, one) in said.iter().enumerate() {
        let others = corpus.like(&one.name, said.len()).into_iter();
        let others = others.filter(|(other, _)| said[*other].process != one.process);
        for (other, alike) in others.take(PER_CLUSTER).take_while(|(_, alike)| alike.score >= LEAST) {
            if seen.insert((place.min(other), place.max(other))) {
                pairs.push((place.min(other), place.max(other), alike));
            }
        }
    }
    pairs.sort_by(|one, other| other.2.score.total_cmp(&one.2.score).then((one.0, one.1).cmp(&(other.0, other.1))));
    let row = |(one, other, alike): (usize, usize, crate::Alike)| {
        let (one, other) = (&said[one], &said[other]);
        RegionRow {
            process: one.process,
            demarche: one.demarche.clone(),
            figures: RegionFigures::Likeness {
                cluster: one.name.clone(),
                territories: one.territories.clone(),
                other_demarche: other.demarche.clone(),
                other_cluster: other.name.clone(),
                other_territories: other.territories.clone(),
                score: alike.score,
                why: alike.why,
            },
        }
    };
    pairs.into_iter().map(row).collect()
}

/// Sums by name: case and accents apart, « Mobilité » is one thématique wherever it stands.
fn totals(rows: &[RegionRow]) -> Vec<RegionTotal> {
    let mut sums: BTreeMap<String, (String, BTreeSet<EntityId>, i64)> = BTreeMap::new();
    for row in rows {
        let (name, count) = match &row.figures {
            RegionFigures::Themes { theme, proposals, .. } => (theme.as_str(), i64::from(*proposals)),
            RegionFigures::Support { theme, said_again, .. } => (theme.as_str(), i64::from(*said_again)),
            RegionFigures::Cost { axis, planned, .. } => (axis.as_str(), *planned),
            RegionFigures::Late { .. } | RegionFigures::Likeness { .. } => ("", 1),
            RegionFigures::Unanswered { unanswered, .. } => ("", i64::from(*unanswered)),
        };
        let sum = sums.entry(fold(name)).or_insert_with(|| (name.to_owned(), BTreeSet::new(), 0));
        sum.1.insert(row.process);
        sum.2 = sum.2.saturating_add(count);
    }
    let total = |(name, demarches, count): (String, BTreeSet<EntityId>, i64)| RegionTotal {
        name,
        demarches: u32::try_from(demarches.len()).unwrap_or(u32::MAX),
        count,
    };
    sums.into_values().map(total).collect()
}
