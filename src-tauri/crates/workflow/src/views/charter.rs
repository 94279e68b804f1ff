//! How documents look, as people choose it.

use moisson_domain::EntityId;
use serde::{Deserialize, Serialize};
use specta::Type;

/// The charter of the démarche.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CharterView {
    /// The démarche, whose statement is edited here too.
    pub process: EntityId,
    /// The charter that ships it begins with: `sober`, `department` or `contrast`.
    pub preset: String,
    /// Colour of decorations, `#rrggbb`.
    pub accent: String,
    /// Colour of small titles.
    pub strong: String,
    /// Least contrast of small titles with their grounds; 4.5 is needed.
    #[specta(type = specta_typescript::Number)]
    pub contrast: f64,
    /// Letters.
    pub font: String,
    /// What stands at the foot of pages.
    pub footer: Option<String>,
    /// Logos, in the order they were added.
    pub logos: Vec<CharterPicture>,
    /// Cover picture.
    pub cover: Option<CharterPicture>,
    /// The organisation’s own DOCX, of which text documents take the styles, headers and footers.
    pub model: Option<CharterPicture>,
    /// Those who fund beside the European Union.
    pub funders: Vec<FunderRow>,
    /// Charters that ship.
    pub shipped: Vec<ShippedCharter>,
    /// Letters that ship: word and name.
    pub fonts: Vec<(String, String)>,
    /// Statements that programmes want: programme and words.
    pub statements: Vec<(String, String)>,
    /// The statement of this démarche.
    pub statement: Option<String>,
    /// What is wrong with the marks of the funders, a sentence each.
    pub notices: Vec<String>,
}

/// A charter that ships.
#[derive(Debug, Clone, Serialize, Type)]
pub struct ShippedCharter {
    /// Word.
    pub name: String,
    /// Colour of decorations.
    pub accent: String,
    /// Colour of small titles.
    pub strong: String,
    /// Letters.
    pub font: String,
}

/// A logo, emblem or cover picture.
#[derive(Debug, Clone, Serialize, Type)]
pub struct CharterPicture {
    /// Id.
    pub id: EntityId,
    /// Name of the file.
    pub name: String,
    /// What it shows, for those who cannot see it.
    pub description: Option<String>,
}

/// Someone who funds.
#[derive(Debug, Clone, Serialize, Type)]
pub struct FunderRow {
    /// Id.
    pub id: EntityId,
    /// Name.
    pub name: String,
    /// What they want said.
    pub statement: Option<String>,
    /// Emblem.
    pub logo: Option<CharterPicture>,
}

/// What is changed of a charter; what is not named stays.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(default)]
pub struct CharterChange {
    /// Begins anew with a charter that ships.
    pub preset: Option<String>,
    /// Colour of decorations.
    pub accent: Option<String>,
    /// Colour of small titles.
    pub strong: Option<String>,
    /// Letters.
    pub font: Option<String>,
    /// Foot of pages; empty for none.
    pub footer: Option<String>,
}

/// What a file of the charter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PictureRole {
    /// Of those who lead.
    Logo,
    /// On the cover.
    Cover,
    /// Of someone who funds.
    Emblem,
    /// Style model of text documents.
    Model,
}

impl PictureRole {
    /// Its word in the journal.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Logo => "logo",
            Self::Cover => "cover",
            Self::Emblem => "emblem",
            Self::Model => "model",
        }
    }

    /// The role of that word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        [Self::Logo, Self::Cover, Self::Emblem, Self::Model].into_iter().find(|role| role.word() == word)
    }
}
