//! What a person types to name something: an id, the beginning of one, or an exact name.

use crate::{Failure, Session, catalog::name};
use moisson_domain::{EntityId, Kind};

impl Session {
    /// The entity of a kind (of any kind if none) that an id, an unambiguous prefix of one, or an exact name designates.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], [`Failure::Ambiguous`] or what the store reports.
    pub fn find(&self, kind: Option<Kind>, reference: &str) -> Result<EntityId, Failure> {
        let missing = || Failure::NoSuch { what: kind, reference: reference.to_owned() };
        if let Ok(id) = reference.parse::<EntityId>() {
            let entity = self.store.entity(id)?.ok_or_else(missing)?;
            return if kind.is_none_or(|kind| entity.kind == kind.name()) { Ok(id) } else { Err(missing()) };
        }
        let mut by_name = Vec::new();
        let mut by_prefix = Vec::new();
        let prefix = reference.to_lowercase();
        self.store.for_each(kind.map(Kind::name), |entity| {
            let number = entity.fields.number(moisson_domain::Field::Number).map(|number| number.to_string());
            if name(&entity).name == reference || number.as_deref() == Some(reference) {
                by_name.push(entity.id);
            } else if prefix.len() >= 4 && entity.id.to_string().starts_with(&prefix) {
                by_prefix.push(entity.id);
            }
        })?;
        let found = if by_name.is_empty() { by_prefix } else { by_name };
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(missing()),
            several => Err(Failure::Ambiguous { reference: reference.to_owned(), count: several.len() }),
        }
    }
}
