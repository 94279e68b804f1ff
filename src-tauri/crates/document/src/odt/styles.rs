//! Styles and pages.

use super::{FONTS, NAMESPACES, body::union};
use crate::{
    model::{Document, Meta},
    xml::{Written, Xml},
};

/// A paragraph style: name, shown name, parent, level of outline, properties of paragraph and of text.
struct Style<'a> {
    name: &'a str,
    shown: &'a str,
    parent: &'a str,
    paragraph: &'a [(&'a str, &'a str)],
    text: &'a [(&'a str, &'a str)],
}

const INK: (&str, &str) = ("fo:color", "#1d1b17");
const MUTED: (&str, &str) = ("fo:color", "#5b5548");
const GOLD: (&str, &str) = ("fo:color", "#7a5200");
const BOLD: (&str, &str) = ("fo:font-weight", "bold");
const KEEP: (&str, &str) = ("fo:keep-with-next", "always");

pub(super) fn styles(document: &Document) -> std::io::Result<Vec<u8>> {
    let meta = &document.meta;
    let mut xml = Xml::document()?;
    xml.within("office:document-styles", &NAMESPACES, |xml| {
        xml.within("office:font-face-decls", &[], |xml| {
            let font = [
                ("style:name", "Source Sans 3"),
                ("svg:font-family", "'Source Sans 3'"),
                ("style:font-family-generic", "swiss"),
                ("style:font-pitch", "variable"),
            ];
            xml.within("style:font-face", &font, |xml| xml.within("svg:font-face-src", &[], embedded))?;
            let arial = [("style:name", "Arial"), ("svg:font-family", "Arial"), ("style:font-family-generic", "swiss")];
            xml.empty("style:font-face", &arial)
        })?;
        xml.within("office:styles", &[], |xml| {
            defaults(xml, meta.locale())?;
            paragraphs(xml, meta)?;
            spans(xml)?;
            outline(xml)?;
            bullets(xml)?;
            numbers(xml)
        })?;
        xml.within("office:automatic-styles", &[], |xml| page(xml, meta.landscape))?;
        xml.within("office:master-styles", &[], |xml| {
            let cover =
                [("style:name", "Cover"), ("style:page-layout-name", "Page"), ("style:next-style-name", "Standard")];
            xml.empty("style:master-page", &cover)?;
            xml.within("style:master-page", &[("style:name", "Standard"), ("style:page-layout-name", "Page")], |xml| {
                xml.within("style:footer", &[], |xml| foot(xml, document))
            })
        })
    })?;
    let styles = xml.finish();
    let look = &meta.look;
    let dressed = std::str::from_utf8(&styles)
        .map(|sheet| look.paint(&look.fitted(sheet, "<style:style ", ["fo:font-size=\"", "pt\""], 10.0)).into_bytes());
    Ok(dressed.unwrap_or(styles))
}

/// The files of the letters, in the package.
fn embedded(xml: &mut Xml) -> Written {
    for (path, weight) in FONTS.into_iter().zip(["normal", "bold"]) {
        let file = [
            ("xlink:href", path),
            ("xlink:type", "simple"),
            ("loext:font-style", "normal"),
            ("loext:font-weight", weight),
        ];
        xml.within("svg:font-face-uri", &file, |xml| xml.empty("svg:font-face-format", &[("svg:string", "truetype")]))?;
    }
    Ok(())
}

fn defaults(xml: &mut Xml, locale: &str) -> Written {
    let (language, country) = locale.split_once('-').unwrap_or((locale, ""));
    xml.within("style:default-style", &[("style:family", "paragraph")], |xml| {
        xml.empty(
            "style:paragraph-properties",
            &[("fo:orphans", "2"), ("fo:widows", "2"), ("fo:hyphenation-ladder-count", "2"), ("fo:line-height", "95%")],
        )?;
        xml.empty(
            "style:text-properties",
            &[
                INK,
                ("style:font-name", "Source Sans 3"),
                ("fo:font-size", "10pt"),
                ("fo:language", language),
                ("fo:country", country),
                ("fo:hyphenate", "true"),
                ("fo:hyphenation-remain-char-count", "3"),
                ("fo:hyphenation-push-char-count", "3"),
            ],
        )
    })
}

fn paragraphs(xml: &mut Xml, meta: &Meta) -> Written {
    let cover = meta.cover;
    let before = if cover { "55mm" } else { "0mm" };
    // Papers of a few pages have smaller headings than a book with a cover.
    let (size, subtitle, [one, two]) =
        if cover { ("30pt", "14pt", ["18pt", "13pt"]) } else { ("18pt", "12pt", ["15pt", "12pt"]) };
    let new_page: &[(&str, &str)] = if cover { &[("fo:break-before", "page")] } else { &[] };
    let first: Vec<(&str, &str)> =
        [&[KEEP, ("fo:margin-top", "4mm"), ("fo:margin-bottom", if cover { "2mm" } else { "1.2mm" })], new_page]
            .concat();
    let leader = ("fo:margin-bottom", "0.7mm");
    let mut panel = vec![("fo:background-color", "#fbf4e0"), ("fo:padding", "0.4mm")];
    if meta.look.is_lined() {
        panel.push(("fo:border", "0.7pt solid #1d1b17"));
    }
    let list = [
        Style {
            name: "Text_20_body",
            shown: "Text body",
            parent: "Standard",
            paragraph: &[("fo:margin-bottom", "0.9mm")],
            text: &[],
        },
        Style {
            name: "Author",
            shown: "Author",
            parent: "Standard",
            paragraph: &[("fo:margin-top", before)],
            text: &[MUTED, ("fo:font-size", "12pt")],
        },
        Style {
            name: "Title",
            shown: "Title",
            parent: "Standard",
            paragraph: &[("fo:margin-top", "2mm"), ("fo:margin-bottom", "3mm")],
            text: &[BOLD, ("fo:font-size", size), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Subtitle",
            shown: "Subtitle",
            parent: "Standard",
            paragraph: &[("fo:margin-bottom", "4mm")],
            text: &[MUTED, ("fo:font-size", subtitle)],
        },
        Style {
            name: "Heading_20_1",
            shown: "Heading 1",
            parent: "Standard",
            paragraph: &first,
            text: &[BOLD, ("fo:font-size", one), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Heading_20_2",
            shown: "Heading 2",
            parent: "Standard",
            paragraph: &[
                KEEP,
                ("fo:margin-top", if cover { "5mm" } else { "3.5mm" }),
                ("fo:margin-bottom", if cover { "2mm" } else { "1mm" }),
            ],
            text: &[BOLD, ("fo:font-size", two), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Heading_20_3",
            shown: "Heading 3",
            parent: "Standard",
            paragraph: &[KEEP, ("fo:margin-top", "1mm"), ("fo:margin-bottom", "2mm")],
            text: &[BOLD, ("fo:font-size", "16pt"), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Heading_20_4",
            shown: "Heading 4",
            parent: "Standard",
            paragraph: &[KEEP, ("fo:margin-top", "1.6mm"), ("fo:margin-bottom", "0.4mm")],
            text: &[BOLD, GOLD, ("fo:hyphenate", "false")],
        },
        Style {
            name: "Contents_20_Heading",
            shown: "Contents Heading",
            parent: "Standard",
            paragraph: &[KEEP, ("fo:break-before", "page"), ("fo:margin-bottom", "3mm")],
            text: &[BOLD, ("fo:font-size", "18pt")],
        },
        Style {
            name: "Trail",
            shown: "Trail",
            parent: "Standard",
            paragraph: &[KEEP],
            text: &[MUTED, ("fo:font-size", "9.5pt")],
        },
        Style {
            name: "Panel",
            shown: "Panel",
            parent: "Standard",
            paragraph: &panel,
            text: &[("fo:font-size", "9.5pt")],
        },
        Style {
            name: "List_20_Bullet",
            shown: "List Bullet",
            parent: "Standard",
            paragraph: &[("fo:margin-bottom", "0.5mm")],
            text: &[("fo:font-size", "9.5pt")],
        },
        Style { name: "List_20_Number", shown: "List Number", parent: "List_20_Bullet", paragraph: &[], text: &[] },
        Style {
            name: "Table_20_Contents",
            shown: "Table Contents",
            parent: "Standard",
            paragraph: &[],
            text: &[("fo:font-size", "9pt")],
        },
        Style {
            name: "Table_20_Figures",
            shown: "Table Figures",
            parent: "Table_20_Contents",
            paragraph: &[("fo:text-align", "end")],
            text: &[],
        },
        Style {
            name: "Table_20_Heading",
            shown: "Table Heading",
            parent: "Table_20_Contents",
            paragraph: &[KEEP],
            text: &[BOLD, MUTED, ("fo:font-size", "9pt"), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Table_20_Heading_20_Figures",
            shown: "Table Heading Figures",
            parent: "Table_20_Heading",
            paragraph: &[("fo:text-align", "end")],
            text: &[],
        },
        Style {
            name: "Table_20_End",
            shown: "Table End",
            parent: "Standard",
            paragraph: &[],
            text: &[("fo:font-size", "3pt")],
        },
        Style {
            name: "Figure",
            shown: "Figure",
            parent: "Standard",
            // As high as what stands in it, as below.
            paragraph: &[KEEP, ("fo:margin-top", "2mm"), ("fo:margin-bottom", "1mm"), ("fo:line-height", "100%")],
            text: &[],
        },
        Style {
            name: "Union",
            shown: "Union",
            parent: "Standard",
            // As high as the emblem that stands in it: a line set closer would lie over the one above.
            paragraph: &[("fo:margin-top", "2mm"), ("fo:margin-bottom", "2mm"), ("fo:line-height", "100%")],
            text: &[("style:font-name", "Arial"), ("fo:font-size", "8pt"), ("fo:hyphenate", "false")],
        },
        Style {
            name: "Union_20_Foot",
            shown: "Union Foot",
            parent: "Union",
            paragraph: &[("fo:margin-top", "0mm"), ("fo:margin-bottom", "0.4mm")],
            text: &[("style:font-name", "Arial"), ("fo:font-size", "6.5pt")],
        },
        Style {
            name: "Footer",
            shown: "Footer",
            parent: "Standard",
            paragraph: &[("fo:text-align", "end")],
            text: &[MUTED, ("fo:font-size", "8.5pt")],
        },
    ];
    xml.empty("style:style", &[("style:name", "Standard"), ("style:family", "paragraph"), ("style:class", "text")])?;
    for style in &list {
        paragraph(xml, style)?;
    }
    for (level, indent, bold) in [("1", "0mm", true), ("2", "5mm", false), ("3", "10mm", false)] {
        let attributes = [
            ("style:name", format!("Contents_20_{level}")),
            ("style:display-name", format!("Contents {level}")),
            ("style:family", String::from("paragraph")),
            ("style:parent-style-name", String::from("Standard")),
        ];
        let attributes: Vec<(&str, &str)> = attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
        xml.within("style:style", &attributes, |xml| {
            xml.within("style:paragraph-properties", &[leader, ("fo:margin-left", indent)], |xml| {
                xml.within("style:tab-stops", &[], |xml| {
                    let position = format!("{}mm", 170 - indent.trim_end_matches("mm").parse::<i32>().unwrap_or(0));
                    xml.empty(
                        "style:tab-stop",
                        &[
                            ("style:position", &position),
                            ("style:type", "right"),
                            ("style:leader-style", "dotted"),
                            ("style:leader-text", "."),
                        ],
                    )
                })
            })?;
            if bold { xml.empty("style:text-properties", &[BOLD]) } else { Ok(()) }
        })?;
    }
    Ok(())
}

fn paragraph(xml: &mut Xml, style: &Style<'_>) -> Written {
    let mut attributes = vec![
        ("style:name", style.name),
        ("style:display-name", style.shown),
        ("style:family", "paragraph"),
        ("style:parent-style-name", style.parent),
    ];
    let level = style.name.strip_prefix("Heading_20_");
    if let Some(level) = level {
        attributes.push(("style:next-style-name", "Text_20_body"));
        attributes.push(("style:default-outline-level", level));
    }
    xml.within("style:style", &attributes, |xml| {
        if !style.paragraph.is_empty() {
            xml.empty("style:paragraph-properties", style.paragraph)?;
        }
        if style.text.is_empty() { Ok(()) } else { xml.empty("style:text-properties", style.text) }
    })
}

fn spans(xml: &mut Xml) -> Written {
    for (name, shown, text) in [
        ("Strong", "Strong", vec![BOLD]),
        ("Index_20_Link", "Index Link", vec![INK, ("style:text-underline-style", "none")]),
        ("Muted", "Muted", vec![MUTED, ("fo:font-size", "9.5pt")]),
        ("Internet_20_link", "Internet link", vec![("fo:color", "#1b5a93"), ("style:text-underline-style", "solid")]),
    ] {
        let attributes = [("style:name", name), ("style:display-name", shown), ("style:family", "text")];
        xml.within("style:style", &attributes, |xml| xml.empty("style:text-properties", &text))?;
    }
    Ok(())
}

/// Headings are numbered by us: a number said twice would be read twice.
fn outline(xml: &mut Xml) -> Written {
    xml.within("text:outline-style", &[("style:name", "Outline")], |xml| {
        for level in ["1", "2", "3", "4"] {
            xml.empty("text:outline-level-style", &[("text:level", level), ("style:num-format", "")])?;
        }
        Ok(())
    })
}

fn bullets(xml: &mut Xml) -> Written {
    xml.within("text:list-style", &[("style:name", "List_20_1"), ("style:display-name", "List 1")], |xml| {
        xml.within("text:list-level-style-bullet", &[("text:level", "1"), ("text:bullet-char", "•")], |xml| {
            xml.within(
                "style:list-level-properties",
                &[("text:list-level-position-and-space-mode", "label-alignment")],
                |xml| xml.empty("style:list-level-label-alignment", &HANGING),
            )
        })
    })
}

/// Where the mark of an item stands, and its words.
const HANGING: [(&str, &str); 3] =
    [("text:label-followed-by", "listtab"), ("fo:text-indent", "-4mm"), ("fo:margin-left", "6mm")];

fn numbers(xml: &mut Xml) -> Written {
    let style = [("style:name", "Numbering_20_1"), ("style:display-name", "Numbering 1")];
    xml.within("text:list-style", &style, |xml| {
        let level = [("text:level", "1"), ("style:num-format", "1"), ("style:num-suffix", ".")];
        xml.within("text:list-level-style-number", &level, |xml| {
            xml.within(
                "style:list-level-properties",
                &[("text:list-level-position-and-space-mode", "label-alignment")],
                |xml| xml.empty("style:list-level-label-alignment", &HANGING),
            )
        })
    })
}

fn page(xml: &mut Xml, landscape: bool) -> Written {
    let (width, height, orientation) =
        if landscape { ("297mm", "210mm", "landscape") } else { ("210mm", "297mm", "portrait") };
    xml.within("style:page-layout", &[("style:name", "Page")], |xml| {
        xml.empty(
            "style:page-layout-properties",
            &[
                ("fo:page-width", width),
                ("fo:page-height", height),
                ("style:print-orientation", orientation),
                ("fo:margin-top", "12mm"),
                ("fo:margin-bottom", "10mm"),
                ("fo:margin-left", "20mm"),
                ("fo:margin-right", "20mm"),
            ],
        )?;
        xml.within("style:footer-style", &[], |xml| {
            xml.empty("style:header-footer-properties", &[("fo:min-height", "10mm"), ("fo:margin-top", "1mm")])
        })
    })
}

fn foot(xml: &mut Xml, document: &Document) -> Written {
    let meta = &document.meta;
    union(xml, meta, "Union_20_Foot", 6.0, "emblem-foot")?;
    xml.within("text:p", &[("text:style-name", "Footer")], |xml| {
        if let Some(footer) = &meta.look.footer {
            xml.text(&format!("{footer} · "))?;
        }
        xml.text(&format!("{} · ", meta.running))?;
        xml.holding("text:page-number", &[("text:select-page", "current")], "1")?;
        if meta.page_total {
            xml.text("/")?;
            xml.holding("text:page-count", &[], "1")?;
        }
        Ok(())
    })
}
