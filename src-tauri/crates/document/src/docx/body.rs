//! The body and the foot of pages.

use crate::{
    DocumentError,
    model::{Block, Document, Meta, Table, Text},
};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use std::{collections::BTreeMap, io};

pub(super) const NAMESPACES: [(&str, &str); 5] = [
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    ("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
    ("xmlns:a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("xmlns:pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
];

/// Width between the margins, in twentieths of a point.
const WIDTH: u32 = 9638;

type Result = io::Result<()>;

/// XML under construction.
struct Xml {
    writer: Writer<Vec<u8>>,
    /// Number of each bookmark.
    bookmarks: BTreeMap<String, u32>,
    pictures: u32,
}

impl Xml {
    fn new() -> Self {
        Self { writer: Writer::new(Vec::new()), bookmarks: BTreeMap::new(), pictures: 0 }
    }

    fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Start(start))
    }

    fn close(&mut self, name: &str) -> Result {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.writer.write_event(Event::Empty(start))
    }

    fn text(&mut self, text: &str) -> Result {
        self.writer.write_event(Event::Text(BytesText::new(text)))
    }

    fn document(&mut self, root: &str, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), Some("yes"))))?;
        self.open(root, &NAMESPACES)?;
        inside(self)?;
        self.close(root)
    }

    fn finish(self) -> String {
        String::from_utf8_lossy(&self.writer.into_inner()).into_owned()
    }

    /// A run of text; line breaks inside it stay.
    fn run(&mut self, text: &str, style: Option<&str>, strong: bool) -> Result {
        self.open("w:r", &[])?;
        if style.is_some() || strong {
            self.open("w:rPr", &[])?;
            if let Some(style) = style {
                self.empty("w:rStyle", &[("w:val", style)])?;
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

    fn runs(&mut self, text: &Text) -> Result {
        for run in text {
            let style = if run.muted { Some("Muted") } else { None };
            match &run.link {
                Some(anchor) => {
                    self.open("w:hyperlink", &[("w:anchor", &bookmark(anchor)), ("w:history", "1")])?;
                    self.run(&run.text, Some("Hyperlink"), run.strong)?;
                    self.close("w:hyperlink")?;
                }
                None => self.run(&run.text, style, run.strong)?,
            }
        }
        Ok(())
    }

    fn paragraph(&mut self, style: &str, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.open("w:p", &[])?;
        self.open("w:pPr", &[])?;
        self.empty("w:pStyle", &[("w:val", style)])?;
        self.close("w:pPr")?;
        inside(self)?;
        self.close("w:p")
    }

    fn heading(&mut self, style: &str, text: &str, anchor: Option<&String>) -> Result {
        self.paragraph(style, |xml| {
            let Some(anchor) = anchor else { return xml.run(text, None, false) };
            let next = u32::try_from(xml.bookmarks.len()).unwrap_or(0) + 1;
            let id = xml.bookmarks.entry(anchor.clone()).or_insert(next).to_string();
            xml.empty("w:bookmarkStart", &[("w:id", &id), ("w:name", &bookmark(anchor))])?;
            xml.run(text, None, false)?;
            xml.empty("w:bookmarkEnd", &[("w:id", &id)])
        })
    }

    fn table(&mut self, table: &Table) -> Result {
        let total: u32 = table.widths.iter().sum::<u32>().max(1);
        let widths: Vec<String> = table.widths.iter().map(|width| (WIDTH * width / total).to_string()).collect();
        self.open("w:tbl", &[])?;
        self.open("w:tblPr", &[])?;
        self.empty("w:tblStyle", &[("w:val", "MoissonTable")])?;
        self.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
        self.empty("w:tblLayout", &[("w:type", "fixed")])?;
        self.empty(
            "w:tblLook",
            &[
                ("w:val", "0020"),
                ("w:firstRow", "1"),
                ("w:lastRow", "0"),
                ("w:firstColumn", "0"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ],
        )?;
        self.empty("w:tblCaption", &[("w:val", &table.caption)])?;
        self.close("w:tblPr")?;
        self.open("w:tblGrid", &[])?;
        for width in &widths {
            self.empty("w:gridCol", &[("w:w", width)])?;
        }
        self.close("w:tblGrid")?;
        let header: Vec<Text> = table.header.iter().map(|cell| vec![crate::model::Run::plain(cell)]).collect();
        self.row(&header, &widths, &table.figures, true)?;
        for row in &table.rows {
            self.row(row, &widths, &table.figures, false)?;
        }
        self.close("w:tbl")?;
        self.paragraph("TableEnd", |_| Ok(()))
    }

    fn row(&mut self, cells: &[Text], widths: &[String], figures: &[bool], header: bool) -> Result {
        self.open("w:tr", &[])?;
        self.open("w:trPr", &[])?;
        self.empty("w:cantSplit", &[])?;
        if header {
            self.empty("w:tblHeader", &[])?;
        }
        self.close("w:trPr")?;
        for ((cell, width), right) in cells.iter().zip(widths).zip(figures) {
            self.open("w:tc", &[])?;
            self.open("w:tcPr", &[])?;
            self.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])?;
            self.close("w:tcPr")?;
            let style = match (header, right) {
                (true, true) => "TableHeadRight",
                (true, false) => "TableHead",
                (false, true) => "TableRight",
                (false, false) => "TableText",
            };
            self.paragraph(style, |xml| xml.runs(cell))?;
            self.close("w:tc")?;
        }
        self.close("w:tr")
    }

    /// The emblem, described, as high as asked (in EMU; 3:2).
    fn emblem(&mut self, alt: &str, height: u32) -> Result {
        self.pictures += 1;
        let id = self.pictures.to_string();
        let (cx, cy) = ((height * 3 / 2).to_string(), height.to_string());
        self.open("w:r", &[])?;
        self.open("w:drawing", &[])?;
        self.open("wp:inline", &[("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0")])?;
        self.empty("wp:extent", &[("cx", &cx), ("cy", &cy)])?;
        self.empty("wp:docPr", &[("id", &id), ("name", &format!("eu{id}")), ("descr", alt)])?;
        self.empty("wp:cNvGraphicFramePr", &[])?;
        self.open("a:graphic", &[])?;
        self.open("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/picture")])?;
        self.open("pic:pic", &[])?;
        self.open("pic:nvPicPr", &[])?;
        self.empty("pic:cNvPr", &[("id", &id), ("name", "eu.png"), ("descr", alt)])?;
        self.empty("pic:cNvPicPr", &[])?;
        self.close("pic:nvPicPr")?;
        self.open("pic:blipFill", &[])?;
        self.empty("a:blip", &[("r:embed", "rIdEmblem")])?;
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

    fn field(&mut self, code: &str, shown: &str) -> Result {
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
        self.run(shown, None, false)?;
        part(self, "end")
    }

    fn page_break(&mut self) -> Result {
        self.paragraph("Normal", |xml| {
            xml.open("w:r", &[])?;
            xml.empty("w:br", &[("w:type", "page")])?;
            xml.close("w:r")
        })
    }

    fn union(&mut self, meta: &Meta, height: u32) -> Result {
        let Some(statement) = &meta.statement else { return Ok(()) };
        self.paragraph("Union", |xml| {
            xml.emblem(&meta.emblem_alt, height)?;
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

pub(super) fn document(document: &Document) -> std::result::Result<String, DocumentError> {
    let mut xml = Xml::new();
    xml.document("w:document", |xml| {
        xml.open("w:body", &[])?;
        head(xml, document)?;
        for block in &document.blocks {
            self::block(xml, block)?;
        }
        xml.open("w:sectPr", &[])?;
        xml.empty("w:footerReference", &[("w:type", "default"), ("r:id", "rIdFooter")])?;
        xml.empty("w:pgSz", &[("w:w", "11906"), ("w:h", "16838")])?;
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", "1021"),
                ("w:right", "1134"),
                ("w:bottom", "1361"),
                ("w:left", "1134"),
                ("w:header", "567"),
                ("w:footer", "567"),
                ("w:gutter", "0"),
            ],
        )?;
        xml.close("w:sectPr")?;
        xml.close("w:body")
    })?;
    Ok(xml.finish())
}

fn head(xml: &mut Xml, document: &Document) -> Result {
    let meta = &document.meta;
    xml.paragraph("Author", |xml| xml.run(&meta.author, None, false))?;
    xml.paragraph("Title", |xml| xml.run(&meta.title, None, false))?;
    xml.paragraph("Subtitle", |xml| xml.run(&meta.subtitle, None, false))?;
    xml.paragraph("Normal", |xml| xml.run(&meta.date_words, None, false))?;
    xml.union(meta, 430_000)?;
    if !meta.cover {
        return Ok(());
    }
    xml.page_break()?;
    xml.paragraph("ContentsHeading", |xml| xml.run(&meta.contents_label, None, false))?;
    // What is shown until the reader's program computes the field: the same headings, without page numbers.
    let entries: Vec<(u8, String)> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Heading { level, text, .. } if *level <= 2 => Some((*level, text.clone())),
            Block::Action { number, title, .. } => Some((3, format!("{number} {title}"))),
            _ => None,
        })
        .collect();
    let last = entries.len().saturating_sub(1);
    for (index, (level, text)) in entries.iter().enumerate() {
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
            xml.run(text, None, false)?;
            if index == last { mark(xml, "end") } else { Ok(()) }
        })?;
    }
    Ok(())
}

fn block(xml: &mut Xml, block: &Block) -> Result {
    match block {
        Block::Heading { level, text, anchor } => xml.heading(&format!("Heading{level}"), text, anchor.as_ref()),
        Block::Action { number, title, trail, anchor } => {
            xml.paragraph("Trail", |xml| xml.run(trail, None, false))?;
            xml.heading("Heading3", &format!("{number}  {title}"), Some(anchor))
        }
        Block::Label { text } => xml.heading("Heading4", text, None),
        Block::Paragraph { text } => xml.paragraph("Normal", |xml| xml.runs(text)),
        Block::List { items } => {
            for item in items {
                xml.paragraph("ListBullet", |xml| xml.runs(item))?;
            }
            Ok(())
        }
        Block::Panel { items } => {
            for (label, text) in items {
                xml.paragraph("Panel", |xml| {
                    xml.run(&format!("{label}\u{a0}: "), Some("Muted"), false)?;
                    xml.runs(text)
                })?;
            }
            Ok(())
        }
        Block::Table { table } | Block::Figure { table, .. } => xml.table(table),
        Block::PageBreak => xml.page_break(),
    }
}

pub(super) fn footer(meta: &Meta) -> std::result::Result<String, DocumentError> {
    let mut xml = Xml::new();
    xml.document("w:ftr", |xml| {
        xml.union(meta, 215_000)?;
        xml.paragraph("Footer", |xml| {
            xml.run(&format!("{} · ", meta.running), None, false)?;
            xml.field(" PAGE ", "1")
        })
    })?;
    Ok(xml.finish())
}
