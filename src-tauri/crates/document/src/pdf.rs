//! PDF through Typst: one template interprets the blocks, so that tags, alternative texts and header rows are right by
//! construction. Conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

use crate::{
    DocumentError, Look, fonts,
    model::{Cards, Deck, Document, Handout},
};
use serde::Serialize;
use std::{
    collections::HashSet,
    sync::{
        LazyLock, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
};
use typst::{
    foundations::{Bytes, Smart},
    syntax::Source,
    text::Font,
};
use typst_as_lib::TypstEngine;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use typst_svg::SvgOptions;

const EMBLEM: &[u8] = include_bytes!("../../../../assets/document/eu.svg");
/// What was laid out ages by one each time so many pages were laid out since, and is kept until it is older than that. Counted in
/// pages, since a plan that is written again finds its other pages after dozens of previews of the one that is edited, and small
/// documents written beside a large one do not drop it while it is at work; memory holds the pages of a plan or two.
const PACE: usize = 50;
const KEPT: usize = 1;

/// A document of blocks.
pub(crate) fn document(document: &Document) -> Result<Vec<u8>, DocumentError> {
    write(document_template(), document, &document.meta.look)
}

pub(crate) fn document_pages(document: &Document) -> Result<Vec<String>, DocumentError> {
    drawn(document_template(), document, &document.meta.look)
}

/// Slides, a page each.
pub(crate) fn deck(deck: &Deck) -> Result<Vec<u8>, DocumentError> {
    write(deck_template(), deck, &deck.meta.look)
}

pub(crate) fn deck_pages(deck: &Deck) -> Result<Vec<String>, DocumentError> {
    drawn(deck_template(), deck, &deck.meta.look)
}

/// Cards to cut out.
pub(crate) fn cards(cards: &Cards) -> Result<Vec<u8>, DocumentError> {
    write(cards_template(), cards, &cards.meta.look)
}

pub(crate) fn cards_pages(cards: &Cards) -> Result<Vec<String>, DocumentError> {
    drawn(cards_template(), cards, &cards.meta.look)
}

/// Sheets to hang, cut out or fold.
pub(crate) fn handout(handout: &Handout) -> Result<Vec<u8>, DocumentError> {
    write(handout_template(), handout, &handout.meta.look)
}

pub(crate) fn handout_pages(handout: &Handout) -> Result<Vec<String>, DocumentError> {
    drawn(handout_template(), handout, &handout.meta.look)
}

fn document_template() -> &'static Source {
    static SOURCE: LazyLock<Source> =
        LazyLock::new(|| Source::detached(include_str!("../../../../assets/document/document.typ")));
    &SOURCE
}

fn deck_template() -> &'static Source {
    static SOURCE: LazyLock<Source> =
        LazyLock::new(|| Source::detached(include_str!("../../../../assets/document/slides.typ")));
    &SOURCE
}

fn cards_template() -> &'static Source {
    static SOURCE: LazyLock<Source> =
        LazyLock::new(|| Source::detached(include_str!("../../../../assets/document/cards.typ")));
    &SOURCE
}

fn handout_template() -> &'static Source {
    static SOURCE: LazyLock<Source> =
        LazyLock::new(|| Source::detached(include_str!("../../../../assets/document/handout.typ")));
    &SOURCE
}

/// The letters, parsed once.
fn letters() -> &'static [Font] {
    static FONTS: LazyLock<Vec<Font>> =
        LazyLock::new(|| fonts::ALL.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect());
    &FONTS
}

/// Lays a model out. It is a file beside the template, as pictures are, and no input of the program: what was laid out for another
/// version of it then counts wherever it is still true.
fn laid_out(template: &Source, model: &impl Serialize, look: &Look) -> Result<PagedDocument, DocumentError> {
    let json = serde_json::to_string(model).map_err(|error| DocumentError::Json(error.to_string()))?;
    let mut files = vec![
        (String::from("document.json"), Bytes::from_string(drawable(&json))),
        (String::from("eu.svg"), Bytes::new(EMBLEM)),
    ];
    let pictures = look.pictures().map(|one| Bytes::new(one.bytes.as_ref().clone()));
    files.extend(pictures.enumerate().map(|(place, bytes)| (format!("picture-{place}"), bytes)));
    let files = files.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()));
    TypstEngine::builder()
        .main_file(template.clone())
        .fonts(letters().iter().cloned())
        .with_static_file_resolver(files)
        .comemo_evict_max_age(None)
        .build()
        .compile()
        .output
        .map_err(|error| DocumentError::Layout(error.to_string()))
        .inspect(|paged: &PagedDocument| forget(paged.pages().len()))
}

/// Forgets what is too old, now that so many more pages are laid out.
fn forget(pages: usize) {
    static LAID_OUT: AtomicUsize = AtomicUsize::new(0);
    let before = LAID_OUT.fetch_add(pages, Ordering::Relaxed);
    if before / PACE < (before + pages) / PACE {
        typst::comemo::evict(KEPT);
    }
}

/// Lets go of all that was laid out, some 10 MB after a plan: the next document is laid out from nothing.
pub fn forget_layouts() {
    typst::comemo::evict(0);
}

/// Its pages, each as a picture.
fn drawn(template: &Source, model: &impl Serialize, look: &Look) -> Result<Vec<String>, DocumentError> {
    let paged = laid_out(template, model, look)?;
    Ok(paged.pages().iter().map(|page| typst_svg::svg(page, &SvgOptions::default())).collect())
}

fn write(template: &Source, model: &impl Serialize, look: &Look) -> Result<Vec<u8>, DocumentError> {
    let paged = laid_out(template, model, look)?;
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
        self::letters().iter().flat_map(|font| font.info().coverage.iter().collect::<Vec<_>>()).collect()
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
