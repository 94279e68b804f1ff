//! Rich text: the small part of Markdown that people write long fields in. Paragraphs, lists with bullets or numbers, bold, links.
//!
//! It stays in the text itself, so that histories, merges by words and any program read it. Whatever else Markdown knows is
//! no mark-up here and stays as it was typed: a plain text of before, with its lines and signs, says what it said. Markup of
//! other languages (HTML) is words like others.

use crate::{
    model::{Block, Run, Text},
    typography::printable,
};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// The blocks of a text.
pub(crate) fn blocks(text: &str) -> Vec<Block> {
    let text = printable(text);
    let parser = Parser::new_ext(&text, Options::empty());
    // A line such as « [Note]: voir plus bas » would define a link and vanish: then nothing is mark-up.
    if parser.reference_definitions().iter().next().is_some() {
        return lines(&text).collect();
    }
    let mut page = Page { source: &text, ..Page::default() };
    for (event, range) in parser.into_offset_iter() {
        page.take(event, range);
    }
    page.paragraph();
    page.blocks
}

/// A text without its marks, for cells and lines: items of lists keep a dash.
#[must_use]
pub fn plain(text: &str) -> String {
    let words = |text: &Text| text.iter().map(|run| run.text.as_str()).collect::<String>();
    let line = |block: Block| match block {
        Block::Paragraph { text } => vec![words(&text)],
        Block::List { items, number } => {
            items.iter().zip(marks(number)).map(|(item, mark)| format!("{mark}{}", words(item))).collect()
        }
        _ => Vec::new(),
    };
    blocks(text).into_iter().flat_map(line).collect::<Vec<_>>().join("\n")
}

/// What stands before each item of a list.
fn marks(number: Option<u32>) -> impl Iterator<Item = String> {
    (0..).map(move |index: u32| number.map_or_else(|| String::from("- "), |first| format!("{}. ", first + index)))
}

/// The number that a line begins with, as an item of a numbered list does, and the words after it.
fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, words) = line.split_once('.')?;
    let sound = (1..=4).contains(&number.len()) && number.bytes().all(|digit| digit.is_ascii_digit());
    let words = words.strip_prefix([' ', '\t'])?.trim();
    if sound && !words.is_empty() { Some((number.parse().ok()?, words)) } else { None }
}

/// Whether each line of a list begins with the number after that of the line before: then it counts as it was typed.
fn counts(list: &str) -> bool {
    let lines = list.lines().map(str::trim).filter(|line| !line.is_empty());
    let numbers: Vec<Option<u32>> = lines.map(|line| numbered(line).map(|(number, _)| number)).collect();
    numbers.first().copied().flatten().is_some_and(|first| (first..).zip(&numbers).all(|(due, one)| *one == Some(due)))
}

/// Runs as a text with its marks; line ends within them part paragraphs, lines that begin with a dash or a
/// number are items of a list.
pub(crate) fn marked(runs: &[Run]) -> String {
    let mut lines = vec![String::new()];
    for run in runs {
        for (at, part) in run.text.split('\n').enumerate() {
            if at > 0 {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                mark(line, part, run);
            }
        }
    }
    let mut out = String::new();
    let (mut items, mut next) = (false, None);
    for line in lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()) {
        let (item, number) = (line.starts_with("- "), numbered(line).map(|(number, _)| number));
        if !out.is_empty() {
            let goes_on = (item && items) || (number.is_some() && number == next);
            out.push_str(if goes_on { "\n" } else { "\n\n" });
        }
        out.push_str(line);
        (items, next) = (item, number.map(|number| number + 1));
    }
    out
}

/// The marks stand close to the words: blanks at their ends stay outside.
fn mark(line: &mut String, part: &str, run: &Run) {
    let words = part.trim();
    if words.is_empty() || !(run.strong || run.address.is_some()) {
        line.push_str(part);
        return;
    }
    let (before, after) = part.split_once(words).unwrap_or_default();
    line.push_str(before);
    let words = if run.strong { format!("**{words}**") } else { words.to_owned() };
    match &run.address {
        Some(address) => {
            let whole =
                |sign: char| if " ()<>".contains(sign) { format!("%{:x}", u32::from(sign)) } else { sign.into() };
            let address: String = address.chars().map(whole).collect();
            line.push_str(&format!("[{words}]({address})"));
        }
        None => line.push_str(&words),
    }
    line.push_str(after);
}

/// The same text with its marks as we write them: two texts that look alike are then the same.
#[must_use]
pub fn evened(text: &str) -> String {
    let line = |mark: Option<String>, text: Text| {
        mark.map(Run::plain).into_iter().chain(text).chain([Run::plain("\n")]).collect::<Text>()
    };
    let runs: Text = blocks(text)
        .into_iter()
        .flat_map(|block| match block {
            Block::Paragraph { text } => line(None, text),
            Block::List { items, number } => {
                items.into_iter().zip(marks(number)).flat_map(|(item, mark)| line(Some(mark), item)).collect()
            }
            _ => Vec::new(),
        })
        .collect();
    marked(&runs)
}

/// Each line as it stands.
fn lines(text: &str) -> impl Iterator<Item = Block> {
    let kept = text.lines().map(str::trim).filter(|line| !line.is_empty());
    kept.map(|line| Block::Paragraph { text: vec![Run::plain(line)] })
}

/// Blocks under construction.
#[derive(Default)]
struct Page<'a> {
    source: &'a str,
    blocks: Vec<Block>,
    /// The paragraph or item under way.
    text: Text,
    strong: bool,
    address: Option<String>,
    /// How deep in lists, and the items of the one under way.
    depth: usize,
    items: Vec<Text>,
    /// What the list under way begins with, if it is numbered.
    number: Option<u32>,
    /// How deep in something that is taken as it stands.
    raw: usize,
}

impl Page<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.raw > 0 {
            match event {
                Event::Start(_) => self.raw += 1,
                Event::End(_) => self.raw -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.open(&tag, range),
            Event::End(tag) => self.close(tag, &range),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.say(&words),
            // What people typed on a line of its own stays so.
            Event::SoftBreak | Event::HardBreak if self.depth == 0 => self.paragraph(),
            Event::SoftBreak | Event::HardBreak => self.say("\n"),
            _ => {
                let words = self.source[range].to_owned();
                self.say(words.trim());
                if self.depth == 0 && words.contains('\n') {
                    self.paragraph();
                }
            }
        }
    }

    fn open(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph if self.depth == 0 => self.paragraph(),
            Tag::Paragraph => {}
            Tag::List(None) if !self.source[range.clone()].starts_with('+') => {
                if self.depth == 0 {
                    self.paragraph();
                } else {
                    self.item();
                }
                self.depth += 1;
            }
            Tag::List(Some(first)) if self.depth == 0 && counts(&self.source[range.clone()]) => {
                self.paragraph();
                self.depth = 1;
                self.number = u32::try_from(*first).ok();
            }
            Tag::Item => self.item(),
            Tag::Strong => self.strong = true,
            Tag::Link { dest_url, .. } => self.address = Some(dest_url.to_string()).filter(|url| is_safe(url)),
            Tag::Emphasis => {
                let source = self.source;
                self.say(&source[range.start..=range.start]);
            }
            // Headings, quotes, code, numbers with gaps: as they stand, line by line.
            _ => {
                let whole = self.source[range].to_owned();
                if self.depth == 0 {
                    self.paragraph();
                    self.blocks.extend(lines(&whole));
                } else {
                    self.say(whole.trim());
                }
                self.raw = 1;
            }
        }
    }

    fn close(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Paragraph if self.depth == 0 => self.paragraph(),
            TagEnd::Item => self.item(),
            TagEnd::List(_) => {
                self.item();
                self.depth -= 1;
                if self.depth == 0 {
                    let (items, number) = (std::mem::take(&mut self.items), self.number.take());
                    if !items.is_empty() {
                        self.blocks.push(Block::List { items, number });
                    }
                }
            }
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => self.address = None,
            TagEnd::Emphasis => {
                let source = self.source;
                self.say(&source[range.end - 1..range.end]);
            }
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let same = |last: &&mut Run| last.strong == self.strong && last.address == self.address;
        match self.text.last_mut().filter(same) {
            Some(last) => last.text.push_str(words),
            None => self.text.push(Run {
                text: words.to_owned(),
                strong: self.strong,
                address: self.address.clone(),
                ..Run::default()
            }),
        }
    }

    fn paragraph(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.iter().any(|run| !run.text.trim().is_empty()) {
            self.blocks.push(Block::Paragraph { text });
        }
    }

    fn item(&mut self) {
        let text = std::mem::take(&mut self.text);
        if text.iter().any(|run| !run.text.trim().is_empty()) {
            self.items.push(text);
        }
    }
}

/// Addresses that a reader may follow: pages and mail, nothing that runs.
pub(crate) fn is_safe(url: &str) -> bool {
    let url = url.trim().to_ascii_lowercase();
    ["https://", "http://", "mailto:"].iter().any(|scheme| url.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks in a short notation: `p:`, `l:` or the number of an item, with `*bold*` and `<address>`.
    fn told(text: &str) -> Vec<String> {
        let run = |run: &Run| {
            let words = if run.strong { format!("*{}*", run.text) } else { run.text.clone() };
            run.address.as_ref().map_or(words.clone(), |address| format!("{words}<{address}>"))
        };
        let line = |text: &Text| text.iter().map(run).collect::<String>();
        blocks(text)
            .iter()
            .flat_map(|block| match block {
                Block::Paragraph { text } => vec![format!("p:{}", line(text))],
                Block::List { items, number: None } => items.iter().map(|item| format!("l:{}", line(item))).collect(),
                Block::List { items, number: Some(first) } => {
                    (*first..).zip(items).map(|(number, item)| format!("{number}:{}", line(item))).collect()
                }
                other => vec![format!("{other:?}")],
            })
            .collect()
    }

    #[test]
    fn paragraphs_lists_bold_and_links_are_told_apart() {
        let text = "Un **bus** le soir, voir [le site](https://doubs.fr/bus).\n\n- une ligne\n- un **arrêt**\n\nFin.";
        assert_eq!(
            told(text),
            ["p:Un *bus* le soir, voir le site<https://doubs.fr/bus>.", "l:une ligne", "l:un *arrêt*", "p:Fin."]
        );
        assert_eq!(plain(text), "Un bus le soir, voir le site.\n- une ligne\n- un arrêt\nFin.");
    }

    #[test]
    fn marks_are_written_as_they_are_read() {
        let text = "Un **bus**, voir [le **site**](https://doubs.fr/a_%28b%29).\n\n- une ligne\n- un **arrêt**\n\nFin.";
        let link = "[le](https://doubs.fr/a_%28b%29) [**site**](https://doubs.fr/a_%28b%29)";
        assert_eq!(evened(text), format!("Un **bus**, voir {link}.\n\n- une ligne\n- un **arrêt**\n\nFin."));
        assert_eq!(evened(&evened(text)), evened(text));
        let runs = [Run::plain("Un "), Run { text: "bus \nle soir".into(), strong: true, ..Run::default() }];
        assert_eq!(marked(&runs), "Un **bus**\n\n**le soir**");
        assert_eq!(evened("Un bus\nLe soir"), evened("Un bus\n\nLe soir"));
    }

    #[test]
    fn numbers_that_follow_each_other_are_a_list() {
        let text = "Avant\n\n1. premier\n2. **second**\n\n- point\n\nAprès";
        assert_eq!(told(text), ["p:Avant", "1:premier", "2:*second*", "l:point", "p:Après"]);
        assert_eq!(evened(text), text);
        assert_eq!(plain(text), "Avant\n1. premier\n2. second\n- point\nAprès");
        assert_eq!(told("7. sept\n8. huit"), ["7:sept", "8:huit"]);
        assert_eq!(told("Avant\n1. premier"), ["p:Avant", "1:premier"]);
        assert_eq!(told("1\\. pas une liste"), ["p:1. pas une liste"]);
        assert_eq!(marked(&[Run::plain("Voici\n1. un\n2. deux\n5. cinq")]), "Voici\n\n1. un\n2. deux\n\n5. cinq");
    }

    #[test]
    fn a_plain_text_of_before_says_what_it_said() {
        for text in [
            "Une ligne\nUne autre",
            "2 * 3 * 4 = 24 et a_b_c",
            "# Titre tapé à la main",
            "> cité",
            "1. premier\n3. troisième",
            "C’était en\n2023. Une année",
            "12345. trop",
            "1. premier\nsuite",
            "1) premier",
            "+ 3 ETP",
            "l’_insertion_ et l’*emploi*",
            "`code`",
            "[Note]: voir plus bas",
            "Total\n---",
            "<b>gras</b> & <script>alert(1)</script>",
            "    décalé",
        ] {
            let expected: Vec<String> = text.lines().map(|line| format!("p:{}", line.trim())).collect();
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn adversarial_links_lead_to_pages_and_mail_only() {
        for address in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "//ailleurs"] {
            assert_eq!(told(&format!("[ici]({address})")), ["p:ici"], "{address}");
        }
        assert_eq!(told("[ici](mailto:a@b.fr)"), ["p:ici<mailto:a@b.fr>"]);
    }
}
