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
    easy: "Facile à lire et à comprendre", "Easy to read";
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
    changed_since: "Ce qui a changé depuis la version", "What changed since version";
    changed_nothing: "Rien n’a changé depuis l’adoption.", "Nothing changed since adoption.";
    changed_notes: "Ce qui a été modifié, ajouté ou retiré depuis l’adoption, fiche par fiche ; l’avancement y est aussi.", "What was changed, added or taken away since adoption, action by action; progress is there too.";
    what_changed: "Quoi", "What";
    before: "Avant", "Before";
    after: "Maintenant", "Now";
    added: "ajouté", "added";
    removed: "retiré", "removed";
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
    worth: "Ce que l’atelier a valu", "What the workshop was worth";
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
    plan_b_text: "Cette page se garde sur papier. L’atelier continue : rien de ce qu’il faut n’est dans la machine.", "Keep this page on paper. The workshop goes on: nothing that is needed is in the machine.";
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
    b_power_2: "Si l’ordinateur s’éteint, rien n’est perdu jusqu’à la dernière ligne notée ; il rouvrira l’atelier où il en était.", "If the laptop goes off, nothing is lost up to the last line noted; it will reopen the workshop where it stood.";
    b_paper_1: "Une personne tient l’heure avec le tableau ci-dessous et annonce chaque séquence.", "One person keeps time with the table below and announces each step.";
    b_paper_2: "Une carte par proposition, écrite gros, un numéro par carte (1, 2, 3…) et la table.", "One card per proposal, in large letters, a number on each (1, 2, 3…) and the table.";
    b_paper_3: "Regrouper au mur ; une feuille de couleur nomme chaque groupe et liste les numéros de ses cartes.", "Group on the wall; a coloured sheet names each group and lists its cards’ numbers.";
    b_paper_4: "Compter les voix à deux, écrire le total et le nombre de votants, photographier l’affiche.", "Two people count the votes, write the total and the number of voters, and photograph the sheet.";
    b_paper_5: "Faire signer la feuille d’émargement ; noter décisions et suites sur une seule feuille.", "Have the attendance sheet signed; write decisions and next steps on one sheet.";
    b_later_1: "Le soir même : coller ou dicter les cartes dans Animer, une par ligne, avec @ et le numéro de table.", "The same evening: paste or dictate the cards in Animer, one per line, with @ and the table’s number.";
    b_later_2: "Refaire les regroupements, puis ouvrir chaque vote et entrer les totaux comme mains levées ou gommettes.", "Make the groups again, then open each vote and enter totals as hands or dots.";
    b_later_3: "Entrer les présents par structure, les décisions et les suites, puis clore : le compte rendu s’écrit.", "Enter those present by organisation, decisions and next steps, then close: the minutes are written.";
    glossary: "Sigles", "Abbreviations";
    short_name: "Sigle", "Short";
    full_name: "En toutes lettres", "In full";
    tracking: "Tableau de suivi", "Tracking workbook";
    tracking_1: "Ce classeur sert à suivre le plan entre deux comités. Chaque onglet est un tableau : filtrez par les flèches des en-têtes, ajoutez des lignes à la suite.",
        "This workbook follows the plan between two committees. Each tab is a table: filter with the arrows of its headings, add rows below.";
    tracking_2: "Actions : une ligne par fiche-action. Statut et pilote se choisissent dans une liste ; l’avancement est un pourcentage ; une échéance dépassée sans que l’action soit faite ou abandonnée est en rouge.",
        "Actions: one row each. Status and lead are chosen from a list; progress is a percentage; a due date gone by while the action is neither done nor dropped is in red.";
    tracking_3: "Étapes : ce qui doit être fait et quand. Notez la date dans « Fait le » ; une échéance dépassée sans date est en rouge.",
        "Steps: what must be done and when. Note the day under “Done on”; a due date gone by without one is in red.";
    tracking_4: "Indicateurs : départ, cible, dernière valeur relevée.", "Indicators: where they start, where they should get, the last reading.";
    tracking_5: "Budget : une ligne par action, financeur et année. Les sommes des onglets Actions et Financeurs en sont calculées.",
        "Budget: one row for each action, funder and year. The sums on the tabs Actions and Funders are computed from it.";
    tracking_6: "Propositions : tout ce qui a été dit, et ce que c’est devenu.", "Proposals: all that was said, and what became of it.";
    read_me: "Lisez-moi", "Read me";
    lists: "Listes", "Lists";
    status: "Statut", "Status";
    sort: "Type", "Kind";
    nature: "Nature", "Nature";
    funding_state: "État", "State";
    axis: "Axe", "Axis";
    axes: "Les axes du plan", "The axes of the plan";
    objective: "Objectif", "Objective";
    objectives: "Objectifs", "Objectives";
    themes: "Thématiques", "Themes";
    progress: "Avancement", "Progress";
    begins: "Début", "Start";
    ends: "Fin", "End";
    planned: "Prévu", "Planned";
    spent: "Réalisé", "Spent";
    comment: "Commentaire", "Comment";
    done_on: "Fait le", "Done on";
    unit: "Unité", "Unit";
    frequency: "Fréquence", "Frequency";
    last_value: "Dernière valeur", "Last value";
    measured_on: "Relevée le", "Read on";
    year: "Année", "Year";
    actions_key: "actions", "actions";
    steps_key: "etapes", "steps";
    indicators_key: "indicateurs", "indicators";
    budget_key: "budget", "budget";
    budget_sheet: "Budget", "Budget";
    funders_key: "financeurs", "funders";
    funders_sheet: "Financeurs", "Funders";
    proposals_key: "propositions", "proposals";
    actions_about: "Les actions du plan : pilote, statut, avancement, dates, argent", "The actions of the plan: lead, status, progress, dates, money";
    steps_about: "Les étapes de chaque action, avec leur échéance", "The steps of each action, with their due dates";
    indicators_about: "Les indicateurs de chaque action", "The indicators of each action";
    budget_about: "Le financement de chaque action, par financeur et par année", "The funding of each action, by funder and year";
    tracing: "Annexe de traçabilité", "Traceability annex";
    tracing_read: "Comment lire cette annexe", "How to read this annex";
    tracing_1: "Chaque proposition notée en atelier y figure une fois, sous son numéro (atelier.rang), avec le regroupement où la salle l’a mise, le vote de ce regroupement, le rapprochement entre ateliers et la suite donnée.",
        "Each proposal noted in a workshop stands here once, under its number (workshop.place), with the group the room put it in, the vote of that group, the cluster across workshops and what became of it.";
    tracing_2: "La première partie suit l’ordre des ateliers ; la seconde part des actions et remonte aux propositions dont elles viennent.",
        "The first part follows the workshops; the second starts from the actions and goes back to the proposals they come from.";
    tracing_3: "Filtrez par atelier, bassin, thématique ou suite donnée avec les flèches des en-têtes.", "Filter by workshop, area, theme or outcome with the arrows of the headings.";
    fates: "Suites données", "What became of them";
    by_workshop: "Atelier par atelier", "Workshop by workshop";
    by_action: "Action par action", "Action by action";
    clusters: "Rapprochements", "Clusters";
    cluster: "Rapprochement", "Cluster";
    said_where: "Où", "Where";
    said_again: "Redit", "Again";
    group_only: "Regroupement", "Group";
    table_heading: "Table", "Table";
    answer: "Réponse", "Answer";
    taken_up_plain: "reprise dans une action", "taken up in an action";
    notes: "Notes", "Notes";
    cover_notes: "Présenter la démarche en une phrase, remercier les participants.", "Say what the process is in a sentence, thank those who took part.";
    workshops_held: "ateliers tenus", "workshops held";
    attendances: "présences", "attendances";
    proposals_noted: "propositions notées", "proposals noted";
    actions_in_plan: "actions au plan", "actions in the plan";
    proposals_taken: "propositions reprises par une action", "proposals taken up by an action";
    territories_met: "bassins rencontrés", "areas met";
    heat: "Propositions par thématique et par bassin", "Proposals by theme and area";
    heat_hole: "— : pas d’atelier sur cette thématique dans ce bassin.", "—: no workshop on this theme in this area.";
    heat_notes: "Dire où l’on a beaucoup parlé, et où personne n’a été entendu.", "Say where much was said, and where nobody was heard.";
    by_territory: "Ce que chaque bassin met en premier", "What each area puts first";
    by_territory_notes: "Résultats des votes de chaque atelier ; la règle de chaque vote est dans le compte rendu.", "Results of the votes of each workshop; the rule of each vote stands in its minutes.";
    first_choice: "Mis en premier", "Put first";
    no_vote_yet: "Pas encore de vote", "No vote yet";
    calendar_about: "Actions en cours par axe et par semestre", "Actions under way by axis and half-year";
    calendar_notes: "Les dates de chaque action sont dans le plan et le tableau de suivi.", "The dates of each action stand in the plan and the tracking workbook.";
    other_funders: "Autres financeurs", "Other funders";
    share: "Part", "Share";
    budget_notes: "Le détail par année est dans le plan et le tableau de suivi.", "Years are in the plan and the tracking workbook.";
    ask: "Ce que le comité est invité à décider", "What the committee is asked to decide";
    ask_adopt: "Adopter le plan d’actions, ou dire ce qui doit changer avant.", "Adopt the action plan, or say what must change first.";
    ask_lead: "actions attendent un pilote.", "actions wait for a lead.";
    ask_date: "actions n’ont pas d’échéance.", "actions have no due date.";
    ask_money: "actions n’ont pas de financement inscrit.", "actions have no funding.";
    ask_indicator: "actions n’ont pas d’indicateur.", "actions have no indicator.";
    ask_answer: "propositions attendent une réponse.", "proposals wait for an answer.";
    ask_next: "Fixer la date du prochain comité de suivi.", "Set the date of the next committee.";
    ask_notes: "Prendre les décisions une par une et les noter.", "Take the decisions one by one and note them.";
    cards: "Cartes vierges", "Blank cards";
    invitation: "Invitation", "Invitation";
    poster: "Affiche", "Poster";
    paper_ballots: "Bulletins", "Paper ballots";
    table_tents: "Chevalets de table", "Table tents";
    table_word: "Table", "Table";
    file_of_proof: "Dossier de preuve", "File of proof";
    proof_lead: "Ce dossier réunit, pour chaque atelier tenu, le compte rendu, la feuille d’émargement et l’affiche, tels que la démarche les garde.", "This file gathers, for each workshop held, the minutes, the attendance sheet and the poster, as the process keeps them.";
    proof_held: "Ateliers tenus", "Workshops held";
    proof_to_come: "Ateliers pas encore tenus", "Workshops not held yet";
    proof_to_do: "À faire", "To do";
    proof_all_signed: "Rien : toutes les signatures y sont.", "Nothing: every signature is there.";
    proof_join_paper: "Joindre la feuille signée sur papier, numérisée.", "Add the sheet signed on paper, scanned.";
    proof_publicity: "Publicité européenne", "European publicity";
    proof_by_construction: "Sur chaque document : l’emblème en couleurs et proportions exactes, sur fond uni, UNION EUROPÉENNE en toutes lettres, la mention du programme, et aucun logo plus haut que l’emblème.", "On each document: the emblem in its exact colours and proportions, on a plain ground, EUROPEAN UNION in full, the statement of the programme, and no logo higher than the emblem.";
    proof_nothing_wrong: "Aucun écart n’a été trouvé.", "Nothing was found wrong.";
    signatures: "Signatures", "Signatures";
    files: "Fichiers", "Files";
    open_plan: "plan", "plan";
    open_read_me_name: "LISEZ-MOI.md", "README.md";
    open_read_me: "Les tables sont en CSV (UTF-8, point-virgule, dates AAAA-MM-JJ), décrites colonne par colonne dans dictionnaire.csv. Le dossier parquet contient les mêmes tables pour les moteurs de calcul ; plusieurs démarches publiées au même endroit s’y lisent ensemble, chacune sous demarche=<identifiant>. plan.json contient le même plan, décrit par plan.schema.json.\n\nCes données ne contiennent ni nom, ni adresse, ni numéro de table de participants ; les adresses électroniques et numéros de téléphone écrits dans les textes ont été remplacés par […], et les actions confidentielles ont été retirées. Relisez les textes libres avant de publier : personne d’autre ne peut savoir si une phrase désigne quelqu’un.\n\nLicence conseillée : Licence Ouverte 2.0 (Etalab).", "Tables are CSV (UTF-8, semicolon, dates YYYY-MM-DD), described column by column in dictionnaire.csv. The folder parquet holds the same tables for query engines; several processes published into one place are read together there, each under demarche=<id>. plan.json holds the same plan, described by plan.schema.json.\n\nThese data hold no name, address or table number of participants; e-mail addresses and telephone numbers written in texts were replaced by […], and confidential actions were left out. Read the free texts before you publish: nobody else can know whether a sentence points at someone.\n\nSuggested licence: Licence Ouverte 2.0 (Etalab) or CC BY 4.0.";
    register: "Registre des activités de traitement", "Record of processing activities";
    register_lead: "Cette fiche décrit, pour le registre prévu à l’article 30 du RGPD, ce que cette démarche garde sur des personnes. Elle est tirée du fichier de la démarche, sur ce portable, au jour dit.", "This entry describes, for the record that article 30 of the GDPR asks for, what this process keeps about people. It is drawn from the file of the process, on this laptop, on the day given.";
    register_controller: "Responsable du traitement", "Controller";
    register_no_contact: "Contact à préciser dans Préparer, Données personnelles.", "Contact to be set in Préparer, Personal data.";
    register_purposes: "Finalités", "Purposes";
    register_purposes_list: "Préparer et animer des ateliers de co-construction, et en rendre compte.\nJustifier la tenue des ateliers auprès des financeurs (émargement).\nRédiger un plan d’actions, le suivre, et dire ce qu’est devenue chaque proposition.", "Prepare and run co-construction workshops, and report on them.\nProve to funders that workshops were held (attendance).\nWrite an action plan, follow it, and say what became of each proposal.";
    register_basis: "Base légale", "Legal basis";
    register_no_basis: "À préciser dans Préparer, Données personnelles : le plus souvent une mission d’intérêt public (article 6.1.e).", "To be set in Préparer, Personal data: mostly a task in the public interest (article 6(1)(e)).";
    register_data: "Données et personnes concernées", "Data and people concerned";
    register_what: "Donnée", "Data";
    register_count: "Combien", "How many";
    register_where: "Où elle est gardée", "Where it is kept";
    register_participants: "Participants, sous un pseudonyme, avec leur structure et leur présence", "Participants, under a pseudonym, with their organisation and attendance";
    register_names: "Noms", "Names";
    register_addresses: "Adresses électroniques et téléphones", "E-mail addresses and telephone numbers";
    register_photos: "Photos d’affiches écrites en atelier", "Photos of flip charts";
    register_in_journal: "Dans la démarche, transmis avec les dossiers", "In the process, passed on with dossiers";
    register_outside: "À part, sur ce portable ; transmis seulement si on le demande ; effaçables", "Apart, on this laptop; passed on only when asked for; erasable";
    register_photos_where: "Dans la démarche ; la date, le lieu et l’appareil en sont retirés", "In the process; date, place and camera are taken out";
    register_nothing: "Rien n’est gardé.", "Nothing is kept.";
    register_not_kept: "Les propositions sont gardées sans leur auteur. Les bulletins des votes secrets ne peuvent être rattachés à personne. Des noms peuvent figurer dans des textes libres : ils s’y retirent un par un.", "Proposals are kept without their author. Bulletins of secret votes cannot be tied to anyone. Names may stand in free texts: they are taken out one by one.";
    register_recipients: "Destinataires et transferts", "Recipients and transfers";
    register_recipients_list: "L’équipe qui anime et rédige, sur ses portables.\nLes financeurs, pour les feuilles d’émargement seulement.\nLe public : aucune donnée nominative n’est publiée.\nAucun transfert hors de l’Union européenne par Moisson ; un espace partagé, s’il y en a un, est choisi par l’organisme, et ce qui y est déposé est chiffré.", "The team that runs workshops and writes, on its laptops.\nFunders, for attendance sheets only.\nThe public: no data that name anyone are published.\nNo transfer outside the European Union by Moisson; a shared storage, if there is one, is chosen by the organisation, and what is put there is encrypted.";
    register_duration: "Durée de conservation", "How long it is kept";
    register_until: "Les noms et les adresses sont effacés au plus tard le ", "Names and addresses are erased on this day at the latest: ";
    register_no_date: "Date à fixer dans Préparer, Données personnelles.", "Date to be set in Préparer, Personal data.";
    register_safety: "Sécurité", "Security";
    register_safety_list: "Travail hors ligne : rien ne quitte le portable sans un geste.\nNoms et adresses hors du journal, absents des dossiers et des documents sauf demande expresse.\nDossiers protégeables par une phrase secrète ; espace partagé chiffré, une clé par portable.\nTéléphones : ni nom, ni compte, ni adresse ; la salle n’est ouverte que pendant l’atelier.\nSauvegardes vérifiées ; historique des modifications.\nLe fichier et ses copies peuvent être chiffrés par une phrase secrète ; sans elle, le disque du portable doit l’être.", "Offline work: nothing leaves the laptop without a gesture.\nNames and addresses outside the journal, absent from dossiers and documents unless asked for.\nDossiers that a passphrase can lock; shared storage encrypted, one key per laptop.\nPhones: no name, no account, no address; the room is open during the workshop only.\nVerified backups; history of changes.\nA passphrase can encrypt the file and its copies; without one, the laptop’s disk has to be.";
    register_rights: "Droits des personnes", "Rights of people";
    register_rights_list: "Accès et portabilité : « Remettre ses données », qui écrit tout ce qui est gardé sur une personne.\nRectification : dans Préparer, Participants.\nEffacement : « Oublier cette personne », ici et sur chaque portable qui fusionnera ensuite.\nCe qui a été imprimé ou exporté auparavant est à rappeler par d’autres moyens.", "Access and portability: “Give their data”, which writes all that is kept of a person.\nRectification: in Préparer, Participants.\nErasure: “Forget this person”, here and on every laptop that merges afterwards.\nWhat was printed or exported before has to be called back by other means.";
    person_title: "Ce qui est gardé sur vous", "What is kept of you";
    person_lead: "Ce document dit tout ce que le fichier de cette démarche garde sur vous, sur le portable d’où il vient.", "This document says all that the file of this process keeps of you, on the laptop that it comes from.";
    person_kept: "Vos données", "Your data";
    person_value: "Valeur", "Value";
    person_code: "Pseudonyme", "Pseudonym";
    person_name: "Nom", "Name";
    person_email: "Adresse électronique", "E-mail address";
    person_phone: "Téléphone", "Telephone";
    person_organisation: "Structure", "Organisation";
    person_forgotten: "Vous avez été oublié·e : votre nom et vos adresses ont été effacés et ne peuvent plus être saisis.", "You were forgotten: your name and addresses were erased and cannot be entered again.";
    person_rooms: "Les ateliers où vous êtes venu·e", "The workshops you came to";
    person_presence: "Présence", "Presence";
    person_excused: "Excusé·e", "Excused";
    person_signed: "gardée", "kept";
    person_not_signed: "aucune à l’écran", "none on screen";
    person_no_room: "Aucune présence n’est notée.", "No presence is noted.";
    person_quotes: "Textes qui vous citent", "Texts that quote you";
    person_no_quote: "Aucun texte ne cite votre nom ni vos adresses.", "No text quotes your name or addresses.";
    person_not_tied: "Ce que vous avez proposé et voté n’est rattaché ni à votre nom ni à votre pseudonyme : rien n’en peut être extrait.", "What you proposed and voted is tied neither to your name nor to your pseudonym: nothing of it can be extracted.";
    person_rights_list: "Vous pouvez faire corriger ces données, ou les faire effacer : votre nom, vos adresses et vos signatures partent alors de ce fichier et de chaque portable qui fusionnera ensuite.\nVous pouvez saisir la CNIL (cnil.fr).", "You can have these data corrected or erased: your name, addresses and signatures then go from this file and from every laptop that merges afterwards.\nYou can turn to the supervisory authority (in France, the CNIL, cnil.fr).";
    invited: "Vous êtes invité·e à cet atelier. Ce que vous y direz sera noté dans vos mots, et vous saurez ce que c’est devenu.", "You are invited to this workshop. What you say there will be noted in your words, and you will know what became of it.";
    practical: "Pratique", "Practical matters";
    nothing_to_install: "Rien à installer, aucun compte : un téléphone aide, il n’est pas nécessaire.", "Nothing to install, no account: a phone helps, and is not needed.";
    come_as_you_are: "Rien à préparer : votre expérience suffit.", "Nothing to prepare: your experience is enough.";
    tell_us_access: "Un besoin d’accessibilité (accès, interprète, documents agrandis) ? Dites-le à qui vous invite.", "An access need (step-free access, interpreter, large print)? Tell whoever invites you.";
    in_your_diary: "Dans votre agenda", "In your diary";
    diary_how: "Visez ce code avec l’appareil photo du téléphone : l’atelier s’ajoute à l’agenda.", "Point your phone’s camera at this code: the workshop goes into your diary.";
    diary_alt: "Code à lire avec un téléphone : il ajoute l’atelier à l’agenda.", "Code to be read by a phone: it adds the workshop to the diary.";
    first_wifi: "1. Rejoignez le Wi-Fi", "1. Join the Wi-Fi";
    then_page: "2. Ouvrez la page", "2. Open the page";
    open_page: "Ouvrez la page", "Open the page";
    no_phone_needed: "Sans téléphone, tout se fait aussi sur papier ou à main levée. Aucun nom n’est demandé.", "Without a phone, everything can also be done on paper or by raised hand. No name is asked for.";
    welcome: "Bienvenue. Aucun nom n’est demandé, rien n’est à installer.", "Welcome. No name is asked for, nothing needs installing.";
    impact: "Effet (1 à 5)", "Impact (1 to 5)";
    effort: "Effort (1 à 5)", "Effort (1 to 5)";
    consent: "Je consens", "I consent";
    stand_aside: "Je m’abstiens", "I stand aside";
    object: "J’objecte", "I object";
    agree: "D’accord", "Agree";
    disagree: "Pas d’accord", "Disagree";
    pass: "Je passe", "Pass";
    one_cross_each: "Une croix par ligne.", "One cross in each row.";
    write_ranks: "Écrivez 1 devant ce que vous préférez, puis 2, puis 3…", "Write 1 beside what you prefer, then 2, then 3…";
    circle_one: "Pour chaque ligne, cochez ce que vous préférez.", "In each row, tick what you prefer.";
    impact_how: "Deux chiffres par ligne.", "Two numbers in each row.";
    cross_what: "Cochez ce que vous retenez.", "Tick what you approve.";
    card: "Carte", "Card";
    one_idea: "Une idée par carte, en quelques mots, écrite gros.", "One idea per card, in a few words, written large.";
    card_foot: "Table ____   Structure ____________________", "Table ____   Organisation ____________________";
    attendance_sheet: "Feuille d’émargement", "Attendance sheet";
    facilitators: "Animation", "Facilitators";
    participants: "Participants", "Participants";
    signature: "Signature", "Signature";
    signature_morning: "Signature, matin", "Signature, morning";
    signature_afternoon: "Signature, après-midi", "Signature, afternoon";
    photo_consent: "Photo : oui", "Photo: yes";
    role: "Fonction", "Role";
    operation: "Opération", "Operation";
    arrived: "venu à", "came at";
    nobody: "Personne n’est noté.", "Nobody is noted.";
    total_present: "Nombre de présents", "Number of people present";
    cross_lines: "À la fin, barrer les lignes vides, écrire le total et signer.", "At the end, cross the empty lines, write the total and sign.";
    lines_crossed: "Les lignes vides sont barrées.", "Empty lines are crossed.";
    privacy: "Vos données", "Your data";
    privacy_notice: "Cette feuille prouve aux financeurs que l’atelier a eu lieu. Elle est gardée le temps de leurs contrôles par l’organisme qui mène la démarche, puis détruite. Vous pouvez demander à voir, corriger ou effacer ce qui vous concerne auprès de lui, ou saisir la CNIL.",
        "This sheet proves to funders that the workshop took place. The organisation that leads the process keeps it as long as they may check it, then destroys it. You may ask it to see, correct or erase what concerns you, or complain to the data-protection authority.";
    photo_notice: "Photo : cochez seulement si vous acceptez de figurer sur les photos du compte rendu. Sans cela, vous n’y serez pas reconnaissable.",
        "Photo: tick only if you accept to be seen on photos in the minutes. Otherwise you will not be recognisable.";
}

/// The labels of a language; French unless English is asked for.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "en" { &EN } else { &FR }
}

type Named = (&'static str, &'static str);

impl Words {
    /// The words of the journal for the status of an action, as people read them.
    pub fn statuses(&self) -> [Named; 8] {
        if self.french {
            [
                ("to_discuss", "à discuter"),
                ("planned", "prévue"),
                ("running", "en cours"),
                ("late", "en retard"),
                ("paused", "en pause"),
                ("blocked", "bloquée"),
                ("done", "faite"),
                ("dropped", "abandonnée"),
            ]
        } else {
            [
                ("to_discuss", "to discuss"),
                ("planned", "planned"),
                ("running", "under way"),
                ("late", "late"),
                ("paused", "paused"),
                ("blocked", "blocked"),
                ("done", "done"),
                ("dropped", "dropped"),
            ]
        }
    }

    /// Kinds of indicators.
    pub fn indicator_kinds(&self) -> [Named; 3] {
        if self.french {
            [("output", "réalisation"), ("result", "résultat"), ("impact", "impact")]
        } else {
            [("output", "output"), ("result", "result"), ("impact", "impact")]
        }
    }

    /// Natures of a funding.
    pub fn funding_kinds(&self) -> [Named; 2] {
        if self.french {
            [("investment", "investissement"), ("running", "fonctionnement")]
        } else {
            [("investment", "investment"), ("running", "running costs")]
        }
    }

    /// States of a funding.
    pub fn funding_states(&self) -> [Named; 2] {
        if self.french {
            [("asked", "demandé"), ("granted", "accordé")]
        } else {
            [("asked", "asked"), ("granted", "granted")]
        }
    }

    /// What becomes of a proposal.
    pub fn outcome_kinds(&self) -> [Named; 4] {
        if self.french {
            [
                ("taken_up", "reprise"),
                ("merged", "fondue dans une autre"),
                ("set_aside", "écartée"),
                ("referred", "transmise"),
            ]
        } else {
            [("taken_up", "taken up"), ("merged", "merged"), ("set_aside", "set aside"), ("referred", "passed on")]
        }
    }

    /// « 1er sem. 2023 ».
    pub fn half_year(&self, year: i32, first: bool) -> String {
        match (self.french, first) {
            (true, true) => format!("1er\u{a0}sem. {year}"),
            (true, false) => format!("2e\u{a0}sem. {year}"),
            (false, true) => format!("H1 {year}"),
            (false, false) => format!("H2 {year}"),
        }
    }

    /// « Coloriez 3 cases en tout ».
    pub fn colour_dots(&self, points: u32) -> String {
        if self.french { format!("Coloriez {points} cases en tout.") } else { format!("Colour {points} boxes in all.") }
    }

    /// « Une note de 0 à 10 par ligne ».
    pub fn score_between(&self, min: u32, max: u32) -> String {
        if self.french {
            format!("Une note de {min} à {max} par ligne.")
        } else {
            format!("A score from {min} to {max} in each row.")
        }
    }

    /// « et 4 autres actions, dans le plan ».
    pub fn more_actions(&self, more: usize) -> String {
        match (self.french, more) {
            (true, 1) => String::from("Et une autre action, dans le plan."),
            (true, more) => format!("Et {more} autres actions, dans le plan."),
            (false, 1) => String::from("And one more action, in the plan."),
            (false, more) => format!("And {more} more actions, in the plan."),
        }
    }
}
