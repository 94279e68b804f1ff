//! The parts of the package that do not depend on the content.

use crate::{Face, Look, Picture, fonts, model::Meta};

pub(super) const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/><Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/fontTable.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.fontTable+xml"/><Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"#;

pub(super) const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"#;

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// What a part leads to: id, nature, target.
fn relationships<'a>(targets: impl IntoIterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#,
    );
    for (id, kind, target) in targets {
        out.push_str(&relationship(id, kind, target));
    }
    out.push_str("</Relationships>");
    out
}

/// One of them.
pub(super) fn relationship(id: &str, kind: &str, target: &str) -> String {
    format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
}

/// The parts that the text leads to; pictures under their place.
pub(super) fn document_relationships(look: &Look, codes: usize) -> String {
    let pictures = look.pictures().map(|one| (picture_id("rId", one), picture_path(one).replacen("word/", "", 1)));
    let codes = (1..=codes).map(|number| (code_id("rId", number), code_path(number).replacen("word/", "", 1)));
    let pictures: Vec<(String, String)> = pictures.chain(codes).collect();
    let known = [
        ("rIdStyles", "styles", "styles.xml"),
        ("rIdNumbering", "numbering", "numbering.xml"),
        ("rIdSettings", "settings", "settings.xml"),
        ("rIdFonts", "fontTable", "fontTable.xml"),
        ("rIdTheme", "theme", "theme/theme1.xml"),
        ("rIdFooter", "footer", "footer1.xml"),
        ("rIdEmblem", "image", "media/eu.png"),
    ];
    relationships(known.into_iter().chain(pictures.iter().map(|(id, path)| (id.as_str(), "image", path.as_str()))))
}

pub(super) fn footer_relationships() -> String {
    relationships([("rIdEmblem", "image", "media/eu.png")])
}

pub(super) fn font_relationships() -> String {
    relationships([("rIdRegular", "font", "fonts/font1.odttf"), ("rIdBold", "font", "fonts/font2.odttf")])
}

/// The name by which the text calls a picture; names begin alike.
pub(super) fn picture_id(prefix: &str, picture: &Picture) -> String {
    format!("{prefix}Picture{}", picture.place + 1)
}

/// The same for a code, counted from one, and where it lies.
pub(super) fn code_id(prefix: &str, number: usize) -> String {
    format!("{prefix}Code{number}")
}

pub(super) fn code_path(number: usize) -> String {
    format!("word/media/code{number}.png")
}

/// Where a picture lies in the package.
pub(super) fn picture_path(picture: &Picture) -> String {
    format!("word/media/picture{}.{}", picture.place + 1, picture.kind())
}

/// Our lists: bullets under the first number, then each numbered list with the number that it begins with.
pub(super) fn numbering(starts: &[u32]) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{}{}</w:numbering>"#,
        list_shapes(0),
        lists(1, 0, starts)
    )
}

/// The shapes of our lists, bullets and numbers, under numbers of their own.
pub(super) fn list_shapes(number: u32) -> String {
    let shape = |number: u32, format: &str, mark: &str, hanging: u32| {
        format!(
            r#"<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="{hanging}"/></w:pPr></w:lvl></w:abstractNum>"#
        )
    };
    shape(number, "bullet", "•", 227) + &shape(number + 1, "decimal", "%1.", 283)
}

/// Our lists, from a number on, in the shapes from a number on.
pub(super) fn lists(number: u32, shape: u32, starts: &[u32]) -> String {
    let bullets = format!(r#"<w:num w:numId="{number}"><w:abstractNumId w:val="{shape}"/></w:num>"#);
    let numbered = (number + 1..).zip(starts).map(|(number, start)| {
        format!(
            r#"<w:num w:numId="{number}"><w:abstractNumId w:val="{}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>"#,
            shape + 1
        )
    });
    std::iter::once(bullets).chain(numbered).collect()
}

/// Keys of the embedded fonts, regular and bold: fixed, so that the same document is the same bytes.
pub(super) const FONT_KEYS: [u128; 2] =
    [0x1DFB_3A8C_5B7E_4D1F_9C2A_7E61_0B5D_2F01, 0x6C90_42E7_D83B_4A56_B1F4_05AC_9E77_3D02];

/// The letters of the document, embedded, and what stands in for them where a program does not take them.
pub(super) fn fonts(face: Face) -> String {
    let (family, [regular, bold]) = (face.family(), FONT_KEYS.map(fonts::key_words));
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}"><w:font w:name="{family}"><w:altName w:val="Calibri"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/><w:embedRegular r:id="rIdRegular" w:fontKey="{regular}"/><w:embedBold r:id="rIdBold" w:fontKey="{bold}"/></w:font></w:fonts>"#
    )
}

pub(super) fn settings(meta: &Meta) -> String {
    let language = meta.locale();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:embedTrueTypeFonts/><w:updateFields w:val="true"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{language}"/></w:settings>"#
    )
}

/// A paragraph style: id, name, parent, paragraph properties, run properties.
fn paragraph(id: &str, name: &str, based_on: &str, next: &str, pr: &str, run: &str) -> String {
    let based = if based_on.is_empty() { String::new() } else { format!(r#"<w:basedOn w:val="{based_on}"/>"#) };
    format!(
        r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:next w:val="{next}"/><w:qFormat/><w:pPr>{pr}</w:pPr><w:rPr>{run}</w:rPr></w:style>"#
    )
}

pub(super) fn styles(meta: &Meta) -> String {
    let language = meta.locale();
    let ink = r#"<w:color w:val="1D1B17"/>"#;
    let heading = |level: u8, size: u8, before: u16, page: &str| {
        let after = if meta.cover { 120 } else { 70 };
        let pr = format!(
            r#"<w:keepNext/><w:keepLines/>{page}<w:spacing w:before="{before}" w:after="{after}"/><w:outlineLvl w:val="{}"/>"#,
            level - 1
        );
        let run = format!(r#"<w:b/>{ink}<w:sz w:val="{size}"/>"#);
        paragraph(&format!("Heading{level}"), &format!("heading {level}"), "Normal", "Normal", &pr, &run)
    };
    let toc = |level: u8| {
        let indent = u16::from(level - 1) * 280;
        let pr = format!(
            r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs><w:spacing w:after="40"/><w:ind w:left="{indent}"/>"#
        );
        paragraph(&format!("TOC{level}"), &format!("toc {level}"), "Normal", "Normal", &pr, "")
    };
    let break_before = if meta.cover { "<w:pageBreakBefore/>" } else { "" };
    let muted = r#"<w:color w:val="5B5548"/>"#;
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Source Sans 3" w:hAnsi="Source Sans 3" w:eastAsia="Source Sans 3" w:cs="Source Sans 3"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="50" w:line="228" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/></w:style><w:style w:type="character" w:styleId="Muted"><w:name w:val="Muted"/><w:rPr>{muted}<w:sz w:val="18"/></w:rPr></w:style><w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="1B5A93"/><w:u w:val="single"/></w:rPr></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:styleId="MoissonTable"><w:name w:val="Moisson Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="D9D2C0"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="D9D2C0"/><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9D2C0"/></w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#
    );
    let cover = if meta.cover { 2400 } else { 0 };
    // Papers of a few pages have smaller headings than a book with a cover.
    let [title, subtitle, one, two] = if meta.cover { [60, 28, 36, 26] } else { [36, 24, 30, 24] };
    let side = |name: &str| format!(r#"<w:{name} w:val="single" w:sz="6" w:space="3" w:color="1D1B17"/>"#);
    let sides = ["top", "left", "bottom", "right"].map(side).concat();
    let box_ = if meta.look.is_lined() { format!("<w:pBdr>{sides}</w:pBdr>") } else { String::new() };
    for style in [
        paragraph(
            "Title",
            "Title",
            "Normal",
            "Subtitle",
            r#"<w:spacing w:before="120" w:after="160"/>"#,
            &format!(r#"<w:b/>{ink}<w:sz w:val="{title}"/>"#),
        ),
        paragraph(
            "Subtitle",
            "Subtitle",
            "Normal",
            "Normal",
            r#"<w:spacing w:after="200"/>"#,
            &format!(r#"{muted}<w:sz w:val="{subtitle}"/>"#),
        ),
        paragraph(
            "Author",
            "Author",
            "Normal",
            "Title",
            &format!(r#"<w:spacing w:before="{cover}"/>"#),
            &format!(r#"{muted}<w:sz w:val="24"/>"#),
        ),
        paragraph(
            "ContentsHeading",
            "TOC Heading",
            "Normal",
            "Normal",
            r#"<w:spacing w:after="160"/>"#,
            r#"<w:b/><w:sz w:val="36"/>"#,
        ),
        heading(1, one, 240, break_before),
        heading(2, two, if meta.cover { 280 } else { 200 }, ""),
        heading(3, 32, 60, ""),
        paragraph(
            "Heading4",
            "heading 4",
            "Normal",
            "Normal",
            r#"<w:keepNext/><w:spacing w:before="90" w:after="20"/><w:outlineLvl w:val="3"/>"#,
            r#"<w:b/><w:color w:val="7A5200"/><w:sz w:val="20"/>"#,
        ),
        toc(1),
        toc(2),
        toc(3),
        paragraph("Trail", "Trail", "Normal", "Heading3", "<w:keepNext/>", &format!(r#"{muted}<w:sz w:val="19"/>"#)),
        paragraph(
            "Panel",
            "Panel",
            "Normal",
            "Panel",
            &format!(
                r#"{box_}<w:shd w:val="clear" w:color="auto" w:fill="FBF4E0"/><w:spacing w:after="60"/><w:contextualSpacing/>"#
            ),
            r#"<w:sz w:val="19"/>"#,
        ),
        paragraph(
            "ListBullet",
            "List Bullet",
            "Normal",
            "ListBullet",
            r#"<w:numPr><w:numId w:val="1"/></w:numPr><w:spacing w:after="30"/>"#,
            r#"<w:sz w:val="19"/>"#,
        ),
        paragraph(
            "ListNumber",
            "List Number",
            "Normal",
            "ListNumber",
            r#"<w:spacing w:after="30"/>"#,
            r#"<w:sz w:val="19"/>"#,
        ),
        paragraph(
            "TableText",
            "Table Text",
            "Normal",
            "TableText",
            r#"<w:spacing w:after="0"/>"#,
            r#"<w:sz w:val="18"/>"#,
        ),
        paragraph("TableRight", "Table Figures", "TableText", "TableRight", r#"<w:jc w:val="right"/>"#, ""),
        paragraph(
            "TableHead",
            "Table Head",
            "TableText",
            "TableHead",
            "<w:keepNext/>",
            &format!(r#"<w:b/>{muted}<w:sz w:val="17"/>"#),
        ),
        paragraph(
            "TableHeadRight",
            "Table Head Figures",
            "TableHead",
            "TableHeadRight",
            r#"<w:jc w:val="right"/>"#,
            "",
        ),
        paragraph(
            "TableEnd",
            "Table End",
            "Normal",
            "Normal",
            r#"<w:spacing w:after="0" w:line="80" w:lineRule="exact"/>"#,
            r#"<w:sz w:val="8"/>"#,
        ),
        paragraph(
            "Union",
            "Union",
            "Normal",
            "Normal",
            // As high as the emblem that stands in it: a line set closer would lie over the one above.
            r#"<w:spacing w:before="120" w:after="120" w:line="240" w:lineRule="auto"/>"#,
            r#"<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="16"/>"#,
        ),
        paragraph(
            "UnionFoot",
            "Union Foot",
            "Union",
            "Footer",
            r#"<w:spacing w:before="0" w:after="20"/>"#,
            r#"<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="13"/>"#,
        ),
        paragraph(
            "Footer",
            "footer",
            "Normal",
            "Footer",
            r#"<w:spacing w:after="0"/><w:jc w:val="right"/>"#,
            &format!(r#"{muted}<w:sz w:val="17"/>"#),
        ),
    ] {
        out.push_str(&style);
    }
    out.push_str("</w:styles>");
    let fit = |sheet: &str, size: &str| meta.look.fitted(sheet, "<w:style ", [size, "\""], 1.0);
    let fitted = fit(&fit(&out, "<w:sz w:val=\""), "<w:szCs w:val=\"");
    meta.look.paint(&fitted)
}
