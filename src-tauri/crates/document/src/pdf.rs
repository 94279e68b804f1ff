//! PDF through Typst: one template interprets the blocks, so that tags, alternative texts and header rows are right by
//! construction. Conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

use crate::{
    DocumentError,
    model::{Cards, Deck, Document},
};
use serde::Serialize;
use std::{collections::HashSet, sync::OnceLock};
use typst::{
    foundations::{Dict, IntoValue, Smart},
    text::FontInfo,
};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const EMBLEM: &[u8] = include_bytes!("../../../../assets/document/eu.svg");
const FONTS: [&[u8]; 10] = [
    include_bytes!("../../../../assets/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/Ubuntu-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/Ubuntu-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/DejaVuSans.ttf"),
];

type Engine = TypstEngine<TypstTemplateMainFile>;

/// A template and the fonts, read once.
fn engine(place: &'static OnceLock<Engine>, template: &'static str) -> &'static Engine {
    place.get_or_init(|| {
        TypstEngine::builder().main_file(template).fonts(FONTS).with_static_file_resolver([("eu.svg", EMBLEM)]).build()
    })
}

/// A document of blocks.
pub(crate) fn document(document: &Document) -> Result<Vec<u8>, DocumentError> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    write(engine(&ENGINE, include_str!("../../../../assets/document/document.typ")), document)
}

/// Slides, a page each.
pub(crate) fn deck(deck: &Deck) -> Result<Vec<u8>, DocumentError> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    write(engine(&ENGINE, include_str!("../../../../assets/document/slides.typ")), deck)
}

/// Cards to cut out.
pub(crate) fn cards(cards: &Cards) -> Result<Vec<u8>, DocumentError> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    write(engine(&ENGINE, include_str!("../../../../assets/document/cards.typ")), cards)
}

fn write(engine: &Engine, model: &impl Serialize) -> Result<Vec<u8>, DocumentError> {
    let json = serde_json::to_string(model).map_err(|error| DocumentError::Json(error.to_string()))?;
    let mut inputs = Dict::new();
    inputs.insert("document".into(), drawable(&json).into_value());
    let paged: PagedDocument =
        engine.compile_with_input(inputs).output.map_err(|error| DocumentError::Layout(error.to_string()))?;
    let refused = |error: String| DocumentError::Layout(error);
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| refused(format!("{error:?}")))?;
    let options =
        PdfOptions { standards, creator: Smart::Custom(Some(String::from("Moisson"))), ..PdfOptions::default() };
    typst_pdf::pdf(&paged, &options).map_err(|errors| {
        let messages: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        refused(messages.join("; "))
    })
}

/// A text whose letters the fonts can draw: PDF/A refuses a document in which one is missing, so an emoji is shown as the
/// box that readers would show. Office formats and HTML keep it.
fn drawable(text: &str) -> String {
    static LETTERS: OnceLock<HashSet<u32>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let fonts = FONTS.iter().flat_map(|font| FontInfo::iter(font));
        fonts.flat_map(|font| font.coverage.iter().collect::<Vec<_>>()).collect()
    });
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Joiners, variation selectors and marks of direction have no shape.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => {}
            '\u{1f3fb}'..='\u{1f3ff}' if out.ends_with('□') => {}
            letter if letter.is_ascii() || letters.contains(&u32::from(letter)) => out.push(letter),
            letter if letter.is_whitespace() => out.push(' '),
            _ => out.push('□'),
        }
    }
    out
}
