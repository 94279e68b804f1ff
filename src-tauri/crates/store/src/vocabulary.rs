//! The words that a search knows: what a word that was typed may stand for.

/// Words looked for in the place of one that nobody wrote, or that several begin with.
const NEAR: usize = 6;

/// Every word and how many entities hold it, in the order of letters.
#[derive(Default)]
pub(crate) struct Vocabulary(Vec<(String, u32)>);

/// What is looked for in the place of a word.
pub(crate) struct Choices {
    /// As FTS5 reads it; empty where nothing is near.
    pub terms: Vec<String>,
    /// How many entities hold one of them, at most.
    pub held: u32,
}

impl Vocabulary {
    pub fn new(mut words: Vec<(String, u32)>) -> Self {
        words.sort_unstable();
        Self(words)
    }

    /// Adds the words of texts that came since; those of texts that went stay, and find nothing.
    pub fn add(&mut self, fresh: Self) {
        let mut together = Vec::with_capacity(self.0.len() + fresh.0.len());
        let mut known = std::mem::take(&mut self.0).into_iter().peekable();
        for (word, held) in fresh.0 {
            while let Some(before) = known.next_if(|(before, _)| *before < word) {
                together.push(before);
            }
            let before = known.next_if(|(same, _)| *same == word).map_or(0, |(_, held)| held);
            together.push((word, held.saturating_add(before)));
        }
        together.extend(known);
        self.0 = together;
    }

    /// What a word without accents in lower case stands for: itself and what begins with it, else the nearest there are.
    pub fn choices(&self, word: &str) -> Choices {
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let of = |words: &mut dyn Iterator<Item = &(String, u32)>| {
            let (mut terms, mut held) = (Vec::new(), 0_u32);
            for (known, times) in words {
                terms.push(quoted(known));
                held = held.saturating_add(*times);
            }
            Choices { terms, held }
        };
        let from = self.0.partition_point(|(known, _)| known.as_str() < word);
        let begin = || self.0[from..].iter().take_while(|(known, _)| known.starts_with(word));
        match begin().take(NEAR + 1).count() {
            0 => of(&mut self.near(word).into_iter()),
            // A few whole words are found sooner than what begins with theirs.
            1..=NEAR => of(&mut begin()),
            _ => {
                let held = begin().fold(0_u32, |sum, (_, held)| sum.saturating_add(*held));
                Choices { terms: vec![format!("{}*", quoted(word))], held }
            }
        }
    }

    /// The words nearest to one that nobody wrote, nearest first: one letter apart, two for long words, the end of a longer
    /// word forgiven since it may not be typed yet. A number is itself or another one.
    fn near(&self, word: &str) -> Vec<&(String, u32)> {
        let letters = word.chars().count();
        let most = match letters {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        if word.contains(|letter: char| letter.is_numeric()) {
            return Vec::new();
        }
        let (first, second, set) = (word.chars().next(), word.chars().nth(1), set(word));
        let apart = |known: &str| -> Option<usize> {
            // A slip of the first letter is rare, and leaving those out makes the search five times as fast; a slip changes
            // one letter at most, which rules out most of the others before they are compared.
            let mut begin = known.chars();
            if (begin.next() != first && begin.next() != second)
                || (set & !self::set(known)).count_ones() as usize > most
            {
                return None;
            }
            let length = known.chars().count();
            if length + most < letters {
                return None;
            }
            let whole = if length <= letters + most { strsim::osa_distance(known, word) } else { usize::MAX };
            if whole == 0 || length <= letters {
                return Some(whole).filter(|apart| *apart <= most);
            }
            let end = known.char_indices().nth(letters).map_or(known.len(), |(at, _)| at);
            Some(whole.min(strsim::osa_distance(&known[..end], word))).filter(|apart| *apart <= most)
        };
        let mut found: Vec<(usize, &(String, u32))> =
            self.0.iter().filter_map(|entry| apart(&entry.0).map(|apart| (apart, entry))).collect();
        found.sort_by(|(one, a), (other, b)| one.cmp(other).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
        found.truncate(NEAR);
        found.into_iter().map(|(_, entry)| entry).collect()
    }
}

/// The letters of a word as a set; those that are not of the Latin alphabet share a place.
fn set(word: &str) -> u32 {
    word.bytes().fold(0, |set, byte| set | 1 << if byte.is_ascii_lowercase() { byte - b'a' } else { 26 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(words: &[&str]) -> Vocabulary {
        Vocabulary::new(words.iter().map(|word| ((*word).to_owned(), 1)).collect())
    }

    fn found(word: &str) -> Vec<String> {
        let known = vocabulary(&["bus", "covoiturage", "garage", "navette", "navettes", "permis", "2022"]);
        known.near(word).into_iter().map(|(word, _)| word.clone()).collect()
    }

    #[test]
    fn a_slip_of_the_fingers_is_forgiven_and_another_word_is_not() {
        assert_eq!(found("navete"), ["navette", "navettes"]);
        assert_eq!(found("permsi"), ["permis"], "two letters the wrong way round are one slip");
        assert_eq!(found("covoitrage"), ["covoiturage"]);
        assert_eq!(found("covoiutr"), ["covoiturage"], "its end is not typed yet");
        assert!(found("bas").is_empty(), "short words are taken as they are");
        assert!(found("logement").is_empty());
        assert!(found("2023").is_empty(), "another number is no slip");
    }

    #[test]
    fn words_that_come_later_are_found_like_the_others() {
        let mut known = vocabulary(&["bus", "navette"]);
        known.add(vocabulary(&["abri", "navette", "vélo"]));
        let all: Vec<(&str, u32)> = known.0.iter().map(|(word, held)| (word.as_str(), *held)).collect();
        assert_eq!(all, [("abri", 1), ("bus", 1), ("navette", 2), ("vélo", 1)]);
        assert_eq!(known.choices("nav").terms, ["\"navette\""]);
        assert_eq!(known.choices("navete").terms, ["\"navette\""]);
        assert!(known.choices("garage").terms.is_empty());
    }
}
