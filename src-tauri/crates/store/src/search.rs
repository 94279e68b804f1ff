//! Full-text search over what people name and say: SQLite's FTS5, in memory beside the file.
//!
//! It is read once and then follows the journal, so that neither a capture nor a merge pays for it, and the file holds nothing
//! that could differ from a rebuild. Accents and case are forgiven by the tokenizer; a word that nothing begins with is looked
//! for among the words there are, one or two letters apart.

use crate::{Store, StoreError, open::sqlite, vocabulary::Vocabulary};
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

/// Changes at once from which it is sooner to read all words again than to add theirs.
const MANY: usize = 2_000;

/// The words of entities of some kinds, ready to be searched.
pub struct Words {
    conn: Connection,
    path: PathBuf,
    kinds: &'static [Kind],
    rows: HashMap<EntityId, i64>,
    ids: HashMap<i64, EntityId>,
    next: i64,
    mark: i64,
    /// None until it is asked for.
    vocabulary: Option<Vocabulary>,
    /// Whether it may hold words that nothing holds any more.
    worn: bool,
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
             CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
             -- Texts that came since, for as long as it takes to have their words.
             CREATE VIRTUAL TABLE fresh USING fts5(
                 text, content = '', tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE fresh_words USING fts5vocab(fresh, 'row');",
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
            worn: false,
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
        // In one piece: else the first words that come later would wait until the pieces are put together.
        words.execute("INSERT INTO words (words) VALUES ('optimize')")?;
        words.vocabulary()?;
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
        let few = changed.len() <= MANY;
        self.execute("BEGIN")?;
        for id in changed {
            if let Some(row) = self.rows.remove(&id) {
                self.ids.remove(&row);
                self.prepared("DELETE FROM words WHERE rowid = ?1", |query| query.execute([row]).map(drop))?;
                self.worn = true;
            }
            if let Some(entity) = store.entity(id)?
                && let Some(text) = self.put(&entity)?
                && few
            {
                self.prepared("INSERT INTO fresh (text) VALUES (?1)", |query| query.execute([text]).map(drop))?;
            }
        }
        self.execute("COMMIT")?;
        self.mark = latest;
        let fresh = self.terms("fresh_words")?;
        self.execute("INSERT INTO fresh (fresh) VALUES ('delete-all')")?;
        match self.vocabulary.as_mut().filter(|_| few) {
            Some(known) => known.add(fresh),
            None => self.vocabulary = None,
        }
        Ok(())
    }

    /// Adds the words of an entity, and gives back its text, if it is one that is searched.
    fn put<'a>(&mut self, entity: &'a Entity) -> Result<Option<&'a str>, StoreError> {
        let kind = Kind::named(&entity.kind);
        let place = self.kinds.iter().position(|one| Some(*one) == kind);
        let text = kind.and_then(Kind::title).and_then(|field| entity.fields.text(field));
        let (Some(place), Some(text)) = (place.and_then(|place| i64::try_from(place).ok()), text) else {
            return Ok(None);
        };
        self.next += 1;
        let row = place * PER_KIND + self.next;
        self.prepared("INSERT INTO words (rowid, text) VALUES (?1, ?2)", |query| query.execute((row, text)).map(drop))?;
        self.rows.insert(entity.id, row);
        self.ids.insert(row, entity.id);
        Ok(Some(text))
    }

    /// Entities that hold all of these words or words that begin with them, given without accents in lower case: kind by kind in
    /// their order, the best first.
    ///
    /// # Errors
    /// What SQLite reports.
    pub fn find(&mut self, words: &[String], limit: usize) -> Result<Vec<EntityId>, StoreError> {
        let found = self.look(words, limit)?;
        if found.is_empty() && self.worn {
            // A word that went kept its neighbours from being looked for.
            self.vocabulary = None;
            return self.look(words, limit);
        }
        Ok(found)
    }

    fn look(&mut self, words: &[String], limit: usize) -> Result<Vec<EntityId>, StoreError> {
        let mut common = false;
        let mut terms = Vec::new();
        for word in words {
            let choices = self.vocabulary()?.choices(word);
            if choices.terms.is_empty() {
                return Ok(Vec::new());
            }
            common |= choices.held > COMMON;
            terms.push(format!("({})", choices.terms.join(" OR ")));
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

    fn vocabulary(&mut self) -> Result<&Vocabulary, StoreError> {
        if self.vocabulary.is_none() {
            self.vocabulary = Some(self.terms("vocabulary")?);
            self.worn = false;
        }
        Ok(self.vocabulary.get_or_insert_default())
    }

    /// The words of a table, and how many of its rows hold each.
    fn terms(&self, table: &str) -> Result<Vocabulary, StoreError> {
        let sql = format!("SELECT term, doc FROM {table}");
        self.prepared(&sql, |query| query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map(Vocabulary::new)
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
