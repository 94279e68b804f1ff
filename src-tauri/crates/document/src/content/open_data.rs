//! Open data: plain tables with a dictionary of every column, as CSV and as Parquet, the plan as JSON with its schema, and nothing
//! about persons.
//!
//! Parquet files lie as engines expect partitions, `parquet/TABLE/demarche=ID/TABLE.parquet`, so that many démarches published
//! into one place are one set of tables.

use super::{book_meta, open_texts::without_addresses, plan::all_actions};
use crate::{
    DocumentError, csv, json,
    model::{Book, Cell, Column, Holds, Sheet},
    parquet,
    source::{ActionSource, PlanSource},
    words::{Words, words},
};
use chrono::NaiveDate;

/// The files, each under its path; `demarche` is the id of the démarche.
///
/// # Errors
/// [`DocumentError::Json`] or [`DocumentError::Package`].
pub fn open_data(source: &PlanSource, demarche: &str) -> Result<Vec<(String, Vec<u8>)>, DocumentError> {
    let words = words(&source.frame.language);
    let source = without_addresses(source)?;
    let mut tables = tables(&source, words);
    let mut partitions = Vec::new();
    for Open { sheet, .. } in &tables {
        let key = &sheet.key;
        partitions.push((format!("parquet/{key}/demarche={demarche}/{key}.parquet"), parquet::write(sheet)?));
    }
    tables.push(dictionary(&tables, words));
    let sheets = tables.into_iter().map(|table| table.sheet).collect();
    let book = Book { meta: book_meta(&source.frame, words, &source.title), sheets, ..Book::default() };
    let mut files: Vec<(String, Vec<u8>)> =
        csv::write(&book).into_iter().map(|part| (format!("{}.csv", part.suffix), part.bytes)).collect();
    files.push((format!("{}.json", words.open_plan), json::write("plan", &source)?));
    let schema = json::schema("plan").unwrap_or_default();
    let schema = serde_json::to_vec_pretty(&schema).map_err(|error| DocumentError::Json(error.to_string()))?;
    files.push((format!("{}.schema.json", words.open_plan), schema));
    files.extend(partitions);
    files.push((words.open_read_me_name.to_owned(), read_me(&source, words).into_bytes()));
    Ok(files)
}

/// The tables and their columns, for those who write questions: the same for every démarche.
pub(crate) fn schema() -> serde_json::Value {
    let empty = PlanSource::default();
    let (french, english) = (tables(&empty, words("fr")), tables(&empty, words("en")));
    let table = |(french, english): (&Open, &Open)| {
        let columns = french.sheet.columns.iter().zip(french.meanings.iter().zip(&english.meanings));
        let columns = columns.map(|(column, (fr, en))| {
            serde_json::json!({
                "name": column.heading, "csv": kind(column.holds), "parquet": parquet::type_of(column.holds), "fr": fr, "en": en,
            })
        });
        let about = serde_json::json!({
            "fr": french.sheet.about, "en": english.sheet.about, "columns": columns.collect::<Vec<_>>(),
        });
        (french.sheet.key.clone(), about)
    };
    let tables: serde_json::Map<_, _> = french.iter().zip(&english).map(table).collect();
    serde_json::json!({
        "version": parquet::VERSION,
        "csv": "TABLE.csv",
        "parquet": "parquet/TABLE/demarche=ID/TABLE.parquet",
        "tables": tables,
    })
}

/// A table, and what each of its columns means.
struct Open {
    sheet: Sheet,
    meanings: Vec<&'static str>,
}

/// Heading in small letters and underscores, what it holds, what it means.
type Row = (&'static str, Holds, &'static str, &'static str);

fn open(
    words: &Words,
    key: &'static str,
    about: (&'static str, &'static str),
    columns: &[Row],
    rows: Vec<Vec<Cell>>,
) -> Open {
    let column = |(name, holds, ..): &Row| Column { heading: (*name).to_owned(), holds: *holds, ..Column::default() };
    let say = |fr: &'static str, en: &'static str| if words.french { fr } else { en };
    Open {
        meanings: columns.iter().map(|(_, _, fr, en)| say(fr, en)).collect(),
        sheet: Sheet {
            name: key.to_owned(),
            key: key.to_owned(),
            about: say(about.0, about.1).to_owned(),
            columns: columns.iter().map(column).collect(),
            rows,
            ..Sheet::default()
        },
    }
}

fn text(text: Option<&String>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Words(text.clone()))
}

fn day(day: Option<NaiveDate>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}

fn count(number: Option<u32>) -> Cell {
    number.map_or(Cell::Empty, |number| Cell::Count(i64::from(number)))
}

fn list(items: &[String]) -> Cell {
    if items.is_empty() { Cell::Empty } else { Cell::Words(items.join(" | ")) }
}

fn tables(source: &PlanSource, words: &Words) -> Vec<Open> {
    vec![
        demarche(source, words),
        actions(source, words),
        steps(source, words),
        indicators(source, words),
        budget(source, words),
        proposals(source, words),
        workshops(source, words),
    ]
}

fn demarche(source: &PlanSource, words: &Words) -> Open {
    let frame = &source.frame;
    let row = vec![
        Cell::words(Some(frame.process.as_str())),
        Cell::words(Some(frame.organisation.as_str())),
        Cell::words(Some(source.title.as_str())),
        Cell::Day(frame.date),
    ];
    let columns: [Row; 4] = [
        ("titre", Holds::Words, "Titre de la démarche", "Title of the process"),
        ("organisme", Holds::Words, "Qui la mène", "Who leads it"),
        ("plan", Holds::Words, "Titre du plan d’actions", "Title of the action plan"),
        ("publie_le", Holds::Day, "Jour de cette publication, AAAA-MM-JJ", "Day of this publication, YYYY-MM-DD"),
    ];
    open(words, "demarche", ("La démarche", "The process"), &columns, vec![row])
}

fn actions(source: &PlanSource, words: &Words) -> Open {
    let axis_of = |action: &ActionSource| {
        let found = source.axes.iter().find_map(|axis| {
            let objective = axis.objectives.iter().find(|one| one.actions.iter().any(|own| own.id == action.id))?;
            Some((axis.title.clone(), objective.title.clone()))
        });
        found.unwrap_or_default()
    };
    let row = |action: &ActionSource| {
        let (axis, objective) = axis_of(action);
        vec![
            Cell::Words(action.number.clone()),
            Cell::Words(action.title.clone()),
            Cell::Words(axis),
            Cell::Words(objective),
            list(&action.themes),
            list(&action.territories),
            text(action.description.as_ref()),
            text(action.audience.as_ref()),
            list(&action.leads),
            list(&action.partners),
            day(action.starts_on),
            day(action.ends_on),
            count(action.priority),
            text(action.status.as_ref()),
            count(action.progress),
        ]
    };
    let columns: [Row; 15] = [
        ("numero", Holds::Words, "Numéro de l’action dans le plan", "Number of the action in the plan"),
        ("titre", Holds::Words, "Titre de l’action", "Title of the action"),
        ("axe", Holds::Words, "Axe du plan", "Axis of the plan"),
        ("objectif", Holds::Words, "Objectif sous cet axe", "Objective under this axis"),
        ("thematiques", Holds::Words, "Thématiques, séparées par « | »", "Themes, separated by “|”"),
        ("bassins", Holds::Words, "Bassins concernés, séparés par « | »", "Areas concerned, separated by “|”"),
        ("description", Holds::Words, "Ce qui sera fait", "What will be done"),
        ("public", Holds::Words, "Pour qui", "For whom"),
        ("pilotes", Holds::Words, "Structures pilotes, séparées par « | »", "Lead organisations, separated by “|”"),
        (
            "partenaires",
            Holds::Words,
            "Structures partenaires, séparées par « | »",
            "Partner organisations, separated by “|”",
        ),
        ("debut", Holds::Day, "Premier jour, AAAA-MM-JJ", "First day, YYYY-MM-DD"),
        ("fin", Holds::Day, "Dernier jour, AAAA-MM-JJ", "Last day, YYYY-MM-DD"),
        ("priorite", Holds::Count, "Priorité, 1 étant la plus haute", "Priority, 1 being the highest"),
        (
            "statut",
            Holds::Words,
            "to_discuss, planned, running, late, paused, blocked, done ou dropped",
            "to_discuss, planned, running, late, paused, blocked, done or dropped",
        ),
        ("avancement", Holds::Count, "Avancement en pour cent", "Progress in per cent"),
    ];
    let about = ("Les actions du plan, une par ligne", "The actions of the plan, one in each row");
    open(words, "actions", about, &columns, all_actions(source).map(row).collect())
}

fn steps(source: &PlanSource, words: &Words) -> Open {
    let rows = all_actions(source).flat_map(|action| {
        action.milestones.iter().map(move |one| {
            let number = Cell::Words(action.number.clone());
            vec![number, Cell::Words(one.what.clone()), day(one.due_on), day(one.done_on)]
        })
    });
    let columns: [Row; 4] = [
        ("action", Holds::Words, "Numéro de l’action", "Number of the action"),
        ("etape", Holds::Words, "Ce qui est à faire", "What is to be done"),
        ("echeance", Holds::Day, "Jour prévu, AAAA-MM-JJ", "Day planned, YYYY-MM-DD"),
        ("fait_le", Holds::Day, "Jour où ce fut fait, vide sinon", "Day it was done, empty otherwise"),
    ];
    open(words, "etapes", ("Les étapes des actions", "The steps of actions"), &columns, rows.collect())
}

fn indicators(source: &PlanSource, words: &Words) -> Open {
    let rows = all_actions(source).flat_map(|action| {
        action.indicators.iter().map(move |one| {
            vec![
                Cell::Words(action.number.clone()),
                Cell::Words(one.name.clone()),
                text(one.unit.as_ref()),
                text(one.baseline.as_ref()),
                text(one.target.as_ref()),
                text(one.source.as_ref()),
                text(one.frequency.as_ref()),
            ]
        })
    });
    let columns: [Row; 7] = [
        ("action", Holds::Words, "Numéro de l’action", "Number of the action"),
        ("indicateur", Holds::Words, "Ce qui est mesuré", "What is measured"),
        ("unite", Holds::Words, "Unité", "Unit"),
        ("depart", Holds::Words, "Valeur de départ", "Baseline"),
        ("cible", Holds::Words, "Valeur visée", "Target"),
        ("source", Holds::Words, "D’où vient la mesure", "Where the measure comes from"),
        ("frequence", Holds::Words, "À quel rythme", "How often"),
    ];
    open(words, "indicateurs", ("Les indicateurs des actions", "The indicators of actions"), &columns, rows.collect())
}

fn budget(source: &PlanSource, words: &Words) -> Open {
    let rows = all_actions(source).flat_map(|action| {
        action.fundings.iter().map(move |one| {
            vec![
                Cell::Words(action.number.clone()),
                Cell::Words(one.funder.clone()),
                count(one.year),
                text(one.kind.as_ref()),
                Cell::Money(one.planned),
                one.actual.map_or(Cell::Empty, Cell::Money),
                text(one.state.as_ref()),
            ]
        })
    });
    let columns: [Row; 7] = [
        ("action", Holds::Words, "Numéro de l’action", "Number of the action"),
        ("financeur", Holds::Words, "Qui finance", "Who funds"),
        ("annee", Holds::Count, "Année", "Year"),
        ("nature", Holds::Words, "investment ou running", "investment or running"),
        ("prevu_eur", Holds::Money, "Montant prévu en euros", "Planned amount in euros"),
        ("realise_eur", Holds::Money, "Montant réalisé en euros", "Actual amount in euros"),
        ("etat", Holds::Words, "asked ou granted", "asked or granted"),
    ];
    open(words, "budget", ("Le financement des actions", "The funding of actions"), &columns, rows.collect())
}

fn proposals(source: &PlanSource, words: &Words) -> Open {
    let row = |one: &crate::source::ProposalSource| {
        vec![
            Cell::Words(one.code.clone()),
            count(one.workshop),
            Cell::Words(one.text.clone()),
            text(one.theme.as_ref()),
            text(one.territory.as_ref()),
            text(one.group.as_ref()),
            text(one.cluster.as_ref()),
            Cell::Count(i64::from(one.said_again)),
            list(&one.actions),
            text(one.became.as_ref()),
            if one.parked { Cell::Words(String::from("oui")) } else { Cell::Empty },
        ]
    };
    let columns: [Row; 11] = [
        (
            "code",
            Holds::Words,
            "Code de la proposition : atelier, puis rang",
            "Code of the proposal: workshop, then place",
        ),
        ("atelier", Holds::Count, "Numéro de l’atelier", "Number of the workshop"),
        ("proposition", Holds::Words, "Ce qui a été dit, dans ses mots", "What was said, in its own words"),
        ("thematique", Holds::Words, "Thématique", "Theme"),
        ("bassin", Holds::Words, "Bassin", "Area"),
        ("regroupement", Holds::Words, "Regroupement fait dans l’atelier", "Group made in the workshop"),
        ("rapprochement", Holds::Words, "Rapprochement entre ateliers", "Cluster across workshops"),
        ("redite", Holds::Count, "Combien de fois elle a été redite", "How often it was said again"),
        (
            "actions",
            Holds::Words,
            "Numéros des actions qui la reprennent, séparés par « | »",
            "Numbers of the actions that take it up, separated by “|”",
        ),
        (
            "suite",
            Holds::Words,
            "Ce qu’elle est devenue : taken_up, retained, merged, study, referred ou set_aside ; vide tant que personne ne l’a dit",
            "What became of it: taken_up, retained, merged, study, referred or set_aside; empty while nobody has said",
        ),
        (
            "mise_de_cote",
            Holds::Words,
            "« oui » si ses mots continuent dans d’autres propositions (partagée, réunie) : à ne pas compter deux fois",
            "“oui” if its words go on in other proposals (split, joined): not to be counted twice",
        ),
    ];
    let about = (
        "Les propositions des ateliers, et ce qu’elles sont devenues",
        "The proposals of workshops, and what became of them",
    );
    open(words, "propositions", about, &columns, source.proposals.iter().map(row).collect())
}

fn workshops(source: &PlanSource, words: &Words) -> Open {
    let row = |one: &crate::source::WorkshopSource| {
        vec![
            count(one.number),
            Cell::Words(one.title.clone()),
            Cell::Words(one.theme.clone()),
            list(&one.territories),
            day(one.date),
            count(one.present),
            Cell::Count(i64::from(one.proposals)),
        ]
    };
    let columns: [Row; 7] = [
        ("atelier", Holds::Count, "Numéro de l’atelier", "Number of the workshop"),
        ("titre", Holds::Words, "Titre", "Title"),
        ("thematique", Holds::Words, "Thématique", "Theme"),
        ("bassins", Holds::Words, "Bassins, séparés par « | »", "Areas, separated by “|”"),
        ("date", Holds::Day, "Jour, AAAA-MM-JJ", "Day, YYYY-MM-DD"),
        ("presents", Holds::Count, "Nombre de personnes présentes", "Number of people present"),
        ("propositions", Holds::Count, "Nombre de propositions notées", "Number of proposals noted"),
    ];
    open(words, "ateliers", ("Les ateliers", "The workshops"), &columns, source.workshops.iter().map(row).collect())
}

const fn kind(holds: Holds) -> &'static str {
    match holds {
        Holds::Words | Holds::OneOf(_) => "texte",
        Holds::Count | Holds::Share => "entier",
        Holds::Money => "nombre",
        Holds::Day => "date",
    }
}

fn dictionary(tables: &[Open], words: &Words) -> Open {
    let rows = tables.iter().flat_map(|table| {
        table.sheet.columns.iter().zip(&table.meanings).map(move |(column, meaning)| {
            let file = format!("{}.csv", table.sheet.key);
            [file.as_str(), table.sheet.about.as_str(), column.heading.as_str(), kind(column.holds), *meaning]
                .map(|text| Cell::Words(text.to_owned()))
                .to_vec()
        })
    });
    let columns: [Row; 5] = [
        ("fichier", Holds::Words, "Fichier", "File"),
        ("contenu", Holds::Words, "Ce que contient une ligne", "What a row holds"),
        ("colonne", Holds::Words, "Colonne", "Column"),
        (
            "type",
            Holds::Words,
            "Type : texte, entier, nombre ou date",
            "Type: texte (text), entier (integer), nombre (number) or date",
        ),
        ("sens", Holds::Words, "Sens", "Meaning"),
    ];
    let rows = rows.collect();
    open(words, "dictionnaire", ("Le dictionnaire des données", "The data dictionary"), &columns, rows)
}

fn read_me(source: &PlanSource, words: &Words) -> String {
    let frame = &source.frame;
    let statement =
        frame.funding_statement.as_deref().map(|text| format!("\n{} — {text}\n", words.union)).unwrap_or_default();
    format!(
        "# {}\n\n{} · {} · {}\n{statement}\n{}\n",
        source.title, frame.process, frame.organisation, frame.date, words.open_read_me
    )
}
