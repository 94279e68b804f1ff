//! Votes in words: the rule in one sentence, grades, scores, why a bulletin does not count.

use crate::{Language, session::shorten, views::*};
use moisson_tally::{Quadrant, Score, Settings, SharingRule};

/// « 1er », “1st”.
pub(super) fn ordinal(n: usize, language: Language) -> String {
    let en = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    language.say(if n == 1 { String::from("1er") } else { format!("{n}e") }, format!("{n}{en}"))
}

/// A score in words.
pub(crate) fn score_words(score: &Score, grades: &[String], language: Language) -> String {
    match score {
        Score::Scores { mean, answers, .. } => {
            let mean = decimal(mean, language);
            language.say(format!("moyenne {mean}, {answers} notes"), format!("mean {mean}, {answers} scores"))
        }
        Score::Plane { impact, effort, quadrant, .. } => {
            let (impact, effort) = (decimal(impact, language), decimal(effort, language));
            let quadrant = quadrant_name(*quadrant, language);
            language.say(
                format!("{quadrant} (impact {impact}, effort {effort})"),
                format!("{quadrant} (impact {impact}, effort {effort})"),
            )
        }
        Score::Strength { won, lost, .. } => {
            language.say(format!("{won} duels gagnés, {lost} perdus"), format!("{won} duels won, {lost} lost"))
        }
        Score::Consent { consent, stand_aside, object } => language.say(
            format!("{consent} consentements, {stand_aside} retraits, {object} objections"),
            format!("{consent} consents, {stand_aside} aside, {object} objections"),
        ),
        Score::Dots { points, supporters } => language.say(
            format!("{points} gommettes de {supporters} personnes"),
            format!("{points} dots from {supporters} people"),
        ),
        Score::Merit { median, .. } => {
            let grade = grades.get(usize::from(*median)).cloned().unwrap_or_default();
            language.say(format!("mention « {grade} »"), format!("grade “{grade}”"))
        }
        Score::Value { value } => language.say(format!("{value} points"), format!("{value} points")),
        Score::Project { cost, supporters } => {
            language.say(format!("{supporters} voix, coût {cost}"), format!("{supporters} votes, cost {cost}"))
        }
        Score::Statement { group_informed_consensus, .. } => {
            let hundredths = (group_informed_consensus.as_f64().unwrap_or_default() * 100.0).round();
            language.say(format!("consensus {hundredths} %"), format!("consensus {hundredths}%"))
        }
        Score::Votes { votes, per_mille } => {
            let share = per_mille.map(|share| {
                let (whole, tenth) = (share / 10, share % 10);
                language.say(format!(" ({whole},{tenth} %)"), format!(" ({whole}.{tenth}%)"))
            });
            let share = share.unwrap_or_default();
            language.say(format!("{votes} voix{share}"), format!("{votes} votes{share}"))
        }
    }
}

/// Names of a scale's grades, worst first: the scale of Mieux Voter, thinned for fewer grades.
pub(crate) fn grade_names(grades: u8, language: Language) -> Vec<String> {
    let fr = ["À rejeter", "Insuffisant", "Passable", "Assez bien", "Bien", "Très bien", "Excellent"];
    let en = ["Reject", "Poor", "Acceptable", "Fair", "Good", "Very good", "Excellent"];
    let kept: &[usize] = match grades {
        0..=2 => &[0, 6],
        3 => &[0, 3, 6],
        4 => &[0, 2, 4, 6],
        5 => &[0, 2, 3, 4, 6],
        6 => &[0, 1, 2, 3, 4, 6],
        _ => &[0, 1, 2, 3, 4, 5, 6],
    };
    kept.iter().map(|index| language.say(fr[*index], en[*index])).collect()
}

/// The rule of a vote in one clear sentence.
pub(crate) fn rule(method: RoomMethod, settings: &BallotSettings, language: Language) -> String {
    match method {
        RoomMethod::Hands => language.say(
            "On lève la main pour chaque choix ; les mains sont comptées et additionnées.",
            "Raise a hand for each option; hands are counted and added up.",
        ),
        RoomMethod::Dots => {
            let dots = settings.points.unwrap_or(Settings::default().points);
            let most = settings.max_per_option.map_or_else(String::new, |most| {
                language.say(format!(", {most} au plus sur un même choix"), format!(", at most {most} on one option"))
            });
            language.say(
                format!("Chaque personne répartit {dots} gommettes{most} ; on classe par nombre de gommettes."),
                format!("Everyone spreads {dots} dots{most}; options are ranked by dots."),
            )
        }
        RoomMethod::Approval if settings.rule.is_some() => {
            let seats = settings.seats.unwrap_or(1);
            let how = match settings.rule {
                Some(SharingRule::Mes) => language.say("parts égales", "equal shares"),
                _ => language.say("approbation proportionnelle", "proportional approval"),
            };
            language.say(
                format!("Chaque personne retient autant de choix qu’elle veut ; {seats} sont gardés en proportion ({how})."),
                format!("Everyone approves any number of options; {seats} are kept in proportion ({how})."),
            )
        }
        RoomMethod::Approval => {
            let most = settings.max_choices.map_or_else(
                || language.say("autant de choix qu’elle veut", "as many options as they like"),
                |most| language.say(format!("{most} choix au plus"), format!("at most {most} options")),
            );
            language.say(
                format!("Chaque personne retient {most} ; on classe par nombre de voix."),
                format!("Everyone approves {most}; options are ranked by votes."),
            )
        }
        RoomMethod::Score => {
            let (min, max) = (settings.min.unwrap_or_default(), settings.max.unwrap_or(10));
            language.say(
                format!("Chaque personne note chaque choix de {min} à {max} ; on classe par moyenne."),
                format!("Everyone scores every option from {min} to {max}; options are ranked by their mean."),
            )
        }
        RoomMethod::Borda => language.say(
            "Chaque personne classe les choix ; on additionne les écarts de tous leurs duels (Borda).",
            "Everyone ranks the options; the margins of all their duels are added up (Borda).",
        ),
        RoomMethod::Copeland => language.say(
            "Chaque personne classe les choix ; on compte les duels gagnés moins les duels perdus (Copeland).",
            "Everyone ranks the options; duels won less duels lost are counted (Copeland).",
        ),
        RoomMethod::Irv => language.say(
            "Chaque personne classe les choix ; le dernier est éliminé, tour après tour (vote alternatif).",
            "Everyone ranks the options; the last is eliminated, round after round (instant runoff).",
        ),
        RoomMethod::RankedPairs => language.say(
            "Chaque personne classe les choix ; les duels les plus nets comptent d’abord (paires classées).",
            "Everyone ranks the options; the clearest duels count first (ranked pairs).",
        ),
        RoomMethod::Schulze => language.say(
            "Chaque personne classe les choix ; l’emporte celui que ses chaînes de duels placent devant tous (Schulze).",
            "Everyone ranks the options; the winner’s chains of duels place it ahead of all (Schulze).",
        ),
        RoomMethod::Stv => {
            let seats = settings.seats.unwrap_or(1);
            language.say(
                format!("Chaque personne classe les choix ; {seats} sont retenus en proportion (vote unique transférable, règles écossaises)."),
                format!("Everyone ranks the options; {seats} are kept in proportion (single transferable vote, Scottish rules)."),
            )
        }
        RoomMethod::Pairwise => language.say(
            "On compare les choix deux à deux ; leur force est celle qui explique le mieux les duels (Bradley et Terry).",
            "Options are compared two at a time; their strength is what best explains the duels (Bradley and Terry).",
        ),
        RoomMethod::ImpactEffort => language.say(
            "Chaque personne place chaque choix selon son impact et son effort ; on retient les médianes.",
            "Everyone places every option by impact and effort; medians are kept.",
        ),
        RoomMethod::Budget => {
            let budget = settings.budget.unwrap_or_default();
            if settings.rule == Some(SharingRule::Greedy) {
                language.say(
                    format!("Chaque personne retient des projets ; les plus soutenus sont financés tant que les {budget} € le permettent."),
                    format!("Everyone approves projects; the most supported are funded as long as the {budget} € allow."),
                )
            } else {
                language.say(
                    format!("Chaque personne retient des projets et dispose d’une part égale des {budget} € (parts égales)."),
                    format!("Everyone approves projects and holds an equal part of the {budget} € (equal shares)."),
                )
            }
        }
        RoomMethod::Consent => language.say(
            "Une proposition passe si quelqu’un y consent et que personne n’objecte ; une objection se traite, elle ne se met pas en minorité.",
            "A proposal stands if someone consents and nobody objects; an objection is treated, not outvoted.",
        ),
        RoomMethod::Consensus => language.say(
            "Chaque personne dit d’accord, pas d’accord ou passe ; on cherche ce qui rassemble tous les groupes d’opinion.",
            "Everyone agrees, disagrees or passes; what unites every group of opinion is looked for.",
        ),
        RoomMethod::Unknown => language.say(
            "Cette version de Moisson ne connaît pas cette façon de voter.",
            "This version of Moisson does not know this way of voting.",
        ),
        RoomMethod::MajorityJudgment => language.say(
            "Chaque personne donne une mention à chaque choix ; on classe par mention majoritaire (jugement majoritaire).",
            "Everyone grades every option; options are ranked by majority grade (majority judgment).",
        ),
    }
}

/// Why a bulletin does not count, to end a sentence.
pub(super) fn reason(reason: &moisson_tally::Reason, language: Language) -> String {
    use moisson_tally::Reason::*;
    match reason {
        Unreadable { detail } => shorten(detail, 80),
        Blank => language.say("il est vide", "it is blank"),
        UnknownOption { option } => {
            language.say(format!("« {option} » n’est pas un choix"), format!("“{option}” is not an option"))
        }
        Twice { option } => language.say(format!("« {option} » y est deux fois"), format!("“{option}” is there twice")),
        NotAnOpinion { given } => {
            language.say(format!("{given} n’est ni 1, ni 0, ni -1"), format!("{given} is neither 1, 0 nor -1"))
        }
        TooManyPoints { given, allowed } => language
            .say(format!("{given} gommettes pour {allowed} possibles"), format!("{given} dots of {allowed} allowed")),
        TooManyChoices { given, allowed } => language
            .say(format!("{given} choix pour {allowed} possibles"), format!("{given} options of {allowed} allowed")),
        ScoreOutOfRange { given, min, max } => language.say(
            format!("la note {given} n’est pas entre {min} et {max}"),
            format!("{given} is not between {min} and {max}"),
        ),
        WrongMark { option } => language.say(
            format!("« {option} » demande un impact et un effort, ou une seule note"),
            format!("“{option}” wants an impact and an effort, or one score"),
        ),
        NotInTheDuel { option } => {
            language.say(format!("« {option} » n’est pas du duel"), format!("“{option}” is not in the duel"))
        }
        GradeOutOfRange { given, grades } => language.say(
            format!("la mention {given} est hors de l’échelle de {grades}"),
            format!("grade {given} is beyond the scale of {grades}"),
        ),
    }
}

/// A number to one decimal place, with the sign of the language.
pub(super) fn decimal(number: &serde_json::Number, language: Language) -> String {
    let text = format!("{:.1}", number.as_f64().unwrap_or_default());
    language.say(text.trim_end_matches(".0").replace('.', ","), text.trim_end_matches(".0").to_owned())
}

/// A quarter of the plane of impact and effort.
pub(super) fn quadrant_name(quadrant: Quadrant, language: Language) -> String {
    match quadrant {
        Quadrant::QuickWin => language.say("gain rapide", "quick win"),
        Quadrant::MajorProject => language.say("chantier", "major project"),
        Quadrant::FillIn => language.say("à l’occasion", "fill-in"),
        Quadrant::Thankless => language.say("peu utile", "thankless task"),
    }
}
