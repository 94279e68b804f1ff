//! The text and its tables.

use super::{NAMESPACES, charter_path, picture};
use crate::{
    DocumentError, Picture, figure,
    model::{Block, Document, Meta, Run, Table, Text, packed},
    xml::{Written, Xml},
};

/// Width between the margins, in millimetres, upright and on its side.
pub(super) const WIDTHS: [f64; 2] = [170.0, 257.0];

/// Height of the emblem in millimetres: programmes ask for a centimetre at least.
const EMBLEM: f64 = 12.0;

/// Paragraphs that may start a page.
const BREAKING: [&str; 7] =
    ["Heading_20_1", "Heading_20_2", "Heading_20_3", "Trail", "Text_20_body", "Panel", "Table_20_End"];

/// The body under construction.
struct Body<'a> {
    xml: Xml,
    width: f64,
    tables: usize,
    headings: usize,
    frames: usize,
    /// Whether what comes next starts a page.
    breaks: bool,
    pictures: Vec<&'a str>,
}

/// The content, and the drawings it shows.
pub(super) fn content(document: &Document) -> Result<(Vec<u8>, Vec<&str>), DocumentError> {
    let width = WIDTHS[usize::from(document.meta.landscape)];
    let mut body =
        Body { xml: Xml::document()?, width, tables: 0, headings: 0, frames: 0, breaks: false, pictures: Vec::new() };
    body.xml.open("office:document-content", &NAMESPACES)?;
    body.automatic(document)?;
    body.xml.open("office:body", &[])?;
    body.xml.open("office:text", &[])?;
    body.head(document)?;
    for block in document.told_once() {
        body.block(block)?;
    }
    for name in ["office:text", "office:body", "office:document-content"] {
        body.xml.close(name)?;
    }
    Ok((body.xml.finish(), body.pictures))
}

fn tables(document: &Document) -> impl Iterator<Item = &Table> {
    document.told_once().filter_map(|block| match block {
        Block::Figure { svg, small, .. } if figure::is_told(svg, *small) => None,
        Block::Table { table } | Block::Figure { table, .. } => Some(table),
        _ => None,
    })
}

/// Entries of the table of contents: level, words.
fn entries(document: &Document) -> impl Iterator<Item = (u8, String)> {
    document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, text, .. } => Some((*level, text.clone())),
        Block::Action { number, title, .. } => Some((3, format!("{number} {title}"))),
        _ => None,
    })
}

impl<'a> Body<'a> {
    /// Styles that only this content needs: widths of columns, heights of rows, the page that comes first.
    fn automatic(&mut self, document: &Document) -> Written {
        let width = self.width;
        let xml = &mut self.xml;
        let first = if document.meta.cover { "Cover" } else { "Standard" };
        let of = |name: &'static str, family: &'static str| [("style:name", name), ("style:family", family)];
        xml.within("office:automatic-styles", &[], |xml| {
            let start = [
                of("First", "paragraph").as_slice(),
                &[("style:parent-style-name", "Author"), ("style:master-page-name", first)],
            ]
            .concat();
            xml.empty("style:style", &start)?;
            for style in BREAKING {
                let name = format!("Break_{style}");
                let next =
                    [("style:name", name.as_str()), ("style:family", "paragraph"), ("style:parent-style-name", style)];
                xml.within("style:style", &next, |xml| {
                    xml.empty("style:paragraph-properties", &[("fo:break-before", "page"), ("fo:margin-top", "0mm")])
                })?;
            }
            xml.within("style:style", &of("Row", "table-row"), |xml| {
                xml.empty("style:table-row-properties", &[("fo:keep-together", "always")])
            })?;
            xml.within("style:style", &of("Cell", "table-cell"), |xml| {
                let line = format!("0.5pt solid {}", document.meta.look.line.lower());
                let sides = [("fo:padding", "0.5mm"), ("fo:padding-left", "1mm"), ("fo:padding-right", "1mm")];
                xml.empty(
                    "style:table-cell-properties",
                    &[sides.as_slice(), &[("fo:border-bottom", line.as_str())]].concat(),
                )
            })?;
            for (index, table) in tables(document).enumerate() {
                let name = format!("T{}", index + 1);
                xml.within("style:style", &[("style:name", &name), ("style:family", "table")], |xml| {
                    let width = format!("{width}mm");
                    xml.empty(
                        "style:table-properties",
                        &[("style:width", &width), ("table:align", "margins"), ("fo:margin-top", "0.4mm")],
                    )
                })?;
                if let Some(height) = table.row_height {
                    let row = format!("{name}Row");
                    xml.within("style:style", &[("style:name", &row), ("style:family", "table-row")], |xml| {
                        let height = format!("{height}mm");
                        xml.empty(
                            "style:table-row-properties",
                            &[("fo:keep-together", "always"), ("style:min-row-height", &height)],
                        )
                    })?;
                }
                let total = f64::from(table.widths.iter().sum::<u32>().max(1));
                for (column, share) in table.widths.iter().enumerate() {
                    let column = format!("{name}C{column}");
                    xml.within("style:style", &[("style:name", &column), ("style:family", "table-column")], |xml| {
                        let width = format!("{:.1}mm", width * f64::from(*share) / total);
                        xml.empty("style:table-column-properties", &[("style:column-width", &width)])
                    })?;
                }
            }
            Ok(())
        })
    }

    fn head(&mut self, document: &Document) -> Written {
        let meta = &document.meta;
        self.words("First", &meta.author)?;
        self.words("Title", &meta.title)?;
        self.words("Subtitle", &meta.subtitle)?;
        self.words("Text_20_body", &meta.date_words)?;
        self.marks(meta)?;
        if !meta.cover {
            return Ok(());
        }
        self.xml.open("text:table-of-content", &[("text:name", "Contents"), ("text:protected", "false")])?;
        self.xml.within("text:table-of-content-source", &[("text:outline-level", "3")], |xml| {
            xml.holding(
                "text:index-title-template",
                &[("text:style-name", "Contents_20_Heading")],
                &meta.contents_label,
            )?;
            for level in ["1", "2", "3"] {
                let style = format!("Contents_20_{level}");
                let entry = [("text:outline-level", level), ("text:style-name", style.as_str())];
                xml.within("text:table-of-content-entry-template", &entry, |xml| {
                    xml.empty("text:index-entry-link-start", &[])?;
                    xml.empty("text:index-entry-chapter", &[])?;
                    xml.empty("text:index-entry-text", &[])?;
                    xml.empty("text:index-entry-tab-stop", &[("style:type", "right"), ("style:leader-char", ".")])?;
                    xml.empty("text:index-entry-page-number", &[])?;
                    xml.empty("text:index-entry-link-end", &[])
                })?;
            }
            Ok(())
        })?;
        self.xml.open("text:index-body", &[])?;
        self.xml.within("text:index-title", &[("text:name", "Contents_Head")], |xml| {
            xml.holding("text:p", &[("text:style-name", "Contents_20_Heading")], &meta.contents_label)
        })?;
        // The page of each heading is a field: it is right as soon as the program has laid the text out.
        for (index, (level, text)) in entries(document).enumerate().filter(|(_, (level, _))| *level <= 3) {
            let (style, mark) = (format!("Contents_20_{level}"), format!("toc{}", index + 1));
            self.xml.within("text:p", &[("text:style-name", &style)], |xml| {
                let link = [
                    ("xlink:type", "simple"),
                    ("xlink:href", &format!("#{mark}")),
                    ("text:style-name", "Index_20_Link"),
                    ("text:visited-style-name", "Index_20_Link"),
                ];
                xml.within("text:a", &link, |xml| {
                    xml.text(&text)?;
                    xml.empty("text:tab", &[])?;
                    let page = [("text:reference-format", "page"), ("text:ref-name", mark.as_str())];
                    xml.holding("text:bookmark-ref", &page, "–")
                })
            })?;
        }
        self.xml.close("text:index-body")?;
        self.xml.close("text:table-of-content")
    }

    fn block(&mut self, block: &'a Block) -> Written {
        match block {
            Block::Heading { level, text, anchor } => self.heading(*level, text, anchor.as_ref()),
            Block::Action { number, title, trail, anchor } => {
                if !trail.is_empty() {
                    self.words("Trail", trail)?;
                }
                self.heading(3, &format!("{number}  {title}"), Some(anchor))
            }
            Block::Label { text } => {
                self.xml.holding("text:h", &[("text:style-name", "Heading_20_4"), ("text:outline-level", "4")], text)
            }
            Block::Paragraph { text } => self.paragraph("Text_20_body", text),
            Block::List { items, number } => {
                let (list, style) = match number {
                    None => ("List_20_1", "List_20_Bullet"),
                    Some(_) => ("Numbering_20_1", "List_20_Number"),
                };
                self.xml.open("text:list", &[("text:style-name", list)])?;
                for (index, item) in items.iter().enumerate() {
                    match number.filter(|_| index == 0) {
                        Some(first) => {
                            self.xml.open("text:list-item", &[("text:start-value", &first.to_string())])?;
                        }
                        None => self.xml.open("text:list-item", &[])?,
                    }
                    self.paragraph(style, item)?;
                    self.xml.close("text:list-item")?;
                }
                self.xml.close("text:list")
            }
            Block::Panel { items } => packed(items).into_iter().try_for_each(|line| {
                let mut together: Text = Vec::new();
                for (label, text) in line {
                    let label = format!("{label}\u{a0}: ");
                    let before = if together.is_empty() { label } else { format!(" · {label}") };
                    together.push(Run::muted(before));
                    together.extend(text.iter().cloned());
                }
                self.paragraph("Panel", &together)
            }),
            Block::Table { table } => self.table(table),
            Block::Figure { svg, small, alt, table } => {
                // Few numbers are told in a line: a fiche-action is one page.
                if figure::is_told(svg, *small) {
                    return self.paragraph("Text_20_body", &vec![Run::muted(alt)]);
                }
                self.figure(svg, *small, alt)?;
                self.table(table)
            }
            Block::PageBreak => {
                self.breaks = true;
                Ok(())
            }
        }
    }

    /// A style, or its sister that starts a page where one is due.
    fn style(&mut self, style: &str) -> String {
        if self.breaks && BREAKING.contains(&style) {
            self.breaks = false;
            return format!("Break_{style}");
        }
        style.to_owned()
    }

    fn words(&mut self, style: &str, text: &str) -> Written {
        let style = self.style(style);
        self.xml.holding("text:p", &[("text:style-name", &style)], text)
    }

    fn paragraph(&mut self, style: &str, text: &Text) -> Written {
        let style = self.style(style);
        self.xml.within("text:p", &[("text:style-name", &style)], |xml| runs(xml, text))
    }

    fn heading(&mut self, level: u8, text: &str, anchor: Option<&String>) -> Written {
        self.headings += 1;
        let (style, outline) = (self.style(&format!("Heading_20_{level}")), level.to_string());
        let marks: Vec<String> = std::iter::once(format!("toc{}", self.headings)).chain(anchor.cloned()).collect();
        self.xml.within("text:h", &[("text:style-name", &style), ("text:outline-level", &outline)], |xml| {
            for mark in &marks {
                xml.empty("text:bookmark-start", &[("text:name", mark)])?;
            }
            xml.text(text)?;
            marks.iter().try_for_each(|mark| xml.empty("text:bookmark-end", &[("text:name", mark)]))
        })
    }

    fn table(&mut self, table: &Table) -> Written {
        if self.breaks {
            self.words("Table_20_End", "")?;
        }
        self.tables += 1;
        let name = format!("T{}", self.tables);
        let xml = &mut self.xml;
        xml.open("table:table", &[("table:name", &name), ("table:style-name", &name)])?;
        xml.holding("table:title", &[], &table.caption)?;
        for column in 0..table.widths.len() {
            xml.empty("table:table-column", &[("table:style-name", &format!("{name}C{column}"))])?;
        }
        let row = |xml: &mut Xml, style: &str, cells: &[Text], header: bool| {
            xml.within("table:table-row", &[("table:style-name", style)], |xml| {
                for (cell, figures) in cells.iter().zip(&table.figures) {
                    xml.open("table:table-cell", &[("table:style-name", "Cell"), ("office:value-type", "string")])?;
                    let style = match (header, figures) {
                        (true, false) => "Table_20_Heading",
                        (true, true) => "Table_20_Heading_20_Figures",
                        (false, false) => "Table_20_Contents",
                        (false, true) => "Table_20_Figures",
                    };
                    xml.within("text:p", &[("text:style-name", style)], |xml| runs(xml, cell))?;
                    xml.close("table:table-cell")?;
                }
                Ok(())
            })
        };
        let header: Vec<Text> = table.header.iter().map(|cell| vec![Run::plain(cell)]).collect();
        xml.within("table:table-header-rows", &[], |xml| row(xml, "Row", &header, true))?;
        let style = if table.row_height.is_some() { format!("{name}Row") } else { String::from("Row") };
        for cells in &table.rows {
            row(xml, &style, cells, false)?;
        }
        xml.close("table:table")?;
        self.words("Table_20_End", "")
    }

    fn figure(&mut self, svg: &'a str, small: bool, alt: &str) -> Written {
        let (across, high) = figure::size(svg);
        // A code to be read by a phone, which has no words, needs no more.
        let width = match small {
            true if figure::is_code(svg) => 38.0,
            true => self.width * 0.62,
            false => self.width,
        };
        let path = picture(self.pictures.len());
        self.pictures.push(svg);
        self.frames += 1;
        let name = format!("figure{}", self.frames);
        self.xml.within("text:p", &[("text:style-name", "Figure")], |xml| {
            frame(xml, &name, &path, "image/svg+xml", alt, [width, width * high / across])
        })
    }

    /// Cover picture, logos, then the emblem and whoever else funds: no logo is higher than the emblem.
    fn marks(&mut self, meta: &Meta) -> Written {
        let look = &meta.look;
        let xml = &mut self.xml;
        let union_style = [("text:style-name", "Union")];
        if let Some(picture) = look.cover.as_ref().filter(|_| meta.cover) {
            xml.within("text:p", &union_style, |xml| charter_picture(xml, picture, [170.0, 80.0]))?;
        }
        if !look.logos.is_empty() {
            xml.within("text:p", &union_style, |xml| {
                for (index, logo) in look.logos.iter().enumerate() {
                    if index > 0 {
                        xml.text("   ")?;
                    }
                    charter_picture(xml, logo, [4.0 * EMBLEM, EMBLEM])?;
                }
                Ok(())
            })?;
        }
        union(xml, meta, "Union", EMBLEM, "emblem")?;
        look.funders.iter().try_for_each(|mark| {
            xml.within("text:p", &union_style, |xml| {
                if let Some(logo) = &mark.logo {
                    charter_picture(xml, logo, [4.0 * EMBLEM, EMBLEM])?;
                    xml.text("  ")?;
                }
                xml.text(mark.words())
            })
        })
    }
}

/// A picture of the charter, within a frame.
fn charter_picture(xml: &mut Xml, picture: &Picture, [width, height]: [f64; 2]) -> Written {
    let kind = format!("image/{}", picture.kind());
    frame(
        xml,
        &format!("logo{}", picture.place),
        &charter_path(picture),
        &kind,
        &picture.alt,
        picture.within(width, height),
    )
}

/// A picture in the line, described.
fn frame(xml: &mut Xml, name: &str, path: &str, kind: &str, alt: &str, size: [f64; 2]) -> Written {
    let [width, height] = size.map(|one| format!("{one:.1}mm"));
    let attributes =
        [("draw:name", name), ("text:anchor-type", "as-char"), ("svg:width", &width), ("svg:height", &height)];
    xml.within("draw:frame", &attributes, |xml| {
        let image = [
            ("xlink:href", path),
            ("xlink:type", "simple"),
            ("xlink:show", "embed"),
            ("xlink:actuate", "onLoad"),
            ("draw:mime-type", kind),
        ];
        xml.empty("draw:image", &image)?;
        xml.holding("svg:title", &[], alt)?;
        xml.holding("svg:desc", &[], alt)
    })
}

/// The emblem and the statement.
pub(super) fn union(xml: &mut Xml, meta: &Meta, style: &str, height: f64, name: &str) -> Written {
    let Some(statement) = &meta.statement else { return Ok(()) };
    xml.within("text:p", &[("text:style-name", style)], |xml| {
        frame(xml, name, "Pictures/eu.png", "image/png", &meta.emblem_alt, [height * 1.5, height])?;
        xml.text("  ")?;
        xml.holding("text:span", &[("text:style-name", "Strong")], &meta.union)?;
        xml.text(&format!("  {statement}"))
    })
}

/// Words with their styles; breaks of line and runs of blanks are kept.
fn runs(xml: &mut Xml, text: &Text) -> Written {
    for run in text {
        let style = match (run.strong, run.muted) {
            (true, _) => Some("Strong"),
            (false, true) => Some("Muted"),
            (false, false) => None,
        };
        let words = |xml: &mut Xml| match style {
            Some(style) => xml.within("text:span", &[("text:style-name", style)], |xml| spaced(xml, &run.text)),
            None => spaced(xml, &run.text),
        };
        match &run.link {
            Some(anchor) => {
                let link = [
                    ("xlink:type", "simple"),
                    ("xlink:href", &format!("#{anchor}")),
                    ("text:style-name", "Internet_20_link"),
                ];
                xml.within("text:a", &link, words)?;
            }
            None => match &run.address {
                Some(address) => {
                    let link = [
                        ("xlink:type", "simple"),
                        ("xlink:href", address.as_str()),
                        ("text:style-name", "Internet_20_link"),
                    ];
                    xml.within("text:a", &link, words)?;
                }
                None => words(xml)?,
            },
        }
    }
    Ok(())
}

fn spaced(xml: &mut Xml, text: &str) -> Written {
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            xml.empty("text:line-break", &[])?;
        }
        for (index, piece) in line.split('\t').enumerate() {
            if index > 0 {
                xml.empty("text:tab", &[])?;
            }
            // Of several blanks a reader keeps one, unless the others are said.
            let mut rest = piece;
            while let Some(at) = rest.find("  ") {
                xml.text(&rest[..=at])?;
                let after = rest[at + 1..].trim_start_matches(' ');
                let more = rest.len() - at - 1 - after.len();
                xml.empty("text:s", &[("text:c", &more.to_string())])?;
                rest = after;
            }
            xml.text(rest)?;
        }
    }
    Ok(())
}
