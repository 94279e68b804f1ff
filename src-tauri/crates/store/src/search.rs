//! Full-text search over what people name and say: SQLite's FTS5, in memory beside the file.
//!
//! It is read once and then follows the journal, so that neither a capture nor a merge pays for it, and the file holds nothing
//! that could differ from a rebuild. Accents and case are forgiven by the tokenizer; a word that nothing begins with is looked
//! for among the words there are, one or two letters apart.

use crate::{Store, StoreError, open::sqlite};
use moisson_domain::{Entity, EntityId, Kind};
use rusqlite::Connection;
use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

/// Rows of one kind lie together, so that the best of a kind are found without looking at the others.
const PER_KIND: i64 = 1 << 40;

/// Entities that hold a word from which ranking them all would take longer than a letter takes to type.
const COMMON: u32 = 4_000;

/// Words looked for in the place of one that nobody wrote.
const NEAR: usize = 6;

/// The words of entities of some kinds, ready to be searched.
pub struct Words {
    conn: Connection,
    path: PathBuf,
    kinds: &'static [Kind],
    rows: HashMap<EntityId, i64>,
    ids: HashMap<i64, EntityId>,
    next: i64,
    mark: i64,
    /// Every word and how many entities hold it, in the order of letters; none until it is asked for.
    vocabulary: Option<Vec<(String, u32)>>,
}

impl Words {
    /// Reads the words of all entities of these kinds.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn read(store: &Store, kinds: &'static [Kind]) -> Result<Self, StoreError> {
        let path = store.path().to_owned();
        let conn = Connection::open_in_memory().map_err(|source| sqlite(&path, source))?;
        let made = conn.execute_batch(
            "PRAGMA journal_mode = OFF;
             CREATE VIRTUAL TABLE words USING fts5(
                 text, content = '', contentless_delete = 1, detail = full, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');",
        );
        made.map_err(|source| sqlite(&path, source))?;
        let mut words = Self {
            conn,
            path,
            kinds,
            rows: HashMap::new(),
            ids: HashMap::new(),
            next: 0,
            mark: store.latest_change()?,
            vocabulary: None,
        };
        words.execute("BEGIN")?;
        for kind in kinds {
            let mut failed = None;
            store.for_each(Some(kind.name()), |entity| {
                if failed.is_none() {
                    failed = words.put(&entity).err();
                }
            })?;
            if let Some(error) = failed {
                return Err(error);
            }
        }
        words.execute("COMMIT")?;
        Ok(words)
    }

    /// The file whose words these are.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Takes account of what changed since.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn follow(&mut self, store: &Store) -> Result<(), StoreError> {
        let latest = store.latest_change()?;
        if latest == self.mark {
            return Ok(());
        }
        let sql = "SELECT DISTINCT entity FROM change WHERE n > ?1 AND n <= ?2";
        let changed: Vec<EntityId> =
            store.rows(sql, (self.mark, latest), |row| Ok(EntityId::from_bytes(row.get(0)?)))?;
        self.execute("BEGIN")?;
        for id in changed {
            if let Some(row) = self.rows.remove(&id) {
                self.ids.remove(&row);
                self.prepared("DELETE FROM words WHERE rowid = ?1", |query| query.execute([row]).map(drop))?;
            }
            if let Some(entity) = store.entity(id)? {
                self.put(&entity)?;
            }
        }
        self.execute("COMMIT")?;
        self.mark = latest;
        self.vocabulary = None;
        Ok(())
    }

    fn put(&mut self, entity: &Entity) -> Result<(), StoreError> {
        let kind = Kind::named(&entity.kind);
        let place = self.kinds.iter().position(|one| Some(*one) == kind);
        let text = kind.and_then(Kind::title).and_then(|field| entity.fields.text(field));
        let (Some(place), Some(text)) = (place.and_then(|place| i64::try_from(place).ok()), text) else {
            return Ok(());
        };
        self.next += 1;
        let row = place * PER_KIND + self.next;
        self.prepared("INSERT INTO words (rowid, text) VALUES (?1, ?2)", |query| query.execute((row, text)).map(drop))?;
        self.rows.insert(entity.id, row);
        self.ids.insert(row, entity.id);
        Ok(())
    }

    /// Entities that hold all of these words or words that begin with them, given without accents in lower case: kind by kind in
    /// their order, the best first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn find(&mut self, words: &[String], limit: usize) -> Result<Vec<EntityId>, StoreError> {
        let mut common = false;
        let mut terms = Vec::new();
        for word in words {
            let (choices, held) = self.choices(word)?;
            if choices.is_empty() {
                return Ok(Vec::new());
            }
            common |= held > COMMON;
            terms.push(format!("({})", choices.join(" OR ")));
        }
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let order = if common { "" } else { "ORDER BY rank" };
        let sql = format!("SELECT rowid FROM words WHERE words MATCH ?1 AND rowid BETWEEN ?2 AND ?3 {order} LIMIT ?4");
        let expression = terms.join(" AND ");
        let mut found = Vec::new();
        for place in 0..i64::try_from(self.kinds.len()).unwrap_or(0) {
            let left = i64::try_from(limit.saturating_sub(found.len())).unwrap_or(i64::MAX);
            let rows: Vec<i64> = self.prepared(&sql, |query| {
                let range = (&expression, place * PER_KIND, (place + 1) * PER_KIND - 1, left);
                query.query_map(range, |row| row.get(0))?.collect()
            })?;
            found.extend(rows.iter().filter_map(|row| self.ids.get(row)));
        }
        Ok(found)
    }

    /// What is looked for in the place of a word, as FTS5 reads it, and how many entities hold it.
    fn choices(&mut self, word: &str) -> Result<(Vec<String>, u32), StoreError> {
        let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
        let vocabulary = self.vocabulary()?;
        let from = vocabulary.partition_point(|(known, _)| known.as_str() < word);
        let begin: Vec<&(String, u32)> =
            vocabulary[from..].iter().take_while(|(known, _)| known.starts_with(word)).collect();
        let begins = begin.iter().fold(0_u32, |sum, (_, held)| sum.saturating_add(*held));
        // A few whole words are found sooner than what begins with theirs.
        if (1..=NEAR).contains(&begin.len()) {
            return Ok((begin.into_iter().map(|(known, _)| quoted(known)).collect(), begins));
        }
        if begins > 0 {
            return Ok((vec![format!("{}*", quoted(word))], begins));
        }
        let near = near(vocabulary, word);
        let held = near.iter().fold(0_u32, |sum, (_, held)| sum.saturating_add(*held));
        Ok((near.into_iter().map(|(known, _)| quoted(&known)).collect(), held))
    }

    fn vocabulary(&mut self) -> Result<&[(String, u32)], StoreError> {
        if self.vocabulary.is_none() {
            let mut all: Vec<(String, u32)> = self.prepared("SELECT term, doc FROM vocabulary", |query| {
                query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
            })?;
            all.sort_unstable();
            self.vocabulary = Some(all);
        }
        Ok(self.vocabulary.as_deref().unwrap_or_default())
    }

    fn execute(&self, sql: &str) -> Result<(), StoreError> {
        self.conn.execute_batch(sql).map_err(|source| sqlite(&self.path, source))
    }

    fn prepared<T>(
        &self,
        sql: &str,
        run: impl FnOnce(&mut rusqlite::CachedStatement<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        self.conn.prepare_cached(sql).and_then(|mut query| run(&mut query)).map_err(|source| sqlite(&self.path, source))
    }
}

/// The words nearest to one that nobody wrote, nearest first: one letter apart, two for long words, the end of a longer word
/// forgiven since it may not be typed yet.
fn near(vocabulary: &[(String, u32)], word: &str) -> Vec<(String, u32)> {
    let letters = word.chars().count();
    let most = match letters {
        0..4 => return Vec::new(),
        4..8 => 1,
        _ => 2,
    };
    let apart = |known: &str| -> Option<usize> {
        let length = known.chars().count();
        if length + most < letters {
            return None;
        }
        let whole = if length <= letters + most { strsim::osa_distance(known, word) } else { usize::MAX };
        let begun: String = known.chars().take(letters).collect();
        Some(whole.min(strsim::osa_distance(&begun, word))).filter(|apart| *apart <= most)
    };
    // A slip of the first letter is rare, and leaving those out makes the search five times as fast.
    let same_start =
        |known: &str| known.chars().next() == word.chars().next() || known.chars().nth(1) == word.chars().nth(1);
    let mut found: Vec<(usize, &(String, u32))> = vocabulary
        .iter()
        .filter(|(known, _)| same_start(known))
        .filter_map(|entry| apart(&entry.0).map(|apart| (apart, entry)))
        .collect();
    found.sort_by(|(one, a), (other, b)| one.cmp(other).then(b.1.cmp(&a.1)).then_with(|| a.0.cmp(&b.0)));
    found.into_iter().take(NEAR).map(|(_, entry)| entry.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::near;

    fn found(word: &str) -> Vec<String> {
        let vocabulary = ["bus", "covoiturage", "garage", "navette", "navettes", "permis"];
        let vocabulary: Vec<(String, u32)> = vocabulary.into_iter().map(|word| (word.to_owned(), 1)).collect();
        near(&vocabulary, word).into_iter().map(|(word, _)| word).collect()
    }

    #[test]
    fn a_slip_of_the_fingers_is_forgiven_and_another_word_is_not() {
        assert_eq!(found("navete"), ["navette", "navettes"]);
        assert_eq!(found("permsi"), ["permis"], "two letters the wrong way round are one slip");
        assert_eq!(found("covoitrage"), ["covoiturage"]);
        assert_eq!(found("covoiutr"), ["covoiturage"], "its end is not typed yet");
        assert!(found("bas").is_empty(), "short words are taken as they are");
        assert!(found("logement").is_empty());
    }
}
