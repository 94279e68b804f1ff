//! An organisation's own DOCX as style model.

use crate::hostile::sources;
use moisson_document::{Format, ModelProblem, Source, check_model};
use std::{
    io::{Cursor, Read, Write},
    sync::Arc,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A model as French Word makes them: ids of styles in French, names in English, the place of the content split into runs.
fn french(body: &str) -> Vec<u8> {
    let document = format!(r#"<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>"#);
    let styles = format!(
        r#"<?xml version="1.0"?><w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="Panel"><w:name w:val="Encadré maison"/></w:style></w:styles>"#
    );
    let types = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"/></Types>"#;
    let relations = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>"#;
    zipped(&[
        ("[Content_Types].xml", types),
        ("word/document.xml", &document),
        ("word/styles.xml", &styles),
        ("word/_rels/document.xml.rels", relations),
    ])
}

fn in_clothes(model: Vec<u8>) -> Vec<u8> {
    let mut source = sources("fr").remove(0);
    let Source::Plan(plan) = &mut source else { unreachable!() };
    plan.frame.look.model = Some(Arc::new(model));
    let docx = source.write(Format::Docx).unwrap().remove(0).bytes;
    assert_eq!(docx, source.write(Format::Docx).unwrap().remove(0).bytes);
    docx
}

#[test]
fn the_content_takes_the_place_of_its_paragraph_under_the_models_own_styles() {
    let body = r#"<w:p><w:r><w:t>Page de garde maison</w:t></w:r></w:p><w:p><w:r><w:t>{{con</w:t></w:r><w:r><w:t>tenu}}</w:t></w:r></w:p><w:p><w:r><w:t>Mentions légales</w:t></w:r></w:p><w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="2000" w:right="2000"/></w:sectPr>"#;
    let docx = in_clothes(french(body));
    let text = part(&docx, "word/document.xml");
    let at = |words: &str| text.find(words).unwrap_or_else(|| panic!("{words}"));
    assert!(at("Page de garde maison") < at("w:val=\"Titre1\"") && at("w:val=\"Titre1\"") < at("Mentions légales"));
    assert!(!text.contains("tenu}}</w:t></w:r></w:p><w:p><w:r><w:t>Mentions"));
    assert!(!text.contains("\"Heading1\"") && text.contains("\"Heading2\""));
    // A style of another name has the id of one of ours.
    assert!(text.contains("\"MoissonPanel\""));
    let styles = part(&docx, "word/styles.xml");
    assert!(styles.contains("w:styleId=\"MoissonPanel\"") && styles.contains("Encadré maison"));
    assert_eq!(styles.matches("<w:name w:val=\"heading 1\"/>").count(), 1);
    assert!(styles.contains("<w:basedOn w:val=\"Normal\"/>"));
    assert!(part(&docx, "[Content_Types].xml").contains("document.main+xml"));
}

#[test]
fn a_document_of_ours_can_be_the_model_of_the_next() {
    let first = sources("fr").remove(0).write(Format::Docx).unwrap().remove(0).bytes;
    check_model(&first).unwrap();
    let second = in_clothes(first.clone());
    // All styles are there already, and the same pictures lie under new names.
    assert_eq!(
        part(&second, "word/styles.xml").matches("<w:style ").count(),
        part(&first, "word/styles.xml").matches("<w:style ").count()
    );
    assert!(part(&second, "word/_rels/document.xml.rels").contains("rIdM0Emblem"));
    let third = in_clothes(second);
    assert!(part(&third, "word/_rels/document.xml.rels").contains("rIdM1Emblem"));
}

/// The values of an attribute in every element of a name.
fn values(xml: &str, element: &str, attribute: &str) -> Vec<String> {
    let (element, attribute) = (format!("<{element} "), format!("{attribute}=\""));
    let tags = xml.split(&element).skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| Some(tag.split(&attribute).nth(1)?.split('"').next()?.to_owned())).collect()
}

#[test]
fn a_model_that_keeps_a_text_of_ours_around_the_next_gives_no_name_or_number_twice() {
    let first = sources("fr").remove(0).write(Format::Docx).unwrap().remove(0).bytes;
    let mut zip = ZipArchive::new(Cursor::new(&first)).unwrap();
    let mut around = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..zip.len() {
        let mut one = zip.by_index(at).unwrap();
        let (name, mut bytes) = (one.name().unwrap().into_owned(), Vec::new());
        one.read_to_end(&mut bytes).unwrap();
        if name == "word/document.xml" {
            let text = String::from_utf8(bytes).unwrap();
            let place = "<w:p><w:r><w:t>{{contenu}}</w:t></w:r></w:p><w:sectPr>";
            assert_eq!(text.matches("<w:sectPr>").count(), 1);
            bytes = text.replace("<w:sectPr>", place).into_bytes();
        }
        around.start_file(name, SimpleFileOptions::default()).unwrap();
        around.write_all(&bytes).unwrap();
    }
    let docx = in_clothes(around.finish().unwrap().into_inner());
    let text = part(&docx, "word/document.xml");
    assert_eq!(text.matches("w:val=\"Title\"").count(), 2, "theirs and ours");
    let mut counted = 0;
    for (element, attribute) in [("w:bookmarkStart", "w:id"), ("w:bookmarkStart", "w:name"), ("wp:docPr", "id")] {
        let mut all = values(&text, element, attribute);
        counted += all.len();
        all.sort();
        let twice: Vec<&[String]> = all.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{element} {attribute}: {twice:?}");
    }
    assert!(counted > 40);
    let marks = values(&text, "w:bookmarkStart", "w:name");
    for anchor in values(&text, "w:hyperlink", "w:anchor") {
        assert!(marks.contains(&anchor), "a link leads to {anchor}, which is nowhere");
    }
    let rels = part(&docx, "word/_rels/document.xml.rels");
    let mut ids = values(&rels, "Relationship", "Id");
    ids.sort();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "{ids:?}");
}

#[test]
fn what_is_no_harmless_model_is_refused_for_its_own_reason() {
    use ModelProblem::*;
    let plain = "<w:p/><w:sectPr/>";
    let with = |name: &str, text: &str| {
        let mut zip = ZipWriter::new_append(Cursor::new(french(plain))).unwrap();
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(check_model(&french(plain)), Ok(()));
    assert_eq!(check_model(b"du texte"), Err(NotADocument));
    assert_eq!(check_model(&zipped(&[("mimetype", "application/vnd.oasis.opendocument.text")])), Err(NotADocument));
    assert_eq!(check_model(&with("word/vbaProject.bin", "")), Err(Macros));
    assert_eq!(check_model(&with("word/embeddings/object1.bin", "")), Err(Objects));
    let outside = r#"<Relationships><Relationship Id="a" Type="x/image" Target="http://example.org/a.png" TargetMode="External"/></Relationships>"#;
    assert_eq!(check_model(&with("word/_rels/header1.xml.rels", outside)), Err(Outside));
    assert_eq!(check_model(&with("word/media/a.bin", &" ".repeat(65 << 20))), Err(TooBig));
    assert_eq!(check_model(&french("<w:p></w:q>")), Err(Damaged));
    assert_eq!(check_model(&french("<w:altChunk r:id=\"a\"></w:altChunk>")), Err(Objects));
    let mut cut = french(plain);
    cut.truncate(cut.len() / 2);
    assert_eq!(check_model(&cut), Err(NotADocument));
}
