//! What must hold of every writer.

use crate::hostile::{self, sources};
use moisson_document::{
    Format, Source,
    form::{self, Given},
};
use quick_xml::events::Event;
use std::io::{Cursor, Read};

/// Parts of a package that are XML, by name.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        if name.ends_with(".xml") || name.ends_with(".rels") || name.ends_with(".svg") {
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            parts.push((name, text));
        }
    }
    parts
}

/// Whether it is XML, each tag closed in its order and no letter that XML forbids.
fn well_formed(name: &str, text: &str) {
    let forbidden = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    assert!(!text.chars().any(|letter| forbidden(letter) || matches!(letter, '\u{fffe}' | '\u{ffff}')), "{name}");
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0i32;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{name}");
}

fn formats(source: &Source) -> &'static [Format] {
    source.nature().formats()
}

#[test]
fn the_worst_texts_go_through_every_writer_and_give_the_same_bytes_twice() {
    for language in ["fr", "en"] {
        for source in sources(language) {
            for format in formats(&source) {
                let said = |error| panic!("{:?} as {}: {error}", source.nature(), format.extension());
                let written = source.write(*format).unwrap_or_else(said);
                // What is the same twice in one language is in the other.
                if language == "fr" {
                    assert_eq!(
                        written,
                        source.write(*format).unwrap(),
                        "{:?} as {}",
                        source.nature(),
                        format.extension()
                    );
                }
                for part in &written {
                    match format {
                        Format::Pdf => assert!(part.bytes.starts_with(b"%PDF-")),
                        Format::Docx | Format::Odt | Format::Pptx | Format::Xlsx => {
                            for (name, text) in parts(&part.bytes) {
                                well_formed(&name, &text);
                            }
                        }
                        Format::Html => {
                            let page = String::from_utf8(part.bytes.clone()).unwrap();
                            assert!(!page.contains("<script"), "no text becomes a script");
                            assert_eq!(page.matches("<h1>").count(), 1);
                        }
                        Format::Json => {
                            serde_json::from_slice::<serde_json::Value>(&part.bytes).unwrap();
                        }
                        Format::Zip => unreachable!("no document is a bundle"),
                        Format::Md | Format::Csv => {
                            String::from_utf8(part.bytes.clone()).unwrap();
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn no_text_of_people_becomes_a_formula() {
    let ours = ["SUMIFS(", "SUBTOTAL("];
    for source in sources("fr") {
        for format in formats(&source) {
            for part in source.write(*format).unwrap() {
                if *format == Format::Xlsx {
                    for (name, text) in parts(&part.bytes).into_iter().filter(|(name, _)| name.contains("worksheets/"))
                    {
                        for formula in text.split("<f>").skip(1) {
                            assert!(ours.iter().any(|known| formula.starts_with(known)), "{name}: {}", &formula[..40]);
                        }
                    }
                }
                if *format == Format::Csv {
                    let text = String::from_utf8(part.bytes).unwrap();
                    for line in text.trim_start_matches('\u{feff}').lines() {
                        for cell in line.split(';') {
                            let cell = cell.trim_start_matches('"');
                            assert!(!cell.starts_with(['=', '+', '@']), "{cell}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn a_link_leads_only_where_something_is() {
    let source = sources("fr").remove(0);
    let page = String::from_utf8(source.write(Format::Html).unwrap().remove(0).bytes).unwrap();
    for link in page.split("href=\"#").skip(1) {
        let anchor = link.split('"').next().unwrap();
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}");
    }
}

#[test]
fn a_format_that_does_not_suit_a_document_is_refused() {
    let cards = sources("fr").pop().unwrap();
    assert!(cards.write(Format::Docx).is_err());
}

#[test]
fn no_logo_is_higher_than_the_emblem() {
    let mut seen = 0;
    for source in sources("fr") {
        if source.nature().formats().contains(&Format::Docx) {
            let docx = source.write(Format::Docx).unwrap().remove(0).bytes;
            let text = parts(&docx).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
            let heights: Vec<u32> = text
                .split("<wp:extent cx=\"")
                .skip(1)
                .map(|rest| rest.split("cy=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap())
                .collect();
            // Neither the cover picture nor a code to be read by a phone is a logo.
            let emblem = heights.iter().filter(|height| **height == 430_000).count();
            let logos = heights.iter().filter(|height| **height < 1_000_000);
            assert!(emblem > 0 && logos.clone().all(|height| *height <= 430_000), "{heights:?}");
            seen += logos.count();
        }
    }
    assert!(seen > 20);
}

#[test]
fn the_first_pages_are_drawn_and_workbooks_have_none() {
    for source in sources("fr") {
        let pages = source.preview().unwrap();
        let has_pages = source.nature().formats().contains(&Format::Pdf);
        assert_eq!(!pages.is_empty(), has_pages, "{:?}", source.nature());
        assert!(pages.len() <= 4 && pages.iter().all(|page| page.starts_with("<svg")), "{:?}", source.nature());
    }
}

#[test]
fn open_data_name_nobody_and_describe_every_column() {
    let Some(Source::Plan(plan)) = sources("fr").into_iter().next() else { unreachable!() };
    let (tables, files): (Vec<_>, Vec<_>) = moisson_document::open_data(&plan, "0190-d")
        .unwrap()
        .into_iter()
        .partition(|(name, _)| name.ends_with(".parquet"));
    let files: std::collections::BTreeMap<String, String> =
        files.into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    for (name, bytes) in tables {
        assert!(name.contains("/demarche=0190-d/") && bytes.starts_with(b"PAR1"), "{name}");
        let csv = name.rsplit('/').next().unwrap().replace(".parquet", ".csv");
        assert!(files.contains_key(&csv), "{name} is a table of its own");
    }
    let dictionary = &files["dictionnaire.csv"];
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".csv") && *name != "dictionnaire.csv") {
        let heading = text.trim_start_matches('\u{feff}').lines().next().unwrap();
        for column in heading.split(';') {
            assert!(
                dictionary.contains(&format!("{name};")) && dictionary.contains(&format!(";{column};")),
                "{name} {column}"
            );
        }
    }
    let all: String = files.values().map(String::as_str).collect();
    assert!(!all.contains("81 00 00 00"), "a telephone number stays");
}

#[test]
fn the_worst_texts_come_back_from_forms_as_they_were_sent() {
    for text in hostile::texts() {
        // Office programs keep no blank lines or blanks at the ends; forms hold none of the letters that XML forbids.
        let even = |text: &str| {
            let kept = text.chars().filter(|c| matches!(c, '\n' | '\t') || !c.is_control());
            let kept: String = kept.filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}')).collect();
            kept.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        for format in [Format::Docx, Format::Xlsx] {
            let form = hostile::form(&text);
            let bytes = form::write(&form, format).unwrap();
            if format == Format::Docx {
                for (name, text) in parts(&bytes) {
                    well_formed(&name, &text);
                }
            }
            let filled = form::read(&bytes).unwrap();
            assert_eq!(filled.identity[form::PROCESS], form.process);
            let back: Vec<(Option<&str>, String)> = filled
                .answers
                .iter()
                .map(|one| {
                    let given = if let Given::Words(words) = &one.given { even(words) } else { String::new() };
                    (one.key.as_deref(), given.chars().take(30_000).collect())
                })
                .collect();
            let sent: Vec<(Option<&str>, String)> = form.sections[0].groups[0]
                .fields
                .iter()
                .map(|field| (Some(field.key.as_str()), even(&text).chars().take(30_000).collect()))
                .collect();
            assert_eq!(back, sent, "{}", format.extension());
        }
    }
}

#[test]
fn bold_lists_and_links_are_in_every_format_that_holds_long_texts() {
    let mut plan = hostile::plan("fr");
    plan.axes[0].objectives[0].actions.truncate(1);
    plan.axes[0].objectives[0].actions[0].description =
        Some(String::from("Un **mot gras** et [un lien](https://doubs.fr/bus).\n\n- premier point\n- second point"));
    let source = Source::Plan(Box::new(plan));
    let written = |format| source.write(format).unwrap().remove(0).bytes;
    let part = |format, wanted: &str| {
        let all = parts(&written(format));
        all.into_iter().find(|(name, _)| name == wanted).unwrap().1
    };
    let html = String::from_utf8(written(Format::Html)).unwrap();
    assert!(
        html.contains("<strong>mot gras</strong>") && html.contains("<a href=\"https://doubs.fr/bus\">un lien</a>")
    );
    assert!(html.contains("premier point</li>"));
    let markdown = String::from_utf8(written(Format::Md)).unwrap();
    assert!(markdown.contains("Un **mot gras** et [un lien](<https://doubs.fr/bus>).\n\n- premier point"));
    let docx = part(Format::Docx, "word/document.xml");
    assert!(docx.contains("HYPERLINK &quot;https://doubs.fr/bus&quot;") && docx.contains("<w:b/>"));
    let odt = part(Format::Odt, "content.xml");
    assert!(
        odt.contains("xlink:href=\"https://doubs.fr/bus\"") && odt.contains("text:style-name=\"Strong\">mot gras<")
    );
    let pdf = written(Format::Pdf);
    assert!(pdf.windows(20).any(|some| some == b"https://doubs.fr/bus"), "the link is in the PDF");
}

#[test]
fn the_table_of_a_figure_is_told_once_where_it_takes_the_place_of_the_figure() {
    let mut seen = 0;
    for source in sources("fr").into_iter().filter(|source| source.nature().formats().contains(&Format::Md)) {
        let markdown = String::from_utf8(source.write(Format::Md).unwrap().remove(0).bytes).unwrap();
        let tables: Vec<&str> = markdown.split("\n\n").filter(|block| block.trim_start().starts_with("| ")).collect();
        assert!(tables.windows(2).all(|pair| pair[0].trim() != pair[1].trim()), "{:?}", source.nature());
        seen += tables.len();
    }
    assert!(seen > 10);
}

#[test]
fn lines_of_an_odt_are_as_high_as_the_pictures_that_stand_in_them() {
    // A line set closer than its letters ask cuts the top of a picture, or lays it over the line above.
    let odt = sources("fr").remove(0).write(Format::Odt).unwrap().remove(0).bytes;
    let styles = parts(&odt).into_iter().find(|(name, _)| name == "styles.xml").unwrap().1;
    for name in ["Figure", "Union"] {
        let style = styles.split(&format!("style:name=\"{name}\"")).nth(1).unwrap();
        let style = style.split("</style:style>").next().unwrap();
        assert!(style.contains("fo:line-height=\"100%\""), "{name}: {style}");
    }
}
