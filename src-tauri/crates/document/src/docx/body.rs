//! The body and the foot of pages.

use super::parts::{code_id, picture_id};
use crate::{
    DocumentError, Picture, figure,
    model::{Block, Document, Meta, Text, packed},
    xml::{self, Written as Result},
};
use std::collections::BTreeMap;

pub(super) const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// Width between the margins, in twentieths of a point, upright and on its side.
const WIDTHS: [u32; 2] = [9638, 14570];

/// Height of the emblem in EMU, 12 mm: programmes ask for a centimetre at least.
const EMBLEM: u32 = 430_000;
/// Side of a code in EMU, 38 mm.
const CODE: u32 = 1_368_000;

/// XML under construction.
pub(crate) struct Xml {
    xml: xml::Xml,
    pub(super) width: u32,
    /// Bookmarks and headings so far.
    bookmarks: usize,
    headings: usize,
    /// The highest number that stands around our text: what our marks are called begins after it.
    taken: u32,
    pictures: u32,
    /// Codes to be read by a phone, in pixels.
    codes: Vec<Vec<u8>>,
    /// Whether what comes next starts a page.
    pub(super) breaks: bool,
    /// How names of relations begin.
    prefix: String,
    /// The names that our styles go by, where not by their own.
    names: BTreeMap<String, String>,
    /// What each numbered list begins with, and the number by which the first of them is called.
    lists: Vec<u32>,
    first_list: u32,
}

/// The text, what each of its numbered lists begins with, and the codes it shows (PNG).
pub(crate) struct Body<T> {
    pub(crate) text: T,
    pub(crate) lists: Vec<u32>,
    pub(crate) codes: Vec<Vec<u8>>,
}

impl Xml {
    fn new(meta: &Meta) -> std::io::Result<Self> {
        Ok(Self::over(xml::Xml::document()?, WIDTHS[usize::from(meta.landscape)]))
    }

    fn over(xml: xml::Xml, width: u32) -> Self {
        let (prefix, names) = (String::from("rId"), BTreeMap::new());
        let (lists, first_list) = (Vec::new(), 2);
        Self {
            xml,
            width,
            bookmarks: 0,
            headings: 0,
            taken: 0,
            pictures: 0,
            codes: Vec::new(),
            breaks: false,
            prefix,
            names,
            lists,
            first_list,
        }
    }

    /// The name that one of our styles goes by.
    pub(super) fn named(&self, style: &str) -> String {
        self.names.get(style).cloned().unwrap_or_else(|| style.to_owned())
    }

    pub(crate) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        self.xml.open(name, attributes)
    }

    pub(crate) fn close(&mut self, name: &str) -> Result {
        self.xml.close(name)
    }

    pub(crate) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        self.xml.empty(name, attributes)
    }

    fn text(&mut self, text: &str) -> Result {
        self.xml.text(text)
    }

    fn document(&mut self, root: &str, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.open(root, &NAMESPACES)?;
        inside(self)?;
        self.close(root)
    }

    /// A run of text; line breaks inside it stay.
    pub(crate) fn run(&mut self, text: &str, style: Option<&str>, strong: bool) -> Result {
        self.open("w:r", &[])?;
        if style.is_some() || strong {
            self.open("w:rPr", &[])?;
            if let Some(style) = style {
                self.empty("w:rStyle", &[("w:val", &self.named(style))])?;
            }
            if strong {
                self.empty("w:b", &[])?;
            }
            self.close("w:rPr")?;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.empty("w:br", &[])?;
            }
            self.open("w:t", &[("xml:space", "preserve")])?;
            self.text(line)?;
            self.close("w:t")?;
        }
        self.close("w:r")
    }

    pub(crate) fn runs(&mut self, text: &Text) -> Result {
        for run in text {
            let style = if run.muted { Some("Muted") } else { None };
            match &run.link {
                Some(anchor) => {
                    self.open("w:hyperlink", &[("w:anchor", &self.mark(anchor)), ("w:history", "1")])?;
                    self.run(&run.text, Some("Hyperlink"), run.strong)?;
                    self.close("w:hyperlink")?;
                }
                None => match &run.address {
                    Some(address) => self.address(address, &run.text, run.strong)?,
                    None => self.run(&run.text, style, run.strong)?,
                },
            }
        }
        Ok(())
    }

    /// A list, with bullets or numbers.
    pub(crate) fn list(&mut self, items: &[Text], number: Option<u32>) -> Result {
        let Some(first) = number else {
            return items.iter().try_for_each(|item| self.paragraph("ListBullet", |xml| xml.runs(item)));
        };
        let list = self.first_list + u32::try_from(self.lists.len()).unwrap_or(0);
        self.lists.push(first);
        items.iter().try_for_each(|item| self.paragraph_in("ListNumber", Some(list), |xml| xml.runs(item)))
    }

    pub(crate) fn paragraph(&mut self, style: &str, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.paragraph_in(style, None, inside)
    }

    fn paragraph_in(&mut self, style: &str, list: Option<u32>, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.open("w:p", &[])?;
        self.open("w:pPr", &[])?;
        self.empty("w:pStyle", &[("w:val", &self.named(style))])?;
        let starts_page = std::mem::take(&mut self.breaks);
        if starts_page {
            self.empty("w:pageBreakBefore", &[])?;
        }
        if let Some(list) = list {
            self.open("w:numPr", &[])?;
            self.empty("w:ilvl", &[("w:val", "0")])?;
            self.empty("w:numId", &[("w:val", &list.to_string())])?;
            self.close("w:numPr")?;
        }
        if starts_page {
            self.empty("w:spacing", &[("w:before", "0")])?;
        }
        self.close("w:pPr")?;
        inside(self)?;
        self.close("w:p")
    }

    /// A heading that the table of contents and links lead to.
    pub(crate) fn heading(&mut self, style: &str, text: &str, anchor: Option<&String>) -> Result {
        self.headings += 1;
        let marks: Vec<String> =
            std::iter::once(self.contents_mark(self.headings)).chain(anchor.map(|anchor| self.mark(anchor))).collect();
        let first = self.bookmarks + 1;
        self.bookmarks += marks.len();
        self.paragraph(style, |xml| {
            for (id, mark) in (first..).zip(&marks) {
                xml.empty("w:bookmarkStart", &[("w:id", &id.to_string()), ("w:name", mark)])?;
            }
            xml.run(text, None, false)?;
            (first..first + marks.len()).try_for_each(|id| xml.empty("w:bookmarkEnd", &[("w:id", &id.to_string())]))
        })
    }

    /// A picture in the line, described, so wide and high (in EMU).
    fn picture(&mut self, relation: &str, alt: &str, [cx, cy]: [u32; 2]) -> Result {
        self.pictures += 1;
        let id = self.pictures.to_string();
        let (cx, cy) = (cx.to_string(), cy.to_string());
        self.open("w:r", &[])?;
        self.open("w:drawing", &[])?;
        self.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")])?;
        self.empty("wp:extent", &[("cx", &cx), ("cy", &cy)])?;
        self.empty("wp:docPr", &[("id", &id), ("name", &format!("picture{id}")), ("descr", alt)])?;
        self.empty("wp:cNvGraphicFramePr", &[])?;
        self.open("a:graphic", &[])?;
        self.open("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")])?;
        self.open("pic:pic", &[])?;
        self.open("pic:nvPicPr", &[])?;
        self.empty("pic:cNvPr", &[("id", &id), ("name", &format!("picture{id}")), ("descr", alt)])?;
        self.empty("pic:cNvPicPr", &[])?;
        self.close("pic:nvPicPr")?;
        self.open("pic:blipFill", &[])?;
        self.empty("a:blip", &[("r:embed", relation)])?;
        self.open("a:stretch", &[])?;
        self.empty("a:fillRect", &[])?;
        self.close("a:stretch")?;
        self.close("pic:blipFill")?;
        self.open("pic:spPr", &[])?;
        self.open("a:xfrm", &[])?;
        self.empty("a:off", &[("x", "0"), ("y", "0")])?;
        self.empty("a:ext", &[("cx", &cx), ("cy", &cy)])?;
        self.close("a:xfrm")?;
        self.open("a:prstGeom", &[("prst", "rect")])?;
        self.empty("a:avLst", &[])?;
        self.close("a:prstGeom")?;
        self.close("pic:spPr")?;
        for name in ["pic:pic", "a:graphicData", "a:graphic", "wp:inline", "w:drawing", "w:r"] {
            self.close(name)?;
        }
        Ok(())
    }

    /// A code to be read by a phone.
    fn code(&mut self, svg: &str, alt: &str) -> Result {
        let pixels = figure::pixels(svg).ok_or_else(|| std::io::Error::other("a code that cannot be drawn"))?;
        self.codes.push(pixels);
        self.picture(&code_id(&self.prefix, self.codes.len()), alt, [CODE; 2])
    }

    /// A picture of the charter, within a frame.
    fn framed(&mut self, picture: &Picture, width: u32, height: u32) -> Result {
        let size = picture.within(f64::from(width), f64::from(height));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the frame")]
        let size = size.map(|side| side.round() as u32);
        self.picture(&picture_id(&self.prefix, picture), &picture.alt, size)
    }

    /// A link out of the document, as a field: it needs no relationship of its own.
    fn address(&mut self, address: &str, text: &str, strong: bool) -> Result {
        let address: String = address.chars().filter(|c| !matches!(c, '"' | '\\') && !c.is_control()).collect();
        self.field_of(&format!(" HYPERLINK \"{address}\" "), |xml| xml.run(text, Some("Hyperlink"), strong))
    }

    fn field(&mut self, code: &str, shown: &str) -> Result {
        self.field_of(code, |xml| xml.run(shown, None, false))
    }

    fn field_of(&mut self, code: &str, shown: impl FnOnce(&mut Self) -> Result) -> Result {
        let part = |xml: &mut Self, kind: &str| {
            xml.open("w:r", &[])?;
            xml.empty("w:fldChar", &[("w:fldCharType", kind)])?;
            xml.close("w:r")
        };
        part(self, "begin")?;
        self.open("w:r", &[])?;
        self.open("w:instrText", &[("xml:space", "preserve")])?;
        self.text(code)?;
        self.close("w:instrText")?;
        self.close("w:r")?;
        part(self, "separate")?;
        shown(self)?;
        part(self, "end")
    }

    /// The bookmark of a heading, by its place among them.
    fn contents_mark(&self, place: usize) -> String {
        format!("_Toc{:06}", place + self.taken as usize)
    }

    /// The bookmark of an anchor: a model that Moisson made may have one of that name.
    fn mark(&self, anchor: &str) -> String {
        if self.taken == 0 { bookmark(anchor) } else { bookmark(&format!("m{}_{anchor}", self.taken)) }
    }

    pub(crate) fn page_break(&mut self) -> Result {
        self.breaks = true;
        Ok(())
    }

    fn union(&mut self, style: &str, meta: &Meta, height: u32) -> Result {
        let Some(statement) = &meta.statement else { return Ok(()) };
        self.paragraph(style, |xml| {
            xml.picture(&format!("{}Emblem", xml.prefix), &meta.emblem_alt, [height * 3 / 2, height])?;
            xml.run("  ", None, false)?;
            xml.run(&meta.union, None, true)?;
            xml.run(&format!("  {statement}"), None, false)
        })
    }
}

/// A bookmark's name: letters, digits and underscores, 40 at most.
fn bookmark(anchor: &str) -> String {
    anchor.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect()
}

pub(super) fn document(document: &Document) -> std::result::Result<Body<Vec<u8>>, DocumentError> {
    paged(&document.meta, |xml| {
        head(xml, document)?;
        document.told_once().try_for_each(|block| self::block(xml, block))
    })
}

/// A document under its title, with its pages.
pub(crate) fn titled(
    meta: &Meta,
    inside: impl FnOnce(&mut Xml) -> Result,
) -> std::result::Result<Body<Vec<u8>>, DocumentError> {
    paged(meta, |xml| {
        title(xml, meta)?;
        inside(xml)
    })
}

fn paged(meta: &Meta, inside: impl FnOnce(&mut Xml) -> Result) -> std::result::Result<Body<Vec<u8>>, DocumentError> {
    let mut xml = Xml::new(meta)?;
    xml.document("w:document", |xml| {
        xml.open("w:body", &[])?;
        inside(xml)?;
        xml.open("w:sectPr", &[])?;
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rIdFooter")])?;
        if meta.landscape {
            xml.empty("w:pgSz", &[("w:w", "16838"), ("w:h", "11906"), ("w:orient", "landscape")])?;
        } else {
            xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        }
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "851"),
                ("w:right", "1134"),
                ("w:bottom", "1247"),
                ("w:left", "1134"),
                ("w:header", "567"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        )?;
        xml.close("w:sectPr")?;
        xml.close("w:body")
    })?;
    Ok(Body { text: xml.xml.finish(), lists: xml.lists, codes: xml.codes })
}

/// What stands between the ends of a model's text: its styles go by other names, its pages have other margins.
pub(super) fn inside(
    document: &Document,
    names: BTreeMap<String, String>,
    prefix: &str,
    width: u32,
    taken: u32,
    first_list: u32,
) -> std::result::Result<Body<String>, DocumentError> {
    let mut xml = Xml::over(xml::Xml::fragment(), width);
    // Numbers of bookmarks and pictures are new in the model.
    (xml.bookmarks, xml.pictures, xml.taken) = (usize::try_from(taken).unwrap_or(0), taken, taken);
    xml.prefix = prefix.to_owned();
    xml.names = names;
    xml.first_list = first_list;
    head(&mut xml, document)?;
    for block in document.told_once() {
        self::block(&mut xml, block)?;
    }
    let text = String::from_utf8(xml.xml.finish()).map_err(|error| DocumentError::Layout(error.to_string()))?;
    Ok(Body { text, lists: xml.lists, codes: xml.codes })
}

/// Cover picture, logos, then the emblem and whoever else funds: no logo is higher than the emblem.
fn marks(xml: &mut Xml, meta: &Meta) -> Result {
    let look = &meta.look;
    if let Some(picture) = look.cover.as_ref().filter(|_| meta.cover) {
        xml.paragraph("Union", |xml| xml.framed(picture, 6_120_000, 2_900_000))?;
    }
    if !look.logos.is_empty() {
        xml.paragraph("Union", |xml| {
            for (index, logo) in look.logos.iter().enumerate() {
                if index > 0 {
                    xml.run("   ", None, false)?;
                }
                xml.framed(logo, 4 * EMBLEM, EMBLEM)?;
            }
            Ok(())
        })?;
    }
    xml.union("Union", meta, EMBLEM)?;
    look.funders.iter().try_for_each(|mark| {
        xml.paragraph("Union", |xml| {
            if let Some(logo) = &mark.logo {
                xml.framed(logo, 4 * EMBLEM, EMBLEM)?;
                xml.run("  ", None, false)?;
            }
            xml.run(mark.words(), None, false)
        })
    })
}

fn title(xml: &mut Xml, meta: &Meta) -> Result {
    xml.paragraph("Author", |xml| xml.run(&meta.author, None, false))?;
    xml.paragraph("Title", |xml| xml.run(&meta.title, None, false))?;
    xml.paragraph("Subtitle", |xml| xml.run(&meta.subtitle, None, false))?;
    xml.paragraph("Normal", |xml| xml.run(&meta.date_words, None, false))?;
    marks(xml, meta)
}

fn head(xml: &mut Xml, document: &Document) -> Result {
    let meta = &document.meta;
    title(xml, meta)?;
    if !meta.cover {
        return Ok(());
    }
    xml.page_break()?;
    xml.paragraph("ContentsHeading", |xml| xml.run(&meta.contents_label, None, false))?;
    // What is shown until the reader's program computes the field: the same headings, without page numbers.
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, .. } => Some((*level, text.clone())),
        Block::Action { number, title, .. } => Some((3, format!("{number} {title}"))),
        _ => None,
    });
    let entries: Vec<(usize, (u8, String))> = (1..).zip(headings).filter(|(_, (level, _))| *level <= 3).collect();
    let last = entries.len().saturating_sub(1);
    for (index, (place, (level, text))) in entries.iter().enumerate() {
        xml.paragraph(&format!("TOC{level}"), |xml| {
            let mark = |xml: &mut Xml, kind: &str| {
                xml.open("w:r", &[])?;
                xml.empty("w:fldChar", &[("w:fldCharType", kind)])?;
                xml.close("w:r")
            };
            if index == 0 {
                mark(xml, "begin")?;
                xml.open("w:r", &[])?;
                xml.open("w:instrText", &[("xml:space", "preserve")])?;
                xml.text(r#" TOC \o "1-3" \h \z \u "#)?;
                xml.close("w:instrText")?;
                xml.close("w:r")?;
                mark(xml, "separate")?;
            }
            xml.open("w:hyperlink", &[("w:anchor", &xml.contents_mark(*place)), ("w:history", "1")])?;
            xml.run(text, None, false)?;
            xml.close("w:hyperlink")?;
            if index == last { mark(xml, "end") } else { Ok(()) }
        })?;
    }
    Ok(())
}

fn block(xml: &mut Xml, block: &Block) -> Result {
    match block {
        Block::Heading { level, text, anchor } => xml.heading(&format!("Heading{level}"), text, anchor.as_ref()),
        Block::Action { number, title, trail, anchor } => {
            if !trail.is_empty() {
                xml.paragraph("Trail", |xml| xml.run(trail, None, false))?;
            }
            xml.heading("Heading3", &format!("{number}  {title}"), Some(anchor))
        }
        Block::Label { text } => xml.paragraph("Heading4", |xml| xml.run(text, None, false)),
        Block::Paragraph { text } => xml.paragraph("Normal", |xml| xml.runs(text)),
        Block::List { items, number } => xml.list(items, *number),
        Block::Panel { items } => packed(items).into_iter().try_for_each(|line| {
            xml.paragraph("Panel", |xml| {
                for (index, (label, text)) in line.iter().enumerate() {
                    if index > 0 {
                        xml.run("   ·   ", Some("Muted"), false)?;
                    }
                    xml.run(&format!("{label}\u{a0}: "), Some("Muted"), false)?;
                    xml.runs(text)?;
                }
                Ok(())
            })
        }),
        Block::Figure { svg, alt, .. } if figure::is_code(svg) => xml.paragraph("Normal", |xml| xml.code(svg, alt)),
        // Few numbers are told in a line; Word shows no drawing that it cannot edit.
        Block::Figure { svg, small, alt, .. } if figure::is_told(svg, *small) => {
            xml.paragraph("Normal", |xml| xml.run(alt, Some("Muted"), false))
        }
        Block::Table { table } | Block::Figure { table, .. } => xml.table(table),
        Block::PageBreak => xml.page_break(),
    }
}

pub(super) fn footer(meta: &Meta) -> std::result::Result<Vec<u8>, DocumentError> {
    let mut xml = Xml::new(meta)?;
    xml.document("w:ftr", |xml| {
        xml.union("UnionFoot", meta, 215_000)?;
        xml.paragraph("Footer", |xml| {
            if let Some(footer) = &meta.look.footer {
                xml.run(&format!("{footer} · "), None, false)?;
            }
            xml.run(&format!("{} · ", meta.running), None, false)?;
            xml.field(" PAGE ", "1")?;
            if meta.page_total {
                xml.run("/", None, false)?;
                xml.field(" NUMPAGES ", "1")?;
            }
            Ok(())
        })
    })?;
    Ok(xml.xml.finish())
}
