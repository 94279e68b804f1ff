//! What a form says, in both languages.

/// Sentences of a form.
pub(super) struct FormWords {
    pub title: &'static str,
    pub subtitle: &'static str,
    pub how: [&'static str; 3],
    pub reference: &'static str,
    pub answer: &'static str,
    pub help: &'static str,
    pub new_line: &'static str,
    pub empty: &'static str,
    pub day: &'static str,
    pub money: &'static str,
    pub not_day: &'static str,
    pub not_money: &'static str,
    pub not_count: &'static str,
    pub not_listed: &'static str,
    pub read_me: &'static str,
}

static FR: FormWords = FormWords {
    title: "Fiches-actions à compléter",
    subtitle: "Fiche à compléter par le partenaire",
    how: [
        "Écrivez dans la colonne « Votre réponse », puis enregistrez ce fichier et renvoyez-le tel quel. Aucun logiciel n’est à installer.",
        "Ce qui est déjà écrit peut être corrigé ou complété. Laissez vide ce que vous ne savez pas.",
        "Les lignes « nouvelle » servent à ajouter une étape, un financeur ou un indicateur. Chaque modification sera relue avant d’être reprise dans le plan.",
    ],
    reference: "Référence à ne pas modifier",
    answer: "Votre réponse",
    help: "Aide",
    new_line: "nouvelle",
    empty: "(à compléter)",
    day: "une date, comme 15/09/2022",
    money: "en euros, comme 12 500,50",
    not_day: "Une date, comme 15/09/2022.",
    not_money: "Un montant en euros.",
    not_count: "Un nombre entier.",
    not_listed: "Ce mot n’est pas dans la liste.",
    read_me: "Mode d’emploi",
};

static EN: FormWords = FormWords {
    title: "Actions to fill in",
    subtitle: "Form to be filled in by the partner",
    how: [
        "Write in the column “Your answer”, then save this file and send it back as it is. There is nothing to install.",
        "What is written already can be corrected or completed. Leave empty what you do not know.",
        "The lines marked “new” serve to add a step, a funder or an indicator. Each change is read again before it enters the plan.",
    ],
    reference: "Reference, not to be changed",
    answer: "Your answer",
    help: "Help",
    new_line: "new",
    empty: "(to be filled in)",
    day: "a date, such as 2022-09-15",
    money: "in euros, such as 12500.50",
    not_day: "A date, such as 15/09/2022.",
    not_money: "An amount in euros.",
    not_count: "A whole number.",
    not_listed: "This word is not on the list.",
    read_me: "How to use",
};

pub(super) fn form_words(french: bool) -> &'static FormWords {
    if french { &FR } else { &EN }
}

/// The words that stand where nothing is written yet, in any language: they are no answer.
pub(super) const EMPTY: [&str; 2] = [FR.empty, EN.empty];
/// The headings of the column of answers.
pub(super) const ANSWERS: [&str; 2] = [FR.answer, EN.answer];

/// What a group of fields is called.
pub(super) fn group(kind: &str, french: bool) -> &'static str {
    match (kind, french) {
        ("milestone", true) => "Étape",
        ("milestone", false) => "Step",
        ("funding", true) => "Financeur",
        ("funding", false) => "Funder",
        ("indicator", true) => "Indicateur",
        ("indicator", false) => "Indicator",
        (_, true) => "La fiche",
        (_, false) => "The action",
    }
}

/// Label and help of a field.
const LABELS: [(&str, &str, [&str; 2], [&str; 2]); 28] = [
    ("action", "title", ["Titre de l’action", "Title of the action"], ["", ""]),
    ("action", "lead", ["Pilote", "Lead"], ["un nom par ligne", "one name a line"]),
    ("action", "partner", ["Partenaires", "Partners"], ["un nom par ligne", "one name a line"]),
    ("action", "reasons", ["Pourquoi", "Why"], ["le besoin, les constats", "the need, the findings"]),
    (
        "action",
        "description",
        ["Ce que nous faisons", "What we do"],
        ["concrètement, étape par étape", "in practice, step by step"],
    ),
    ("action", "audience", ["Public", "Audience"], ["pour qui, combien", "for whom, how many"]),
    ("action", "means", ["Moyens", "Means"], ["personnes, locaux, outils", "people, premises, tools"]),
    ("action", "conditions", ["Conditions de réussite", "Conditions of success"], ["", ""]),
    ("action", "risks", ["Risques", "Risks"], ["ce qui peut échouer, et que faire", "what may fail, and what to do"]),
    (
        "action",
        "governance",
        ["Pilotage et suivi", "Governance"],
        ["qui décide, à quel rythme", "who decides, how often"],
    ),
    (
        "action",
        "user_involvement",
        ["Participation des personnes concernées", "Part taken by the people concerned"],
        ["", ""],
    ),
    ("action", "starts_on", ["Début", "Start"], ["", ""]),
    ("action", "ends_on", ["Échéance", "End"], ["", ""]),
    ("action", "status", ["État", "Status"], ["un mot de la liste", "a word of the list"]),
    ("action", "progress", ["Avancement", "Progress"], ["de 0 à 100", "from 0 to 100"]),
    ("milestone", "what", ["Étape", "Step"], ["ce qui se fait", "what is done"]),
    ("milestone", "who", ["Qui", "Who"], ["", ""]),
    ("milestone", "due_on", ["Pour le", "Due"], ["", ""]),
    ("milestone", "done_on", ["Fait le", "Done"], ["", ""]),
    ("funding", "funder", ["Financeur", "Funder"], ["", ""]),
    ("funding", "year", ["Année", "Year"], ["", ""]),
    ("funding", "planned", ["Montant prévu", "Amount planned"], ["", ""]),
    ("indicator", "name", ["Indicateur", "Indicator"], ["ce qui se mesure", "what is measured"]),
    ("indicator", "unit", ["Unité", "Unit"], ["", ""]),
    ("indicator", "baseline", ["Départ", "Baseline"], ["", ""]),
    ("indicator", "target", ["Cible", "Target"], ["", ""]),
    ("indicator", "source", ["Source", "Source"], ["", ""]),
    ("indicator", "frequency", ["Fréquence", "Frequency"], ["", ""]),
];

/// What a field is called, and what helps to fill it in.
pub(super) fn label(kind: &str, name: &str, french: bool) -> (&'static str, &'static str) {
    let at = usize::from(!french);
    let known = LABELS.iter().find(|(of, field, ..)| *of == kind && *field == name);
    let (label, help) = known.map_or(("", ""), |(.., label, help)| (label[at], help[at]));
    let words = form_words(french);
    match (super::expects(name), help) {
        (super::Expects::Day, "") => (label, words.day),
        (super::Expects::Money, "") => (label, words.money),
        _ => (label, help),
    }
}
