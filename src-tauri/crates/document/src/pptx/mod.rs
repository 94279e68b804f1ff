//! PPTX (Office Open XML, ISO/IEC 29500), written part by part: a master and three layouts that an organisation's own replace,
//! titles in their placeholders, texts and tables that one edits, notes, and the order in which they are read.

mod parts;
mod slide;

use crate::{DocumentError, Picture, model::Deck, opc, package::Package};

const EMBLEM: &[u8] = include_bytes!("../../../../../assets/document/eu.png");

/// Namespaces of every part.
const NAMESPACES: [(&str, &str); 3] = [
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:p", "http://schemas.openxmlformats.org/presentationml/2006/main"),
];

pub(crate) fn write(deck: &Deck) -> Result<Vec<u8>, DocumentError> {
    let meta = &deck.meta;
    let mut package = Package::new();
    package.part("[Content_Types].xml", parts::content_types(deck.slides.len())?)?;
    package.part(
        "_rels/.rels",
        parts::relationships(&[
            ("officeDocument", "ppt/presentation.xml"),
            ("metadata/core-properties", "docProps/core.xml"),
            ("extended-properties", "docProps/app.xml"),
        ])?,
    )?;
    package.part("docProps/core.xml", opc::core(meta))?;
    package.part("docProps/app.xml", opc::APP)?;
    package.part("ppt/presentation.xml", parts::presentation(deck)?)?;
    package.part("ppt/_rels/presentation.xml.rels", parts::presentation_relationships(deck.slides.len())?)?;
    package.part("ppt/presProps.xml", parts::plain("p:presentationPr", &[])?)?;
    package.part("ppt/viewProps.xml", parts::plain("p:viewPr", &[])?)?;
    package.part("ppt/tableStyles.xml", parts::table_styles()?)?;
    let theme = meta.look.paint(opc::THEME);
    package.part("ppt/theme/theme1.xml", &theme)?;
    package.part("ppt/theme/theme2.xml", &theme)?;
    package.part("ppt/slideMasters/slideMaster1.xml", parts::master(deck)?)?;
    package.part(
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        parts::relationships(&[
            ("slideLayout", "../slideLayouts/slideLayout1.xml"),
            ("slideLayout", "../slideLayouts/slideLayout2.xml"),
            ("slideLayout", "../slideLayouts/slideLayout3.xml"),
            ("theme", "../theme/theme1.xml"),
        ])?,
    )?;
    for (number, layout) in (1..).zip([parts::Layout::Cover, parts::Layout::Lines, parts::Layout::Free]) {
        package.part(&format!("ppt/slideLayouts/slideLayout{number}.xml"), parts::layout(deck, layout)?)?;
        let mut targets = vec![("slideMaster", "../slideMasters/slideMaster1.xml")];
        if meta.statement.is_some() {
            targets.push(("image", "../media/eu.png"));
        }
        package
            .part(&format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"), parts::relationships(&targets)?)?;
    }
    package.part("ppt/notesMasters/notesMaster1.xml", parts::notes_master()?)?;
    package.part(
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        parts::relationships(&[("theme", "../theme/theme2.xml")])?,
    )?;
    let size = slide::size(deck);
    for (number, slide) in (1..).zip(&deck.slides) {
        let layout = slide::layout(slide, number);
        let layout = format!("../slideLayouts/slideLayout{layout}.xml");
        let notes = format!("../notesSlides/notesSlide{number}.xml");
        let mut targets = vec![("slideLayout", layout.as_str()), ("notesSlide", notes.as_str())];
        let emblems: Vec<String> = meta.look.emblems().map(|one| format!("../media/{}", media(one))).collect();
        if number == 1 {
            if meta.statement.is_some() {
                targets.push(("image", "../media/eu.png"));
            }
            targets.extend(emblems.iter().map(|path| ("image", path.as_str())));
        }
        package.part(&format!("ppt/slides/slide{number}.xml"), slide::slide(deck, slide, number, size)?)?;
        package.part(&format!("ppt/slides/_rels/slide{number}.xml.rels"), parts::relationships(&targets)?)?;
        package.part(&format!("ppt/notesSlides/notesSlide{number}.xml"), slide::notes(deck, slide)?)?;
        let slide = format!("../slides/slide{number}.xml");
        package.part(
            &format!("ppt/notesSlides/_rels/notesSlide{number}.xml.rels"),
            parts::relationships(&[("notesMaster", "../notesMasters/notesMaster1.xml"), ("slide", slide.as_str())])?,
        )?;
    }
    package.part("ppt/media/eu.png", EMBLEM)?;
    for picture in meta.look.emblems() {
        package.stored(&format!("ppt/media/{}", media(picture)), picture.bytes.as_slice())?;
    }
    package.finish()
}

/// The name of a picture in the package.
fn media(picture: &Picture) -> String {
    format!("picture{}.{}", picture.place + 1, picture.kind())
}
