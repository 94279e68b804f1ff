//! The library of methods: what ships in `assets/methods`, read once, told in the language of who asks.

use crate::{
    Language,
    views::{AgendaTemplate, MethodLibrary, MethodView},
};
use moisson_room::Sharing;
use serde::Deserialize;
use std::sync::LazyLock;

/// People up to whom a room is small, then medium.
const SMALL: u32 = 12;
const MEDIUM: u32 = 30;

/// Every method, in the order in which an atelier meets them.
const METHODS: &[&str] = &[
    include_str!("../../../../assets/methods/icebreaker.json"),
    include_str!("../../../../assets/methods/findings.json"),
    include_str!("../../../../assets/methods/silent-writing.json"),
    include_str!("../../../../assets/methods/one-two-four-all.json"),
    include_str!("../../../../assets/methods/round-robin.json"),
    include_str!("../../../../assets/methods/brainstorming.json"),
    include_str!("../../../../assets/methods/world-cafe.json"),
    include_str!("../../../../assets/methods/grouping.json"),
    include_str!("../../../../assets/methods/impact-effort.json"),
    include_str!("../../../../assets/methods/dot-vote.json"),
    include_str!("../../../../assets/methods/action-sheet.json"),
    include_str!("../../../../assets/methods/break.json"),
    include_str!("../../../../assets/methods/closing-round.json"),
    include_str!("../../../../assets/methods/roti.json"),
];

const TEMPLATES: &[&str] = &[
    include_str!("../../../../assets/methods/templates/ninety-minutes.json"),
    include_str!("../../../../assets/methods/templates/two-hours.json"),
    include_str!("../../../../assets/methods/templates/half-day.json"),
];

/// A method as its file holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Method {
    pub id: String,
    family: String,
    minutes: Minutes,
    pub shortest: u32,
    /// Who sees meanwhile what others propose, where the method says so.
    #[serde(default)]
    pub sharing: Option<Sharing>,
    fr: MethodText,
    en: MethodText,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Minutes {
    small: u32,
    medium: u32,
    large: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MethodText {
    pub name: String,
    pub goal: String,
    pub material: Vec<String>,
    pub wording: String,
    pub steps: Vec<String>,
    pub tip: String,
}

/// A déroulé as its file holds it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgendaFile {
    id: String,
    pub minutes: u32,
    fr: AgendaText,
    en: AgendaText,
    methods: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AgendaText {
    name: String,
    goal: String,
}

// What ships is compiled in and read by a test: nothing is left out here.
static LIBRARY: LazyLock<Vec<Method>> =
    LazyLock::new(|| METHODS.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());
static AGENDAS: LazyLock<Vec<AgendaFile>> =
    LazyLock::new(|| TEMPLATES.iter().filter_map(|text| serde_json::from_str(text).ok()).collect());

impl Method {
    /// The method of that id.
    pub fn named(id: &str) -> Option<&'static Self> {
        LIBRARY.iter().find(|method| method.id == id)
    }

    /// What it says in a language.
    pub const fn text(&self, language: Language) -> &MethodText {
        match language {
            Language::Fr => &self.fr,
            Language::En => &self.en,
        }
    }

    /// Its usual length for so many people; for a room of medium size where nobody knows.
    pub const fn minutes(&self, people: Option<u32>) -> u32 {
        match people {
            Some(..=SMALL) => self.minutes.small,
            Some(..=MEDIUM) | None => self.minutes.medium,
            Some(_) => self.minutes.large,
        }
    }
}

impl AgendaFile {
    /// The déroulé of that id.
    pub fn named(id: &str) -> Option<&'static Self> {
        AGENDAS.iter().find(|agenda| agenda.id == id)
    }

    /// Its methods, in order.
    pub fn methods(&self) -> Vec<&'static Method> {
        self.methods.iter().filter_map(|id| Method::named(id)).collect()
    }
}

/// The library, in a language.
#[must_use]
pub fn method_library(language: Language) -> MethodLibrary {
    let methods = LIBRARY.iter().map(|method| {
        let text = method.text(language);
        MethodView {
            id: method.id.clone(),
            family: method.family.clone(),
            name: text.name.clone(),
            goal: text.goal.clone(),
            material: text.material.clone(),
            wording: text.wording.clone(),
            steps: text.steps.clone(),
            tip: text.tip.clone(),
            minutes: [method.minutes.small, method.minutes.medium, method.minutes.large],
            shortest: method.shortest,
        }
    });
    let templates = AGENDAS.iter().map(|agenda| {
        let text = if language == Language::Fr { &agenda.fr } else { &agenda.en };
        AgendaTemplate {
            id: agenda.id.clone(),
            name: text.name.clone(),
            goal: text.goal.clone(),
            minutes: agenda.minutes,
            methods: agenda.methods.clone(),
        }
    });
    MethodLibrary { methods: methods.collect(), templates: templates.collect() }
}

/// Lengths in steps of five minutes that add up to a whole as closely as the shortest of each allow.
pub(crate) fn scaled(parts: &[(u32, u32)], total: u32) -> Vec<u32> {
    let usual: u32 = parts.iter().map(|(usual, _)| usual).sum();
    if usual == 0 {
        return parts.iter().map(|(_, shortest)| *shortest).collect();
    }
    // What each would take exactly, in thousandths of a minute.
    let exact: Vec<i64> =
        parts.iter().map(|(part, _)| i64::from(*part) * i64::from(total) * 1000 / i64::from(usual)).collect();
    let mut lengths: Vec<i64> = parts
        .iter()
        .zip(&exact)
        .map(|((_, shortest), exact)| ((exact + 2500) / 5000 * 5).max(i64::from(*shortest)).max(1))
        .collect();
    loop {
        let left = i64::from(total) - lengths.iter().sum::<i64>();
        // The one that is furthest from its exact length, on the side that mends the whole.
        let far = |at: &usize| (exact[*at] - lengths[*at] * 1000) * left.signum();
        // By five minutes, or where no part can lose as many, by one.
        let mend = [left.clamp(-5, 5), left.signum()].into_iter().find_map(|by| {
            let room = |at: &usize| lengths[*at] + by >= i64::from(parts[*at].1).max(1);
            (0..lengths.len()).filter(room).max_by_key(far).map(|at| (at, by))
        });
        match mend {
            Some((at, by)) if by != 0 => lengths[at] += by,
            _ => break,
        }
    }
    lengths.into_iter().map(|minutes| u32::try_from(minutes).unwrap_or(0)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::{collections::BTreeSet, fs};

    const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../assets/methods");

    fn names(folder: &str) -> BTreeSet<String> {
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        let json = files.filter(|path| path.extension().is_some_and(|extension| extension == "json"));
        json.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn every_file_of_the_library_is_read_under_its_own_name() {
        let read: BTreeSet<String> =
            METHODS.iter().map(|text| serde_json::from_str::<Method>(text).unwrap().id).collect();
        assert_eq!(read, names(FOLDER));
        let read: BTreeSet<String> =
            TEMPLATES.iter().map(|text| serde_json::from_str::<AgendaFile>(text).unwrap().id).collect();
        assert_eq!(read, names(&format!("{FOLDER}/templates")));
    }

    #[test]
    fn every_method_is_complete_and_says_as_much_in_both_languages() {
        const FAMILIES: [&str; 7] = ["open", "propose", "sort", "decide", "act", "pause", "close"];
        for method in LIBRARY.iter() {
            let id = &method.id;
            for text in [&method.fr, &method.en] {
                let words = [&text.name, &text.goal, &text.wording, &text.tip];
                let lines = text.material.iter().chain(&text.steps);
                assert!(words.into_iter().chain(lines).all(|words| !words.trim().is_empty()), "{id}");
                assert!(text.steps.len() >= 3, "{id}: who has never run it needs more than that");
                assert!(!text.wording.contains('\n'), "{id}: the wording is said in one breath");
                let quotes = [&text.wording, &text.tip].into_iter().chain(&text.steps);
                assert!(quotes.into_iter().all(|words| !words.contains('\'')), "{id}: ’ and not '");
            }
            assert_eq!(method.fr.material.len(), method.en.material.len(), "{id}");
            assert_eq!(method.fr.steps.len(), method.en.steps.len(), "{id}");
            assert!(FAMILIES.contains(&method.family.as_str()), "{id}: {}", method.family);
            let Minutes { small, medium, large } = method.minutes;
            assert!(method.shortest <= small && small <= medium && medium <= large, "{id}: larger rooms take longer");
        }
    }

    #[test]
    fn every_deroule_names_methods_that_exist_and_fits_its_time_for_any_room() {
        for agenda in AGENDAS.iter() {
            assert_eq!(agenda.methods().len(), agenda.methods.len(), "{}", agenda.id);
            for people in [Some(8), Some(25), Some(60), None] {
                let parts: Vec<_> =
                    agenda.methods().iter().map(|method| (method.minutes(people), method.shortest)).collect();
                let lengths = scaled(&parts, agenda.minutes);
                assert_eq!(lengths.iter().sum::<u32>(), agenda.minutes, "{} {people:?}", agenda.id);
            }
            assert!([&agenda.fr, &agenda.en].iter().all(|text| !text.name.is_empty() && !text.goal.is_empty()));
        }
    }

    #[test]
    fn the_size_of_the_room_decides_how_long_a_method_takes() {
        let icebreaker = Method::named("icebreaker").unwrap();
        let lengths = [Some(12), Some(13), Some(30), Some(31), None].map(|people| icebreaker.minutes(people));
        assert_eq!(lengths, [10, 15, 15, 15, 15]);
        assert_eq!(Method::named("dot-vote").unwrap().minutes(Some(31)), 20);
    }

    proptest! {
        #[test]
        fn scaled_lengths_add_up_wherever_the_shortest_allow(
            parts in prop::collection::vec((1u32..120, 1u32..20), 1..14),
            total in 1u32..600,
        ) {
            let lengths = scaled(&parts, total);
            let least: u32 = parts.iter().map(|(_, shortest)| *shortest).sum();
            prop_assert!(lengths.iter().zip(&parts).all(|(length, (_, shortest))| length >= shortest));
            prop_assert_eq!(lengths.iter().sum::<u32>(), total.max(least));
        }
    }
}
