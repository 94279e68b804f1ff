//! The charter of a démarche: which of those that ship, in which colours and letters, its logos, cover picture and foot of pages,
//! and whoever funds beside the European Union.

use crate::{
    Emblem, Failure, Language, Session,
    catalog::text,
    emblem,
    session::fields,
    views::{CharterChange, CharterPicture, CharterView, FunderRow, PictureRole, ShippedCharter},
};
use moisson_document::{Colour, Face, Look, Mark, Picture};
use moisson_domain::{Entity, EntityId, Field, Fields, Kind};
use moisson_journal::Draft;
use serde_json::{Value, json};
use std::sync::Arc;
use thiserror::Error;

/// How one that ships is made.
type Shipped = fn() -> Look;

/// The charters that ship, by the word that names each.
const SHIPPED: [(&str, Shipped); 3] =
    [("sober", Look::sober), ("department", Look::department), ("contrast", Look::contrast)];

/// Contrast that a text needs with its ground (WCAG 2.2, level AA).
const READ: f64 = 4.5;

/// A charter that cannot be.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum CharterProblem {
    /// No such charter ships.
    #[error("no charter is called `{0}`")]
    NoSuchCharter(String),
    /// No such letters ship.
    #[error("no font is called `{0}`")]
    NoSuchFont(String),
    /// Not a colour.
    #[error("`{0}` is no colour")]
    NotAColour(String),
    /// Small titles in this colour are not read by everyone.
    #[error("a contrast of {ratio:.1} where 4.5 is needed; {darker} has it")]
    TooPale {
        /// Contrast with the ground.
        ratio: f64,
        /// The nearest colour that is read.
        darker: String,
    },
}

/// What the démarche says of its charter.
struct Chosen {
    entity: Option<Entity>,
    preset: &'static str,
    look: Look,
}

impl Session {
    /// The charter as people choose it.
    ///
    /// # Errors
    /// What the store reports.
    pub fn charter(&self) -> Result<CharterView, Failure> {
        let Chosen { preset, look, .. } = self.chosen()?;
        let process = self.store.process();
        let pictures = self.children(Kind::Attachment, process)?;
        let of = |role: PictureRole| -> Vec<CharterPicture> {
            pictures.iter().filter(|one| role_of(one) == Some(role)).map(picture_row).collect()
        };
        let shipped = SHIPPED.map(|(name, look)| {
            let look = look();
            ShippedCharter {
                name: name.to_owned(),
                accent: look.accent.lower(),
                strong: look.strong.lower(),
                font: look.face.name().to_owned(),
            }
        });
        Ok(CharterView {
            process,
            preset: preset.to_owned(),
            accent: look.accent.lower(),
            strong: look.strong.lower(),
            contrast: look.strong.contrast(Colour::WHITE).min(look.strong.contrast(look.soft)),
            font: look.face.name().to_owned(),
            footer: look.footer,
            logos: of(PictureRole::Logo),
            cover: of(PictureRole::Cover).pop(),
            model: of(PictureRole::Model).pop(),
            funders: self.funders()?,
            shipped: shipped.into(),
            fonts: Face::ALL.map(|face| (face.name().to_owned(), face.family().to_owned())).into(),
            statements: statements(self.language()),
            statement: self.process_row()?.funding_statement,
            notices: self.publicity()?,
        })
    }

    /// Chooses a charter that ships, its colours, letters or foot of pages, as one act.
    ///
    /// # Errors
    /// [`Failure::Charter`] where a text would not be read, or what the store reports.
    pub fn set_charter(&mut self, change: &CharterChange) -> Result<(), Failure> {
        let chosen = self.chosen()?;
        let mut set = Fields::default();
        let mut base = chosen.look.clone();
        if let Some(preset) = &change.preset {
            base = shipped(preset)?;
            set.0.extend(
                fields([(Field::Preset, json!(preset)), (Field::Colours, Value::Null), (Field::Fonts, Value::Null)]).0,
            );
        }
        if change.accent.is_some() || change.strong.is_some() {
            let [accent, strong] = colours(change, &base)?;
            let colours = json!({ "accent": accent.lower(), "strong": strong.lower() });
            set.0.extend(fields([(Field::Colours, colours)]).0);
        }
        if let Some(font) = &change.font {
            font.parse::<Face>().map_err(|()| CharterProblem::NoSuchFont(font.clone()))?;
            set.0.extend(fields([(Field::Fonts, json!({ "body": font }))]).0);
        }
        if let Some(footer) = &change.footer {
            set.0.extend(fields([(Field::Footer, json!(footer.trim()))]).0);
        }
        let draft = |id: EntityId, set| Draft { entity: id, kind: Kind::Charter.name().to_owned(), set };
        let drafts = match &chosen.entity {
            Some(entity) => {
                set.0.retain(|name, value| entity.fields.0.get(name).unwrap_or(&Value::Null) != value);
                vec![draft(entity.id, set)]
            }
            None => {
                let id = self.new_id();
                set.0.retain(|_, value| !value.is_null());
                let named = change.preset.as_deref().unwrap_or(chosen.preset);
                set.0.extend(
                    fields([
                        (Field::Name, json!(self.language().say("Charte", "Charter"))),
                        (Field::Preset, json!(named)),
                    ])
                    .0,
                );
                let link = fields([(Field::Charter, json!(id))]);
                vec![draft(id, set), Draft::set(self.store.process(), Kind::Process.name(), link)]
            }
        };
        self.act("charter.edit", drafts)?;
        Ok(())
    }

    /// Keeps a logo, cover picture or style model of the démarche, or the emblem of a funder. All but logos take the place of the
    /// one before.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn attach_emblem(
        &mut self,
        role: PictureRole,
        funder: Option<EntityId>,
        emblem: &Emblem,
    ) -> Result<EntityId, Failure> {
        let about = match funder {
            Some(id) => self.entity_of(Kind::Funder, id)?.id,
            None => self.store.process(),
        };
        let mut drafts = Vec::new();
        if role != PictureRole::Logo || funder.is_some() {
            let before = self.children(Kind::Attachment, about)?;
            let same = before.iter().filter(|one| role_of(one) == Some(role));
            drafts.extend(same.map(|one| Draft::life(one.id, &one.kind, true)));
        }
        let id = self.new_id();
        let set = fields([
            (Field::Sha256, json!(moisson_store::fingerprint(&emblem.bytes))),
            (Field::Name, json!(emblem.name)),
            (Field::MediaType, json!(emblem.media_type)),
            (Field::Bytes, Value::from(emblem.bytes.len())),
            (Field::About, json!(about)),
            (Field::Role, json!(role.word())),
        ]);
        drafts.push(Draft::set(id, Kind::Attachment.name(), set));
        if let Some(act) = self.checked("charter.picture", drafts)? {
            self.with_by(|store, by| store.attach(&act, &emblem.bytes, by))?;
        }
        Ok(id)
    }

    /// The bytes of a picture of the charter and their media type; none if they are not on this laptop or cannot be shown.
    ///
    /// # Errors
    /// [`Failure::NoSuch`], or what the store reports.
    pub fn emblem(&self, id: EntityId) -> Result<Option<(Vec<u8>, String)>, Failure> {
        let entity = self.entity_of(Kind::Attachment, id)?;
        let bytes = self.store.attachment(&text(&entity, Field::Sha256))?;
        let kind = |bytes: &[u8]| if bytes.starts_with(&[0xff, 0xd8]) { "image/jpeg" } else { "image/png" };
        Ok(bytes.filter(|bytes| emblem::shown(bytes).is_some()).map(|bytes| {
            let kind = kind(&bytes).to_owned();
            (bytes, kind)
        }))
    }

    /// How documents look.
    pub(crate) fn look(&self) -> Result<Look, Failure> {
        let mut look = self.chosen()?.look;
        let pictures = self.children(Kind::Attachment, self.store.process())?;
        for one in &pictures {
            match role_of(one) {
                Some(PictureRole::Logo) => look.logos.extend(self.picture(one)?),
                Some(PictureRole::Cover) => look.cover = self.picture(one)?.or(look.cover),
                Some(PictureRole::Model) => {
                    let bytes = self.store.attachment(&text(one, Field::Sha256))?;
                    let sound = bytes.filter(|bytes| moisson_document::check_model(bytes).is_ok());
                    look.model = sound.map(Arc::new).or(look.model);
                }
                Some(PictureRole::Emblem) | None => {}
            }
        }
        for funder in self.list(Kind::Funder)?.iter() {
            let logo = self.funder_logo(funder.id)?.map(|one| self.picture(&one)).transpose()?.flatten();
            let name = text(funder, Field::Name);
            look.funders.push(Mark { name, statement: funder.fields.string(Field::Statement), logo });
        }
        Ok(look)
    }

    fn picture(&self, entity: &Entity) -> Result<Option<Picture>, Failure> {
        let Some(bytes) = self.store.attachment(&text(entity, Field::Sha256))? else { return Ok(None) };
        let Some((width, height)) = emblem::shown(&bytes) else { return Ok(None) };
        let name = text(entity, Field::Name);
        let alt = match (entity.fields.string(Field::Description), role_of(entity)) {
            (Some(described), _) => described,
            // A cover picture that nobody described is a decoration; a logo always says whose it is.
            (None, Some(PictureRole::Cover)) => String::new(),
            (None, _) => format!("Logo {}", name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem)),
        };
        Ok(Some(Picture { alt, width, height, bytes: Arc::new(bytes), place: 0 }))
    }

    pub(crate) fn funder_logo(&self, funder: EntityId) -> Result<Option<Entity>, Failure> {
        let mut emblems = self.children(Kind::Attachment, funder)?;
        emblems.sort_by_key(|one| one.id);
        Ok(emblems.into_iter().rfind(|one| role_of(one) == Some(PictureRole::Emblem)))
    }

    fn funders(&self) -> Result<Vec<FunderRow>, Failure> {
        let mut rows = Vec::new();
        for funder in self.list(Kind::Funder)?.iter() {
            rows.push(FunderRow {
                id: funder.id,
                name: text(funder, Field::Name),
                statement: funder.fields.string(Field::Statement),
                logo: self.funder_logo(funder.id)?.as_ref().map(picture_row),
            });
        }
        Ok(rows)
    }

    fn chosen(&self) -> Result<Chosen, Failure> {
        let process = self.store.entity(self.store.process())?;
        let said = process.and_then(|process| process.fields.string(Field::Charter)).unwrap_or_default();
        let entity = match said.parse::<EntityId>() {
            Ok(id) => self.store.entity(id)?.filter(|entity| entity.kind == Kind::Charter.name()),
            Err(_) => None,
        };
        let word = entity.as_ref().map_or(said, |entity| text(entity, Field::Preset));
        // A charter that only a later version ships is shown as the sober one.
        let (preset, look) = SHIPPED.into_iter().find(|(name, _)| *name == word).unwrap_or(SHIPPED[0]);
        let mut look = look();
        if let Some(entity) = &entity {
            let part = |field: Field, key: &str| {
                entity.fields.get(field).and_then(|value| value.get(key)).and_then(Value::as_str).map(str::to_owned)
            };
            let colour = |key: &str| part(Field::Colours, key).and_then(|text| text.parse::<Colour>().ok());
            if let (Some(accent), Some(strong)) = (colour("accent"), colour("strong")) {
                look = look.coloured(accent, strong);
            }
            if let Some(face) = part(Field::Fonts, "body").and_then(|name| name.parse().ok()) {
                look.face = face;
            }
            look.footer = entity.fields.string(Field::Footer);
        }
        Ok(Chosen { entity, preset, look })
    }
}

fn shipped(name: &str) -> Result<Look, CharterProblem> {
    let found = SHIPPED.into_iter().find(|(known, _)| *known == name);
    found.map(|(_, look)| look()).ok_or_else(|| CharterProblem::NoSuchCharter(name.to_owned()))
}

/// The two colours that were asked for, if small titles in them are read. Where only the accent is chosen, the other one follows.
fn colours(change: &CharterChange, base: &Look) -> Result<[Colour; 2], CharterProblem> {
    let read = |text: &String| text.parse::<Colour>().map_err(|()| CharterProblem::NotAColour(text.clone()));
    let accent = change.accent.as_ref().map(read).transpose()?.unwrap_or(base.accent);
    let ground = base.clone().coloured(accent, base.strong).soft;
    let Some(strong) = change.strong.as_ref().map(read).transpose()? else {
        return Ok([accent, accent.darkened_until_read_on(ground)]);
    };
    let ratio = strong.contrast(ground).min(strong.contrast(Colour::WHITE));
    if ratio < READ {
        return Err(CharterProblem::TooPale { ratio, darker: strong.darkened_until_read_on(ground).lower() });
    }
    Ok([accent, strong])
}

fn role_of(entity: &Entity) -> Option<PictureRole> {
    entity.fields.text(Field::Role).and_then(PictureRole::named)
}

fn picture_row(entity: &Entity) -> CharterPicture {
    CharterPicture {
        id: entity.id,
        name: text(entity, Field::Name),
        description: entity.fields.string(Field::Description),
    }
}

/// What programmes want said, by their name.
fn statements(language: Language) -> Vec<(String, String)> {
    let react = language.say(
        "Financé par le Fonds social européen dans le cadre de la réponse de l’Union à la pandémie de COVID-19",
        "Funded by the European Social Fund as part of the Union’s response to the COVID-19 pandemic",
    );
    let fse = language.say("Cofinancé par le Fonds social européen", "Co-funded by the European Social Fund");
    let plus = language.say("Cofinancé par l’Union européenne", "Co-funded by the European Union");
    [("REACT-EU", react), ("FSE 2014–2020", fse), ("FSE+", plus)].map(|(name, text)| (name.to_owned(), text)).into()
}

pub(crate) fn explain(problem: &CharterProblem) -> (String, String) {
    match problem {
        CharterProblem::NoSuchCharter(name) => (
            format!("Aucune charte ne s’appelle « {name} » : sober, department ou contrast."),
            format!("No charter is called “{name}”: sober, department or contrast."),
        ),
        CharterProblem::NoSuchFont(name) => (
            format!("Aucune police fournie ne s’appelle « {name} »."),
            format!("No font that ships is called “{name}”."),
        ),
        CharterProblem::NotAColour(text) => (
            format!("« {text} » n’est pas une couleur : écrivez-la en six chiffres, comme #1f5fa8."),
            format!("“{text}” is no colour: write it with six digits, like #1f5fa8."),
        ),
        CharterProblem::TooPale { ratio, darker } => (
            format!(
                "Cette couleur de titres est trop pâle pour être lue par tous (contraste {}, il faut 4,5) : {darker} convient.",
                format!("{ratio:.1}").replace('.', ",")
            ),
            format!(
                "This colour of titles is too pale to be read by everyone (contrast {ratio:.1}, 4.5 is needed): {darker} will do."
            ),
        ),
    }
}

#[cfg(test)]
#[allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops at the first thing that is not as it should be"
)]
mod tests {
    use super::*;
    use crate::testing::room;

    fn change(edit: impl FnOnce(&mut CharterChange)) -> CharterChange {
        let mut change = CharterChange::default();
        edit(&mut change);
        change
    }

    #[test]
    fn a_charter_is_chosen_changed_and_taken_back() {
        let (mut session, _, _folder) = room();
        assert_eq!(session.charter().unwrap().preset, "sober");
        session.set_charter(&change(|one| one.preset = Some("department".into()))).unwrap();
        session.set_charter(&change(|one| one.footer = Some("doubs.example".into()))).unwrap();
        let pale = change(|one| (one.accent, one.strong) = (Some("#ffe500".into()), Some("#ffe500".into())));
        match session.set_charter(&pale) {
            Err(Failure::Charter(CharterProblem::TooPale { ratio, darker })) => {
                assert!(ratio < READ);
                session
                    .set_charter(&change(|one| (one.accent, one.strong) = (Some("#ffe500".into()), Some(darker))))
                    .unwrap();
            }
            other => unreachable!("{other:?}"),
        }
        let view = session.charter().unwrap();
        assert_eq!(
            (view.preset.as_str(), view.accent.as_str(), view.font.as_str()),
            ("department", "#ffe500", "ubuntu")
        );
        assert!(view.contrast >= READ);
        assert_eq!(view.footer.as_deref(), Some("doubs.example"));
        // Another charter begins anew; the foot of pages stays.
        session.set_charter(&change(|one| one.preset = Some("contrast".into()))).unwrap();
        let view = session.charter().unwrap();
        assert_eq!((view.accent.as_str(), view.footer.is_some()), ("#000000", true));
        session.undo().unwrap();
        assert_eq!(session.charter().unwrap().accent, "#ffe500");
        assert!(session.verify().unwrap().problems.is_empty());
        assert!(matches!(
            session.set_charter(&change(|one| one.font = Some("comic".into()))),
            Err(Failure::Charter(CharterProblem::NoSuchFont(_)))
        ));
    }

    #[test]
    fn pictures_are_kept_by_role_and_what_is_missing_is_said() {
        let (mut session, _, folder) = room();
        let path = folder.path().join("doubs.svg");
        std::fs::write(
            &path,
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><path d="M0 0h4v2H0z"/></svg>"##,
        )
        .unwrap();
        let logo = Emblem::logo(&path).unwrap();
        session.attach_emblem(PictureRole::Logo, None, &logo).unwrap();
        session.attach_emblem(PictureRole::Cover, None, &Emblem::cover(&path).unwrap()).unwrap();
        session.attach_emblem(PictureRole::Cover, None, &logo).unwrap();
        let funder = session.create_entity(Kind::Funder, fields([(Field::Name, json!("Région"))]), None).unwrap();
        assert_eq!(session.publicity().unwrap().len(), 1, "neither logo nor statement");
        session.attach_emblem(PictureRole::Emblem, Some(funder), &logo).unwrap();
        let (view, look) = (session.charter().unwrap(), session.look().unwrap());
        assert_eq!((view.logos.len(), view.cover.is_some(), view.notices.len()), (1, true, 0));
        assert_eq!((look.logos.len(), look.cover.is_some()), (1, true));
        assert_eq!(look.logos[0].alt, "Logo doubs");
        assert!(look.funders[0].logo.is_some());
        // A European file number asks for the statement, and a statement names who funds.
        let process = view.process;
        session.edit_entity(process, fields([(Field::FundingReference, json!("2022/001"))])).unwrap();
        assert_eq!(session.publicity().unwrap().len(), 1);
        session.edit_entity(process, fields([(Field::FundingStatement, json!("AVEC LE SOUTIEN DE TOUS"))])).unwrap();
        assert_eq!(session.publicity().unwrap().len(), 2);
        session
            .edit_entity(process, fields([(Field::FundingStatement, json!("Cofinancé par l’Union européenne"))]))
            .unwrap();
        assert!(session.publicity().unwrap().is_empty());
        session.remove_entities(&[funder]).unwrap();
        assert!(session.look().unwrap().funders.is_empty());
    }
}
