//! PDF through Typst: one template interprets the blocks, so that tags, alternative texts and header rows are right by
//! construction. Conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

use crate::{
    DocumentError, Look, fonts,
    model::{Cards, Deck, Document, Handout},
};
use serde::Serialize;
use std::{collections::HashSet, sync::OnceLock};
use typst::{
    foundations::{Array, Bytes, Dict, IntoValue, Smart},
    text::FontInfo,
};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_svg::SvgOptions;

const EMBLEM: &[u8] = include_bytes!("../../../../assets/document/eu.svg");
type Engine = TypstEngine<TypstTemplateMainFile>;

/// A template and the fonts, read once.
fn engine(place: &'static OnceLock<Engine>, template: &'static str) -> &'static Engine {
    place.get_or_init(|| {
        TypstEngine::builder()
            .main_file(template)
            .fonts(fonts::ALL)
            .with_static_file_resolver([("eu.svg", EMBLEM)])
            .build()
    })
}

/// A document of blocks.
pub(crate) fn document(document: &Document) -> Result<Vec<u8>, DocumentError> {
    write(document_engine(), document, &document.meta.look)
}

pub(crate) fn document_pages(document: &Document) -> Result<Vec<String>, DocumentError> {
    drawn(document_engine(), document, &document.meta.look)
}

/// Slides, a page each.
pub(crate) fn deck(deck: &Deck) -> Result<Vec<u8>, DocumentError> {
    write(deck_engine(), deck, &deck.meta.look)
}

pub(crate) fn deck_pages(deck: &Deck) -> Result<Vec<String>, DocumentError> {
    drawn(deck_engine(), deck, &deck.meta.look)
}

/// Cards to cut out.
pub(crate) fn cards(cards: &Cards) -> Result<Vec<u8>, DocumentError> {
    write(cards_engine(), cards, &cards.meta.look)
}

pub(crate) fn cards_pages(cards: &Cards) -> Result<Vec<String>, DocumentError> {
    drawn(cards_engine(), cards, &cards.meta.look)
}

/// Sheets to hang, cut out or fold.
pub(crate) fn handout(handout: &Handout) -> Result<Vec<u8>, DocumentError> {
    write(handout_engine(), handout, &handout.meta.look)
}

pub(crate) fn handout_pages(handout: &Handout) -> Result<Vec<String>, DocumentError> {
    drawn(handout_engine(), handout, &handout.meta.look)
}

fn document_engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    engine(&ENGINE, include_str!("../../../../assets/document/document.typ"))
}

fn deck_engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    engine(&ENGINE, include_str!("../../../../assets/document/slides.typ"))
}

fn cards_engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    engine(&ENGINE, include_str!("../../../../assets/document/cards.typ"))
}

fn handout_engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    engine(&ENGINE, include_str!("../../../../assets/document/handout.typ"))
}

/// Lays a model out; pictures are handed over as they are, each in its place.
fn laid_out(engine: &Engine, model: &impl Serialize, look: &Look) -> Result<PagedDocument, DocumentError> {
    let json = serde_json::to_string(model).map_err(|error| DocumentError::Json(error.to_string()))?;
    let pictures: Array = look.pictures().map(|one| Bytes::new(one.bytes.as_ref().clone()).into_value()).collect();
    let mut inputs = Dict::new();
    inputs.insert("document".into(), drawable(&json).into_value());
    inputs.insert("pictures".into(), pictures.into_value());
    engine.compile_with_input(inputs).output.map_err(|error| DocumentError::Layout(error.to_string()))
}

/// Its pages, each as a picture.
fn drawn(engine: &Engine, model: &impl Serialize, look: &Look) -> Result<Vec<String>, DocumentError> {
    let paged = laid_out(engine, model, look)?;
    Ok(paged.pages().iter().map(|page| typst_svg::svg(page, &SvgOptions::default())).collect())
}

fn write(engine: &Engine, model: &impl Serialize, look: &Look) -> Result<Vec<u8>, DocumentError> {
    let paged = laid_out(engine, model, look)?;
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

/// A text whose letters the fonts can draw: PDF/A refuses a document in which one is missing, so it is shown as the box that
/// readers would show. Emoji are drawn in black, piece by piece. Office formats and HTML keep all.
fn drawable(text: &str) -> String {
    static LETTERS: OnceLock<HashSet<u32>> = OnceLock::new();
    let letters = LETTERS.get_or_init(|| {
        let fonts = fonts::ALL.iter().flat_map(|font| FontInfo::iter(font));
        fonts.flat_map(|font| font.coverage.iter().collect::<Vec<_>>()).collect()
    });
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            // Joiners, variation selectors and marks of direction have no shape.
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => {}
            // The shade of a skin is told by no black drawing.
            '\u{1f3fb}'..='\u{1f3ff}' => {}
            letter if letter.is_ascii() || letters.contains(&u32::from(letter)) => out.push(letter),
            letter if letter.is_whitespace() => out.push(' '),
            _ => out.push('□'),
        }
    }
    out
}
