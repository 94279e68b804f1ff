//! Which row of a sheet names its columns, and what each of them is.

use crate::{home::fold, table::TableRow, views::PlanColumn};

/// Rows at the top where headings are looked for.
const TOP: usize = 25;

/// What columns of plans are called, in French and in English, as folded words.
const NAMES: &[(PlanColumn, &[&str])] = &[
    (
        PlanColumn::Axis,
        &["axe", "axes", "axe strategique", "orientation", "orientations", "enjeu", "pilier", "axis", "pillar"],
    ),
    (
        PlanColumn::Objective,
        &["objectif", "objectifs", "objectif operationnel", "sous objectif", "objective", "objectives", "goal"],
    ),
    (PlanColumn::Number, &["n", "no", "numero", "num", "ref", "reference", "code", "number"]),
    (
        PlanColumn::Title,
        &[
            "action",
            "actions",
            "fiche action",
            "titre de l action",
            "intitule de l action",
            "nom de l action",
            "mesure",
            "mesures",
            "projet",
            "intitule",
            "titre",
            "libelle",
            "title",
            "measure",
        ],
    ),
    (
        PlanColumn::Reasons,
        &[
            "contexte",
            "constat",
            "constats",
            "pourquoi",
            "diagnostic",
            "enjeux",
            "besoin",
            "besoins",
            "context",
            "why",
            "reasons",
        ],
    ),
    (
        PlanColumn::Description,
        &[
            "description",
            "descriptif",
            "contenu",
            "modalites",
            "detail",
            "details",
            "mise en oeuvre",
            "content",
            "what",
        ],
    ),
    (
        PlanColumn::Audience,
        &[
            "public",
            "publics",
            "public cible",
            "publics cibles",
            "beneficiaire",
            "beneficiaires",
            "audience",
            "beneficiaries",
        ],
    ),
    (
        PlanColumn::Lead,
        &[
            "pilote",
            "pilotes",
            "porteur",
            "porteurs",
            "porteur de projet",
            "responsable",
            "chef de file",
            "referent",
            "lead",
            "leader",
            "owner",
        ],
    ),
    (PlanColumn::Partners, &["partenaire", "partenaires", "acteurs", "contributeurs", "partner", "partners"]),
    (
        PlanColumn::StartsOn,
        &["debut", "date de debut", "demarrage", "date de demarrage", "lancement", "start", "starts"],
    ),
    (
        PlanColumn::EndsOn,
        &[
            "echeance",
            "echeances",
            "fin",
            "date de fin",
            "date limite",
            "terme",
            "calendrier",
            "delai",
            "deadline",
            "due",
            "end",
            "ends",
        ],
    ),
    (PlanColumn::Status, &["etat", "etat d avancement", "statut", "avancement", "status", "progress"]),
    (PlanColumn::Means, &["moyens", "ressources", "means", "resources"]),
    (PlanColumn::Conditions, &["conditions", "conditions de reussite", "facteurs de reussite", "leviers"]),
    (PlanColumn::Risks, &["risque", "risques", "freins", "vigilance", "points de vigilance", "risks", "risk"]),
    (PlanColumn::Governance, &["gouvernance", "pilotage", "suivi", "instance", "instances", "governance"]),
    (PlanColumn::Milestones, &["etape", "etapes", "jalon", "jalons", "step", "steps", "milestone", "milestones"]),
    (PlanColumn::Indicator, &["indicateur", "indicateurs", "indicator", "indicators", "kpi", "evaluation"]),
    (PlanColumn::Target, &["cible", "cibles", "valeur cible", "objectif chiffre", "target", "targets"]),
    (PlanColumn::Budget, &["budget", "cout", "couts", "montant", "montants", "cost", "amount"]),
    (
        PlanColumn::Funder,
        &[
            "financeur",
            "financeurs",
            "financement",
            "financements",
            "source de financement",
            "funder",
            "funders",
            "funding",
        ],
    ),
    (PlanColumn::Year, &["annee", "annees", "exercice", "year"]),
    (PlanColumn::Theme, &["theme", "themes", "thematique", "thematiques"]),
    (PlanColumn::Territory, &["bassin", "bassins", "territoire", "territoires", "secteur", "territory", "area"]),
];

/// What a heading names: the role whose name comes first in it, the longest of those; with how far it is from naming it exactly.
fn named(heading: &str) -> Option<(usize, PlanColumn)> {
    let folded = fold(heading);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 9 {
        return None;
    }
    let mut best: Option<((usize, usize), PlanColumn, usize)> = None;
    for (role, names) in NAMES {
        for name in *names {
            let name: Vec<&str> = name.split(' ').collect();
            if let Some(at) = words.windows(name.len()).position(|some| some == name.as_slice()) {
                let rank = (at, usize::MAX - name.len());
                if best.as_ref().is_none_or(|(known, ..)| rank < *known) {
                    best = Some((rank, *role, at + words.len() - name.len()));
                }
            }
        }
    }
    best.map(|(_, role, doubt)| (doubt, role))
}

/// The row that names most columns of a plan, if one names its actions or two things at least; with how many.
pub(super) fn heading_row(rows: &[TableRow]) -> Option<(usize, usize)> {
    let score = |row: &TableRow| {
        let short = row.cells.iter().filter(|cell| cell.chars().count() <= 80);
        let mut roles: Vec<PlanColumn> = short.filter_map(|cell| named(cell)).map(|(_, role)| role).collect();
        roles.sort_unstable();
        roles.dedup();
        roles.len()
    };
    let scored = rows.iter().take(TOP).map(score).enumerate();
    // `max_by_key` keeps the last of equals; headings come first.
    let (at, known) = scored.rev().max_by_key(|(_, known)| *known)?;
    (known >= 2).then_some((at, known))
}

/// What each heading is; no role twice, the surest heading first.
pub(super) fn roles(headings: &[String]) -> Vec<Option<PlanColumn>> {
    let mut claims: Vec<(usize, usize, PlanColumn)> = headings
        .iter()
        .enumerate()
        .filter_map(|(column, heading)| named(heading).map(|(doubt, role)| (doubt, column, role)))
        .collect();
    claims.sort_unstable();
    let mut found = vec![None; headings.len()];
    for (_, column, role) in claims {
        if !found.contains(&Some(role)) {
            found[column] = Some(role);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_of_real_plans_are_recognised() {
        let headings = [
            "N°",
            "Axe stratégique",
            "Objectif opérationnel",
            "Intitulé de l’action",
            "Description de l'action",
            "Pilote",
            "Partenaires associés",
            "Public cible",
            "Date de début",
            "Échéance",
            "Coût de l’action (€)",
            "Financeurs",
            "Indicateurs de résultat",
            "Valeur cible",
            "État d’avancement",
            "Commentaire",
        ];
        use PlanColumn::*;
        let expected = [
            Number,
            Axis,
            Objective,
            Title,
            Description,
            Lead,
            Partners,
            Audience,
            StartsOn,
            EndsOn,
            Budget,
            Funder,
            Indicator,
            Target,
            Status,
        ];
        let found = roles(&headings.map(str::to_owned));
        assert_eq!(found[..15], expected.map(Some));
        assert_eq!(found[15], None);
    }

    #[test]
    fn no_role_is_given_twice() {
        let found = roles(&["Action".to_owned(), "Titre".to_owned(), "Action à mener".to_owned()]);
        assert_eq!(found.iter().flatten().count(), 1);
    }
}
