//! The labels of documents, one catalogue per language; a label that lacks a language does not compile.

macro_rules! words {
    ($($name:ident: $fr:literal, $en:literal;)*) => {
        /// Labels in one language.
        pub(crate) struct Words {
            pub french: bool,
            $(pub $name: &'static str),*
        }

        static FR: Words = Words { french: true, $($name: $fr),* };
        static EN: Words = Words { french: false, $($name: $en),* };
    };
}

words! {
    contents: "Sommaire", "Contents";
    union: "UNION EUROPÉENNE", "EUROPEAN UNION";
    emblem: "Emblème de l’Union européenne", "Emblem of the European Union";
    funding: "Financement européen", "European funding";
    file_number: "Dossier n°", "File no.";
    summary: "L’essentiel", "In short";
    made: "Comment ce plan a été fait", "How this plan was made";
    state_of_play: "État des lieux", "State of play";
    annex_tables: "Tableaux de synthèse", "Summary tables";
    by_lead: "Actions par pilote et par date", "Actions by lead and date";
    calendar: "Calendrier", "Calendar";
    budget: "Budget par financeur", "Budget by funder";
    indicators: "Indicateurs", "Indicators";
    follow_up: "Gouvernance et suivi", "Governance and follow-up";
    follow_up_text: "Chaque pilote rend compte de l’avancement de ses actions au comité de pilotage. Les actions, leurs étapes et leurs indicateurs sont suivis dans le tableau qui accompagne ce plan.",
        "Each lead reports on the progress of their actions to the steering committee. Actions, their steps and indicators are followed in the table that goes with this plan.";
    became: "Ce que sont devenues les propositions", "What became of the proposals";
    annex: "Annexe : toutes les propositions, d’où elles viennent, où elles vont", "Annex: every proposal, where it comes from, where it goes";
    workshop: "Atelier", "Workshop";
    theme: "Thématique", "Theme";
    territory: "Bassin", "Area";
    territories: "Bassins", "Areas";
    day: "Date", "Date";
    present: "Présents", "Present";
    proposals: "Propositions", "Proposals";
    votes: "Votes", "Votes";
    action: "Action", "Action";
    actions: "Actions", "Actions";
    lead: "Pilote", "Lead";
    partners: "Partenaires", "Partners";
    audience: "Public", "Audience";
    time: "Calendrier", "Timing";
    priority: "Priorité", "Priority";
    why: "Pourquoi", "Why";
    what: "Ce que nous faisons", "What we do";
    steps: "Étapes", "Steps";
    step: "Étape", "Step";
    who: "Qui", "Who";
    due: "Échéance", "Due";
    money: "Financement", "Funding";
    funder: "Financeur", "Funder";
    total: "Ensemble", "Total";
    year_unknown: "Année à préciser", "Year to be set";
    know: "Comment nous saurons", "How we will know";
    indicator: "Indicateur", "Indicator";
    baseline: "Départ", "Baseline";
    target: "Cible", "Target";
    source: "Source", "Source";
    risks: "Risques et conditions de réussite", "Risks and conditions of success";
    governance: "Qui décide et comment les personnes concernées participent", "Who decides, and how the people concerned take part";
    origin: "D’où vient cette action", "Where this action comes from";
    findings: "Constats", "Findings";
    to_set: "à préciser", "to be set";
    none_set: "À préciser.", "To be set.";
    loose: "Actions à placer", "Actions to be placed";
    no_action: "Aucune fiche-action n’est encore rédigée.", "No action has been written yet.";
    no_finding: "Aucun constat n’a été saisi pour cette thématique.", "No finding was entered for this theme.";
    no_workshop: "Aucun atelier n’a été saisi.", "No workshop was entered.";
    no_budget: "Aucun financement n’est encore inscrit.", "No funding is entered yet.";
    no_indicator: "Aucun indicateur n’est encore inscrit.", "No indicator is entered yet.";
    no_date: "Aucune action n’a encore de dates.", "No action has dates yet.";
    code: "N°", "No.";
    words: "Ce qui a été dit", "What was said";
    group: "Regroupement et vote", "Group and vote";
    outcome: "Suite donnée", "Outcome";
    taken_up: "reprise dans l’action", "taken up in action";
    waiting: "pas encore reprise", "not taken up yet";
    table: "table", "table";
    minutes: "Compte rendu", "Minutes";
    question: "La question posée", "The question asked";
    aims: "Objectifs", "Aims";
    agenda: "Déroulé", "Agenda";
    sequence: "Séquence", "Step";
    duration: "Durée", "Length";
    attendance: "Présences", "Attendance";
    organisation: "Structure", "Organisation";
    recalled: "Rappel du diagnostic", "The diagnostic in short";
    ungrouped: "Non classées", "Not grouped";
    said: "dit", "said";
    times: "fois", "times";
    joins: "réunit", "joins";
    piece_of: "partie de", "part of";
    priorities: "Priorités de la salle", "Priorities of the room";
    no_vote: "Aucun vote n’a eu lieu.", "No vote was held.";
    no_proposal: "Aucune proposition n’a été notée.", "No proposal was noted.";
    rank: "Rang", "Rank";
    choice: "Choix", "Option";
    result: "Résultat", "Result";
    bulletins: "bulletins", "ballots";
    remarks: "Désaccords et remarques", "Disagreements and remarks";
    decisions: "Décisions", "Decisions";
    next: "Et maintenant", "What next";
    state: "État du document", "State of the document";
    draft: "brouillon", "draft";
    review: "en relecture", "under review";
    final_: "validé", "final";
    sent: "diffusé", "sent";
    place: "Lieu", "Place";
    schedule: "Horaires", "Times";
    people: "personnes présentes", "people present";
}

/// The labels of a language; French unless English is asked for.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &FR }
}
