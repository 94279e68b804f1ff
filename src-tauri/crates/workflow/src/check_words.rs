//! Findings in words, for the window, the terminal and the documents alike.

use crate::{Language, views::*};
use moisson_document::month_of;

impl Found {
    /// One sentence that says what was found.
    #[must_use]
    pub fn words(&self, language: Language) -> String {
        let (french, english) = match self {
            Self::Gap { gap } => {
                let (french, english) = gap_words(*gap);
                (french.to_owned(), english.to_owned())
            }
            Self::BeforeAnother { other } => (
                format!("commence avant la fin de l’action {} dont elle dépend", other.number),
                format!("starts before the end of action {}, on which it depends", other.number),
            ),
            Self::StepOutside { step } => (
                format!("l’étape « {step} » est hors des dates de l’action"),
                format!("the step “{step}” is outside the action’s dates"),
            ),
            Self::Baseline { indicator } => (
                format!("l’indicateur « {indicator} » n’a pas de valeur de départ"),
                format!("the indicator “{indicator}” has no baseline"),
            ),
            Self::FundingAmount { funder } => {
                (format!("montant non renseigné pour {funder}"), format!("no amount for {funder}"))
            }
            Self::FundingYear { funder, year } => (
                format!("{funder} finance {year}, hors des dates de l’action"),
                format!("{funder} funds {year}, outside the action’s dates"),
            ),
            Self::FundingOver { funder } => {
                (format!("{funder} : réalisé au-delà du prévu"), format!("{funder}: more spent than planned"))
            }
            Self::Acronym { acronym } => {
                (format!("« {acronym} » n’est expliqué nulle part"), format!("“{acronym}” is explained nowhere"))
            }
            Self::Unanswered { count } => (
                format!("{count} proposition{} sans réponse", plural(*count)),
                format!("{count} proposal{} without an answer", plural(*count)),
            ),
            Self::Statement => (
                "la mention du financement n’est pas renseignée : les documents sortiraient sans elle".into(),
                "there is no funding statement: documents would go out without it".into(),
            ),
            Self::Emblem { funder } => {
                (format!("emblème manquant : {}", funder.name), format!("emblem missing: {}", funder.name))
            }
            Self::Overloaded { organisation, count } => (
                format!("{} pilote {count} actions", organisation.name),
                format!("{} leads {count} actions", organisation.name),
            ),
            Self::SameMonth { month, count, of } => (
                format!("{count} échéances sur {of} tombent en {}", month_words(month, Language::Fr)),
                format!("{count} of {of} deadlines fall in {}", month_words(month, Language::En)),
            ),
            Self::NotAgreed { organisation, count } => (
                format!("{} : accord non noté pour {count} action{}", organisation.name, plural(*count)),
                format!("{}: agreement not noted for {count} action{}", organisation.name, plural(*count)),
            ),
            Self::NotDiscussed { theme, territory } => (
                format!("aucun atelier sur « {} » à {}", theme.short_name, territory.name),
                format!("no workshop on “{}” in {}", theme.short_name, territory.name),
            ),
            Self::Minority { proposal, concerned: true, .. } => (
                format!("dit par les personnes concernées, repris par aucune action : « {} »", proposal.name),
                format!("said by the people concerned, taken up by no action: “{}”", proposal.name),
            ),
            Self::Minority { proposal, .. } => (
                format!("peu de voix mais fortes, repris par aucune action : « {} »", proposal.name),
                format!("few votes but strong ones, taken up by no action: “{}”", proposal.name),
            ),
        };
        language.say(french, english)
    }
}

const fn plural(count: u32) -> &'static str {
    if count > 1 { "s" } else { "" }
}

const fn gap_words(gap: Gap) -> (&'static str, &'static str) {
    match gap {
        Gap::Objective => ("sans objectif", "no objective"),
        Gap::Description => ("sans description", "no description"),
        Gap::Lead => ("sans pilote", "no lead"),
        Gap::Dates => ("sans échéance", "no dates"),
        Gap::DatesOrder => ("finit avant de commencer", "ends before it starts"),
        Gap::Milestones => ("sans étape", "no step"),
        Gap::Indicators => ("sans indicateur", "no indicator"),
        Gap::IndicatorTarget => ("un indicateur sans unité ou sans cible", "an indicator without unit or target"),
        Gap::Funding => ("sans financement", "no funding"),
        Gap::Sources => ("sans proposition à la source", "no proposal behind it"),
    }
}

/// « décembre 2023 » for `2023-12`.
fn month_words(month: &str, language: Language) -> String {
    let day = format!("{month}-01").parse();
    day.map_or_else(|_| month.to_owned(), |day| month_of(day, language == Language::Fr))
}
