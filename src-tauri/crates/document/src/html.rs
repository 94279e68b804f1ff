//! HTML in one file: landmarks, one heading of level 1, tables with captions and scopes, figures with their numbers, a sheet of
//! styles for narrow screens, the dark and paper. It asks nothing of the network.

use crate::{
    DocumentError, Look, Picture,
    model::{Block, Document, Meta, Table, Text},
};
use base64::{Engine, prelude::BASE64_STANDARD as STANDARD};
use quick_xml::escape::escape;
use std::fmt::Write;

const STYLE: &str = include_str!("../../../../assets/document/document.css");
const EMBLEM: &str = include_str!("../../../../assets/document/eu.svg");

/// A page under construction.
struct Page<'a> {
    out: String,
    meta: &'a Meta,
    /// Number of headings and figures so far: their anchors.
    headings: usize,
    figures: usize,
    /// The heading above, which a table that goes by the same name does not show again.
    above: String,
}

pub(crate) fn write(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let meta = &document.meta;
    let mut page = Page { out: String::new(), meta, headings: 0, figures: 0, above: String::new() };
    page.head();
    if meta.cover {
        page.contents(document);
    }
    page.out.push_str("<main id=\"content\">\n");
    let mut inside_action = false;
    for block in &document.blocks {
        // An action, from its head to the next heading of its level or above, is an article: readers go from one to the next.
        let leaves = matches!(block, Block::Heading { .. } | Block::Action { .. });
        if inside_action && leaves {
            page.out.push_str("</article>\n");
            inside_action = false;
        }
        if matches!(block, Block::Action { .. }) {
            inside_action = true;
        }
        page.block(block);
        if let Block::Heading { text, .. } | Block::Label { text } = block {
            page.above.clone_from(text);
        }
    }
    if inside_action {
        page.out.push_str("</article>\n");
    }
    page.out.push_str("</main>\n");
    page.foot();
    Ok(page.out.into_bytes())
}

impl Page<'_> {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
    }

    fn say<'t>(&self, french: &'t str, english: &'t str) -> &'t str {
        if self.meta.language == "en" { english } else { french }
    }

    fn head(&mut self) {
        let meta = self.meta;
        let (title, author) = (escape(&meta.title), escape(&meta.author));
        let language = escape(&meta.language);
        let skip = self.say("Aller au contenu", "Skip to content");
        let colours = colours(&meta.look);
        self.put(format_args!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"author\" content=\"{author}\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}{colours}</style>\n</head>\n<body{}>\n<a class=\"skip\" href=\"#content\">{skip}</a>\n<header>\n<p class=\"author\">{author}</p>\n<h1>{title}</h1>\n<p class=\"subtitle\">{}</p>\n<p class=\"date\">{}</p>\n",
            if meta.cover { " class=\"cover\"" } else { "" },
            escape(&meta.subtitle),
            escape(&meta.date_words),
        ));
        self.marks();
        self.out.push_str("</header>\n");
    }

    /// Cover picture, logos, the emblem, then whoever else funds: no logo is higher than the emblem.
    fn marks(&mut self) {
        let look = &self.meta.look;
        if let Some(picture) = look.cover.as_ref().filter(|_| self.meta.cover) {
            self.put(format_args!("<p class=\"cover-picture\">{}</p>\n", image(picture)));
        }
        if !look.logos.is_empty() {
            let logos: String = look.logos.iter().map(image).collect();
            self.put(format_args!("<p class=\"logos\">{logos}</p>\n"));
        }
        self.union();
        for mark in &look.funders {
            let logo = mark.logo.as_ref().map(image).unwrap_or_default();
            self.put(format_args!("<div class=\"union\">{logo}<p>{}</p></div>\n", escape(mark.words())));
        }
    }

    /// The emblem and the statement, as the programme asks.
    fn union(&mut self) {
        let Some(statement) = &self.meta.statement else { return };
        let alt = escape(&self.meta.emblem_alt);
        let emblem = EMBLEM.replacen("<svg", &format!("<svg role=\"img\" aria-label=\"{alt}\""), 1);
        let union = escape(&self.meta.union);
        let statement = escape(statement);
        self.put(format_args!(
            "<div class=\"union\">{}<p><strong>{union}</strong><br>{statement}</p></div>\n",
            emblem.trim()
        ));
    }

    fn contents(&mut self, document: &Document) {
        let label = escape(&self.meta.contents_label).into_owned();
        self.put(format_args!("<nav aria-labelledby=\"contents\">\n<h2 id=\"contents\">{label}</h2>\n<ul>\n"));
        let mut place = 0;
        for block in &document.blocks {
            let (level, text, anchor) = match block {
                Block::Heading { level, text, anchor } => (*level, text.clone(), anchor.as_ref()),
                Block::Action { number, title, anchor, .. } => (3, format!("{number} {title}"), Some(anchor)),
                _ => continue,
            };
            place += 1;
            if level <= 3 {
                let anchor = anchor.cloned().unwrap_or_else(|| format!("part-{place}"));
                self.put(format_args!(
                    "<li class=\"l{level}\"><a href=\"#{}\">{}</a></li>\n",
                    escape(&anchor),
                    escape(&text)
                ));
            }
        }
        self.out.push_str("</ul>\n</nav>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading { level, text, anchor } => {
                let id = self.anchor(anchor.as_ref());
                let level = level + 1;
                self.put(format_args!("<h{level} id=\"{}\">{}</h{level}>\n", escape(&id), escape(text)));
            }
            Block::Action { number, title, trail, anchor } => {
                let id = self.anchor(Some(anchor));
                let id = escape(&id);
                let trail = if trail.is_empty() {
                    String::new()
                } else {
                    format!("<p class=\"trail\">{}</p>\n", escape(trail))
                };
                self.put(format_args!(
                    "<article class=\"action\" aria-labelledby=\"{id}\">\n{trail}<h4 id=\"{id}\"><span class=\"number\">{}</span> {}</h4>\n",
                    escape(number),
                    escape(title)
                ));
            }
            Block::Label { text } => self.put(format_args!("<h5>{}</h5>\n", escape(text))),
            Block::Paragraph { text } => self.put(format_args!("<p>{}</p>\n", runs(text))),
            Block::List { items, number } => {
                let (name, start) = match number {
                    None => ("ul", String::new()),
                    Some(1) => ("ol", String::new()),
                    Some(first) => ("ol", format!(" start=\"{first}\"")),
                };
                self.put(format_args!("<{name}{start}>\n"));
                for item in items {
                    self.put(format_args!("<li>{}</li>\n", runs(item)));
                }
                self.put(format_args!("</{name}>\n"));
            }
            Block::Panel { items } => {
                self.out.push_str("<dl class=\"panel\">\n");
                for (label, text) in items {
                    self.put(format_args!("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), runs(text)));
                }
                self.out.push_str("</dl>\n");
            }
            Block::Table { table } => self.table(table),
            Block::Figure { svg, small, alt, table } => self.figure(svg, *small, alt, table),
            Block::PageBreak => {}
        }
    }

    fn anchor(&mut self, anchor: Option<&String>) -> String {
        self.headings += 1;
        anchor.cloned().unwrap_or_else(|| format!("part-{}", self.headings))
    }

    fn table(&mut self, table: &Table) {
        self.put(format_args!(
            "<div class=\"scroll\" role=\"group\" tabindex=\"0\" aria-label=\"{0}\"><table>\n<caption{1}>{0}</caption>\n<thead><tr>",
            escape(&table.caption),
            if self.above.ends_with(&table.caption) { " class=\"unseen\"" } else { "" }
        ));
        let right = |figures: bool| if figures { " class=\"n\"" } else { "" };
        for (heading, figures) in table.header.iter().zip(&table.figures) {
            self.put(format_args!("<th scope=\"col\"{}>{}</th>", right(*figures), escape(heading)));
        }
        self.out.push_str("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.out.push_str("<tr>");
            for (cell, figures) in row.iter().zip(&table.figures) {
                self.put(format_args!("<td{}>{}</td>", right(*figures), runs(cell)));
            }
            self.out.push_str("</tr>\n");
        }
        self.out.push_str("</tbody>\n</table></div>\n");
    }

    /// The drawing, described, and the same numbers in a table that one unfolds.
    fn figure(&mut self, svg: &str, small: bool, alt: &str, table: &Table) {
        self.figures += 1;
        let svg = svg.replace("fill=\"#1d1b17\"", "fill=\"currentColor\"").replacen(
            "<svg",
            &format!("<svg role=\"img\" aria-label=\"{}\"", escape(alt)),
            1,
        );
        let small = if small { " class=\"small\"" } else { "" };
        let unfold = self.say("Les chiffres de cette figure", "The numbers of this figure");
        self.put(format_args!("<figure{small}>\n{svg}\n<details><summary>{unfold}</summary>\n"));
        self.table(table);
        self.out.push_str("</details>\n</figure>\n");
    }

    fn foot(&mut self) {
        self.out.push_str("<footer>\n");
        self.union();
        let (running, date) = (escape(&self.meta.running).into_owned(), escape(&self.meta.date_words).into_owned());
        if let Some(footer) = &self.meta.look.footer {
            self.put(format_args!("<p>{}</p>\n", escape(footer)));
        }
        self.put(format_args!("<p>{running} · {date}</p>\n</footer>\n</body>\n</html>\n"));
    }
}

/// The colours and letters of a charter that is not the sober one; in the dark, its colours are lightened.
fn colours(look: &Look) -> String {
    if look.colours_are_sober() {
        return String::new();
    }
    let light = look.strong.over_white(0.45);
    format!(
        "@media not all and (prefers-color-scheme: dark) {{ :root {{ {} }} }}\n@media (prefers-color-scheme: dark) {{ :root {{ --gold: {light:?}; --gold-ink: {light:?}; --link: {light:?}; --soft: #22242a; }} .number {{ background: {light:?}; color: #111; }} }}\n@media print {{ :root {{ {0} }} }}\n.number {{ background: {:?}; color: {:?}; }}\nbody {{ font-family: \"{}\", Calibri, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif; }}\n",
        look.variables(),
        look.accent,
        look.on_accent,
        look.face.family(),
    )
}

fn image(picture: &Picture) -> String {
    let (kind, data) = (picture.kind(), STANDARD.encode(picture.bytes.as_slice()));
    format!(
        "<img src=\"data:image/{kind};base64,{data}\" alt=\"{}\" width=\"{}\" height=\"{}\">",
        escape(&picture.alt),
        picture.width,
        picture.height
    )
}

fn runs(text: &Text) -> String {
    let run = |run: &crate::model::Run| {
        let mut words = escape(&run.text).replace('\n', "<br>");
        if words.is_empty() {
            return words;
        }
        if run.strong {
            words = format!("<strong>{words}</strong>");
        }
        if run.muted {
            words = format!("<span class=\"muted\">{words}</span>");
        }
        match &run.link {
            Some(anchor) => format!("<a href=\"#{}\">{words}</a>", escape(anchor)),
            None => match &run.address {
                Some(address) => format!("<a href=\"{}\">{words}</a>", escape(address)),
                None => words,
            },
        }
    };
    text.iter().map(run).collect()
}
