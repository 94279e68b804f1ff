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
    introduction: "En bref", "In brief";
    colleges: "Par collège", "By college";
    college: "Collège", "College";
    excused: "Excusés", "Excused";
    others: "Structure non précisée", "Organisation not noted";
    remotely: "à distance", "at a distance";
    by_name: "Personnes présentes", "People present";
    person: "Personne", "Person";
    worth: "Ce que l’atelier a valu", "What the atelier was worth";
    worth_mean: "Mains levées de 1 (temps perdu) à 5 (bien plus que je n’espérais), moyenne", "Hands raised from 1 (time wasted) to 5 (far more than I hoped for), mean";
    mark: "Note", "Mark";
    hands: "Mains", "Hands";
    running_sheet: "Déroulé de l’animation", "Running sheet";
    time_of: "Heure", "Time";
    method: "Méthode", "Method";
    at_a_glance: "D’un coup d’œil", "At a glance";
    to_bring: "À apporter", "To bring";
    step_by_step: "Séquence par séquence", "Step by step";
    read_aloud: "À dire", "To say";
    goal: "But", "Goal";
    no_step: "Le déroulé n’a pas encore de séquence.", "The agenda has no step yet.";
    minutes_in_all: "en tout", "in all";
    said_before: "Ce qui a déjà été dit, et ce que c’est devenu", "What was said before, and what became of it";
    rank_in_vote: "rang au vote", "rank in the vote";
    done: "fait", "done";
    to_do: "à faire", "to do";
    plan_b: "Plan B : si le projecteur, le réseau ou le courant lâche", "Plan B: if the projector, the network or the power fails";
    plan_b_text: "Cette page se garde sur papier. L’atelier continue : rien de ce qu’il faut n’est dans la machine.", "Keep this page on paper. The atelier goes on: nothing that is needed is in the machine.";
    plan_b_hours: "Les heures", "The hours";
    plan_b_questions: "Les questions, à écrire en grand", "The questions, to write large";
    no_projector: "Plus de projecteur", "No projector";
    no_network: "Plus de réseau", "No network";
    no_power: "Plus de courant", "No power";
    on_paper: "Continuer sur papier", "Going on with paper";
    later: "Saisir plus tard", "Typing it in later";
    b_projector_1: "Lire la question à voix haute et l’écrire sur une affiche ; relire chaque regroupement avant le vote.", "Read the question aloud and write it on a sheet; read each group again before the vote.";
    b_projector_2: "L’ordinateur continue d’enregistrer : on note comme avant, écran tourné vers la salle si elle est petite.", "The laptop goes on recording: note as before, its screen turned to the room if it is small.";
    b_network_1: "Moisson n’a pas besoin d’internet. Si les téléphones ne répondent plus, distribuer des cartes : une idée par carte, le numéro de la table en haut.", "Moisson needs no internet. If phones no longer answer, hand out cards: one idea per card, the table’s number at the top.";
    b_network_2: "Voter à main levée ou avec des gommettes ; saisir les totaux par table. Les voix déjà reçues sont gardées.", "Vote by raised hands or stickers; type in totals by table. Votes already received are kept.";
    b_power_1: "La batterie tient deux à quatre heures : baisser la luminosité, fermer le reste, débrancher le projecteur.", "The battery holds two to four hours: dim the screen, close the rest, unplug the projector.";
    b_power_2: "Si l’ordinateur s’éteint, rien n’est perdu jusqu’à la dernière ligne notée ; il rouvrira l’atelier où il en était.", "If the laptop goes off, nothing is lost up to the last line noted; it will reopen the atelier where it stood.";
    b_paper_1: "Une personne tient l’heure avec le tableau ci-dessous et annonce chaque séquence.", "One person keeps time with the table below and announces each step.";
    b_paper_2: "Une carte par proposition, écrite gros, un numéro par carte (1, 2, 3…) et la table.", "One card per proposal, in large letters, a number on each (1, 2, 3…) and the table.";
    b_paper_3: "Regrouper au mur ; une feuille de couleur nomme chaque groupe et liste les numéros de ses cartes.", "Group on the wall; a coloured sheet names each group and lists its cards’ numbers.";
    b_paper_4: "Compter les voix à deux, écrire le total et le nombre de votants, photographier l’affiche.", "Two people count the votes, write the total and the number of voters, and photograph the sheet.";
    b_paper_5: "Faire signer la feuille d’émargement ; noter décisions et suites sur une seule feuille.", "Have the attendance sheet signed; write decisions and next steps on one sheet.";
    b_later_1: "Le soir même : coller ou dicter les cartes dans Animer, une par ligne, avec @ et le numéro de table.", "The same evening: paste or dictate the cards in Animer, one per line, with @ and the table’s number.";
    b_later_2: "Refaire les regroupements, puis ouvrir chaque vote et entrer les totaux comme mains levées ou gommettes.", "Make the groups again, then open each vote and enter totals as hands or dots.";
    b_later_3: "Entrer les présents par structure, les décisions et les suites, puis clore : le compte rendu s’écrit.", "Enter those present by organisation, decisions and next steps, then close: the minutes are written.";
}

/// The labels of a language; French unless English is asked for.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &FR }
}
