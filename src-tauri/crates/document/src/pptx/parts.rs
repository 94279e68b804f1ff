//! What does not depend on the slides: the presentation, its master and layouts.

use super::NAMESPACES;
use crate::{
    model::{Deck, Meta},
    xml::{Written, Xml},
};
use std::io::Result;

/// Width and height of a slide, in English Metric Units (360,000 to the centimetre).
pub(super) const SLIDE: [i64; 2] = [12_192_000, 6_858_000];
const TYPES: &str = "application/vnd.openxmlformats-officedocument.presentationml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A layout.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Title, subtitle, funder.
    Cover,
    /// Title and lines.
    Lines,
    /// Title, then what is drawn.
    Free,
}

/// Where something stands: left, top, width, height.
pub(super) type Place = [i64; 4];
pub(super) const TITLE: Place = [612_000, 400_000, 10_968_000, 960_000];
pub(super) const BODY: Place = [612_000, 1_500_000, 10_968_000, 4_400_000];
const COVER_TITLE: Place = [612_000, 1_500_000, 10_400_000, 1_700_000];
const COVER_SUBTITLE: Place = [612_000, 3_400_000, 10_400_000, 1_100_000];
/// The line under a title, in the colour of the charter.
const RULE: Place = [612_000, 1_385_000, 1_440_000, 38_100];
const COVER_RULE: Place = [612_000, 3_280_000, 2_160_000, 50_800];
const NUMBER: Place = [10_780_000, 6_300_000, 800_000, 360_000];
const RUNNING: Place = [6_400_000, 6_300_000, 4_300_000, 360_000];

pub(super) fn relationships(targets: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    let namespace = ("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
    xml.within("Relationships", &[namespace], |xml| {
        for (number, (kind, target)) in (1..).zip(targets) {
            let id = format!("rId{number}");
            let kind = if kind.starts_with("metadata/") {
                format!("http://schemas.openxmlformats.org/package/2006/relationships/{kind}")
            } else {
                format!("{OFFICE}/{kind}")
            };
            xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", target)])?;
        }
        Ok(())
    })?;
    Ok(xml.finish())
}

pub(super) fn content_types(slides: usize) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    let namespace = ("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    xml.within("Types", &[namespace], |xml| {
        for (extension, kind) in [
            ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            ("xml", "application/xml"),
            ("png", "image/png"),
            ("jpeg", "image/jpeg"),
        ] {
            xml.empty("Default", &[("Extension", extension), ("ContentType", kind)])?;
        }
        let mut part = |name: &str, kind: &str| xml.empty("Override", &[("PartName", name), ("ContentType", kind)]);
        let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
        part("/ppt/presentation.xml", &format!("{TYPES}.presentation.main+xml"))?;
        part("/ppt/presProps.xml", &format!("{TYPES}.presProps+xml"))?;
        part("/ppt/viewProps.xml", &format!("{TYPES}.viewProps+xml"))?;
        part("/ppt/tableStyles.xml", &format!("{TYPES}.tableStyles+xml"))?;
        part("/ppt/theme/theme1.xml", theme)?;
        part("/ppt/theme/theme2.xml", theme)?;
        part("/ppt/slideMasters/slideMaster1.xml", &format!("{TYPES}.slideMaster+xml"))?;
        for number in 1..=3 {
            part(&format!("/ppt/slideLayouts/slideLayout{number}.xml"), &format!("{TYPES}.slideLayout+xml"))?;
        }
        part("/ppt/notesMasters/notesMaster1.xml", &format!("{TYPES}.notesMaster+xml"))?;
        for number in 1..=slides {
            part(&format!("/ppt/slides/slide{number}.xml"), &format!("{TYPES}.slide+xml"))?;
            part(&format!("/ppt/notesSlides/notesSlide{number}.xml"), &format!("{TYPES}.notesSlide+xml"))?;
        }
        part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")?;
        part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")
    })?;
    Ok(xml.finish())
}

/// The relationships of the presentation: master, notes' master, slides, then what it looks like.
pub(super) fn presentation_relationships(slides: usize) -> Result<Vec<u8>> {
    let paths: Vec<String> = (1..=slides).map(|number| format!("slides/slide{number}.xml")).collect();
    let mut targets =
        vec![("slideMaster", "slideMasters/slideMaster1.xml"), ("notesMaster", "notesMasters/notesMaster1.xml")];
    targets.extend(paths.iter().map(|path| ("slide", path.as_str())));
    targets.extend([
        ("presProps", "presProps.xml"),
        ("viewProps", "viewProps.xml"),
        ("theme", "theme/theme1.xml"),
        ("tableStyles", "tableStyles.xml"),
    ]);
    relationships(&targets)
}

pub(super) fn presentation(deck: &Deck) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.within("p:presentation", &[NAMESPACES.as_slice(), &[("saveSubsetFonts", "1")]].concat(), |xml| {
        xml.within("p:sldMasterIdLst", &[], |xml| {
            xml.empty("p:sldMasterId", &[("id", "2147483648"), ("r:id", "rId1")])
        })?;
        xml.within("p:notesMasterIdLst", &[], |xml| xml.empty("p:notesMasterId", &[("r:id", "rId2")]))?;
        xml.within("p:sldIdLst", &[], |xml| {
            (0..deck.slides.len()).try_for_each(|index| {
                let (id, relation) = ((256 + index).to_string(), format!("rId{}", index + 3));
                xml.empty("p:sldId", &[("id", &id), ("r:id", &relation)])
            })
        })?;
        let [width, height] = SLIDE.map(|one| one.to_string());
        xml.empty("p:sldSz", &[("cx", &width), ("cy", &height)])?;
        xml.empty("p:notesSz", &[("cx", "6858000"), ("cy", "9144000")])
    })?;
    Ok(xml.finish())
}

/// A part that says nothing but must be there.
pub(super) fn plain(root: &str, attributes: &[(&str, &str)]) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.empty(root, &[NAMESPACES.as_slice(), attributes].concat())?;
    Ok(xml.finish())
}

pub(super) fn table_styles() -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.empty("a:tblStyleLst", &[NAMESPACES[0], ("def", "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}")])?;
    Ok(xml.finish())
}

/// The root of a tree of shapes.
pub(super) fn tree(xml: &mut Xml, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    named_tree(xml, "", inside)
}

/// The same with the name that layouts go by.
fn named_tree(xml: &mut Xml, name: &str, inside: impl FnOnce(&mut Xml) -> Written) -> Written {
    let name: &[(&str, &str)] = if name.is_empty() { &[] } else { &[("name", name)] };
    xml.within("p:cSld", name, |xml| {
        xml.within("p:spTree", &[], |xml| {
            xml.within("p:nvGrpSpPr", &[], |xml| {
                xml.empty("p:cNvPr", &[("id", "1"), ("name", "")])?;
                xml.empty("p:cNvGrpSpPr", &[])?;
                xml.empty("p:nvPr", &[])
            })?;
            xml.empty("p:grpSpPr", &[])?;
            inside(xml)
        })
    })
}

pub(super) fn transform(xml: &mut Xml, name: &str, place: Place) -> Written {
    let [x, y, cx, cy] = place.map(|one| one.to_string());
    xml.within(name, &[], |xml| {
        xml.empty("a:off", &[("x", &x), ("y", &y)])?;
        xml.empty("a:ext", &[("cx", &cx), ("cy", &cy)])
    })
}

/// A colour of the theme.
pub(super) fn fill(xml: &mut Xml, colour: &str) -> Written {
    xml.within("a:solidFill", &[], |xml| xml.empty("a:schemeClr", &[("val", colour)]))
}

/// What says that a shape holds a place: of which kind, and which of several.
pub(super) fn held(xml: &mut Xml, id: u32, kind: &str, index: Option<&str>) -> Written {
    xml.within("p:nvSpPr", &[], |xml| {
        xml.empty("p:cNvPr", &[("id", &id.to_string()), ("name", &format!("{kind} {id}"))])?;
        xml.within("p:cNvSpPr", &[], |xml| xml.empty("a:spLocks", &[("noGrp", "1")]))?;
        xml.within("p:nvPr", &[], |xml| {
            let mut attributes = vec![("type", kind)];
            attributes.extend(index.map(|index| ("idx", index)));
            xml.empty("p:ph", &attributes)
        })
    })
}

/// A placeholder of the master or a layout: where it stands and what it says until it is filled.
fn placeholder(
    xml: &mut Xml,
    id: u32,
    kind: &str,
    index: Option<&str>,
    place: Place,
    prompt: &str,
    size: &str,
) -> Written {
    xml.within("p:sp", &[], |xml| {
        held(xml, id, kind, index)?;
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", place)?;
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))
        })?;
        xml.within("p:txBody", &[], |xml| {
            let anchor = if kind == "ctrTitle" || kind == "title" { "b" } else { "t" };
            xml.within("a:bodyPr", &[("lIns", "0"), ("rIns", "0"), ("anchor", anchor)], |xml| {
                xml.empty("a:normAutofit", &[])
            })?;
            xml.within("a:lstStyle", &[], |xml| {
                if size.is_empty() {
                    return Ok(());
                }
                let small = matches!(kind, "ftr" | "sldNum");
                let align = if small { "r" } else { "l" };
                xml.within("a:lvl1pPr", &[("marL", "0"), ("indent", "0"), ("algn", align)], |xml| {
                    xml.empty("a:buNone", &[])?;
                    xml.within("a:defRPr", &[("sz", size)], |xml| {
                        fill(xml, if small || kind == "subTitle" { "tx2" } else { "tx1" })?;
                        xml.empty("a:latin", &[("typeface", "+mn-lt")])
                    })
                })
            })?;
            xml.within("a:p", &[], |xml| {
                if kind == "sldNum" {
                    return xml.within(
                        "a:fld",
                        &[("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"), ("type", "slidenum")],
                        |xml| {
                            xml.empty("a:rPr", &[("lang", "fr-FR")])?;
                            xml.holding("a:t", &[], "‹#›")
                        },
                    );
                }
                xml.within("a:r", &[], |xml| {
                    xml.empty("a:rPr", &[("lang", "fr-FR")])?;
                    xml.holding("a:t", &[], prompt)
                })
            })
        })
    })
}

pub(super) fn master(deck: &Deck) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.within("p:sldMaster", &NAMESPACES, |xml| {
        tree(xml, |xml| {
            placeholder(xml, 2, "title", None, TITLE, &deck.meta.title, "")?;
            placeholder(xml, 3, "body", Some("1"), BODY, "…", "")?;
            placeholder(xml, 4, "ftr", Some("3"), RUNNING, &deck.meta.running, "1000")?;
            placeholder(xml, 5, "sldNum", Some("4"), NUMBER, "", "1000")
        })?;
        xml.empty(
            "p:clrMap",
            &[
                ("bg1", "lt1"),
                ("tx1", "dk1"),
                ("bg2", "lt2"),
                ("tx2", "dk2"),
                ("accent1", "accent1"),
                ("accent2", "accent2"),
                ("accent3", "accent3"),
                ("accent4", "accent4"),
                ("accent5", "accent5"),
                ("accent6", "accent6"),
                ("hlink", "hlink"),
                ("folHlink", "folHlink"),
            ],
        )?;
        xml.within("p:sldLayoutIdLst", &[], |xml| {
            (1..=3).try_for_each(|number: u32| {
                let (id, relation) = ((2_147_483_648 + number).to_string(), format!("rId{number}"));
                xml.empty("p:sldLayoutId", &[("id", &id), ("r:id", &relation)])
            })
        })?;
        xml.within("p:txStyles", &[], |xml| {
            let style = |xml: &mut Xml, name: &str, size: &str, bold: &str, bullet: bool| {
                xml.within(name, &[], |xml| {
                    let indent: &[(&str, &str)] =
                        if bullet { &[("marL", "285750"), ("indent", "-285750")] } else { &[] };
                    xml.within("a:lvl1pPr", &[indent, &[("algn", "l")]].concat(), |xml| {
                        xml.within("a:spcBef", &[], |xml| {
                            xml.empty("a:spcPts", &[("val", if bullet { "1000" } else { "0" })])
                        })?;
                        if bullet {
                            xml.within("a:buClr", &[], |xml| xml.empty("a:schemeClr", &[("val", "accent2")]))?;
                            xml.empty("a:buChar", &[("char", "•")])?;
                        } else {
                            xml.empty("a:buNone", &[])?;
                        }
                        xml.within("a:defRPr", &[("sz", size), ("b", bold)], |xml| {
                            fill(xml, "tx1")?;
                            xml.empty("a:latin", &[("typeface", "+mn-lt")])
                        })
                    })
                })
            };
            style(xml, "p:titleStyle", "2800", "1", false)?;
            style(xml, "p:bodyStyle", "2200", "0", true)?;
            style(xml, "p:otherStyle", "1800", "0", false)
        })
    })?;
    Ok(xml.finish())
}

pub(super) fn layout(deck: &Deck, layout: Layout) -> Result<Vec<u8>> {
    let (kind, name) = match layout {
        Layout::Cover => ("title", "Couverture"),
        Layout::Lines => ("obj", "Titre et texte"),
        Layout::Free => ("titleOnly", "Titre seul"),
    };
    let mut xml = Xml::document()?;
    let attributes = [NAMESPACES.as_slice(), &[("type", kind), ("preserve", "1")]].concat();
    xml.within("p:sldLayout", &attributes, |xml| {
        named_tree(xml, name, |xml| {
            if layout == Layout::Cover {
                rule(xml, 7, COVER_RULE)?;
                placeholder(xml, 2, "ctrTitle", None, COVER_TITLE, &deck.meta.title, "4000")?;
                return placeholder(xml, 3, "subTitle", Some("1"), COVER_SUBTITLE, &deck.meta.subtitle, "2000");
            }
            rule(xml, 7, RULE)?;
            placeholder(xml, 2, "title", None, TITLE, &deck.meta.title, "")?;
            if layout == Layout::Lines {
                placeholder(xml, 3, "body", Some("1"), BODY, "…", "")?;
            }
            placeholder(xml, 4, "ftr", Some("3"), RUNNING, &deck.meta.running, "1000")?;
            placeholder(xml, 5, "sldNum", Some("4"), NUMBER, "", "1000")?;
            union(xml, &deck.meta, 6, [612_000, 6_270_000, 5_600_000, 420_000], "rId2", "800")
        })?;
        xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]))
    })?;
    Ok(xml.finish())
}

/// A line that only decorates.
fn rule(xml: &mut Xml, id: u32, place: Place) -> Written {
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", &id.to_string()), ("name", &format!("rule {id}"))])?;
            xml.empty("p:cNvSpPr", &[])?;
            xml.empty("p:nvPr", &[("userDrawn", "1")])
        })?;
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", place)?;
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))?;
            fill(xml, "accent1")?;
            xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]))
        })
    })
}

/// A picture, described.
fn picture(xml: &mut Xml, id: &str, alt: &str, place: Place, relation: &str) -> Written {
    xml.within("p:pic", &[], |xml| {
        xml.within("p:nvPicPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", id), ("name", &format!("picture {id}")), ("descr", alt)])?;
            xml.within("p:cNvPicPr", &[], |xml| xml.empty("a:picLocks", &[("noChangeAspect", "1")]))?;
            xml.empty("p:nvPr", &[])
        })?;
        xml.within("p:blipFill", &[], |xml| {
            xml.empty("a:blip", &[("r:embed", relation)])?;
            xml.within("a:stretch", &[], |xml| xml.empty("a:fillRect", &[]))
        })?;
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", place)?;
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))
        })
    })
}

/// Logos and emblems in a row at the head of the cover, none higher than the emblem below.
pub(super) fn logos(xml: &mut Xml, meta: &Meta, first_relation: usize) -> Written {
    const ROOM: [f64; 2] = [2_400_000.0, 600_000.0];
    let mut left = COVER_TITLE[0];
    for (index, logo) in meta.look.emblems().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "within the room")]
        let [width, height] = logo.within(ROOM[0], ROOM[1]).map(|side| side.round() as i64);
        if left + width > SLIDE[0] - COVER_TITLE[0] {
            break;
        }
        let (id, relation) = ((60 + index).to_string(), format!("rId{}", first_relation + index));
        picture(xml, &id, &logo.alt, [left, 420_000, width, height], &relation)?;
        left += width + 240_000;
    }
    Ok(())
}

/// The emblem, and beside it what the programme wants said.
pub(super) fn union(xml: &mut Xml, meta: &Meta, id: u32, place: Place, relation: &str, size: &str) -> Written {
    let Some(statement) = &meta.statement else { return Ok(()) };
    let [x, y, width, height] = place;
    let (first, second) = (id.to_string(), (id + 1).to_string());
    picture(xml, &first, &meta.emblem_alt, [x, y, height * 3 / 2, height], relation)?;
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", &second), ("name", &meta.union)])?;
            xml.empty("p:cNvSpPr", &[("txBox", "1")])?;
            xml.empty("p:nvPr", &[])
        })?;
        xml.within("p:spPr", &[], |xml| {
            let left = x + height * 3 / 2 + 90_000;
            transform(xml, "a:xfrm", [left, y, width - (left - x), height])?;
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))?;
            xml.empty("a:noFill", &[])
        })?;
        xml.within("p:txBody", &[], |xml| {
            xml.within(
                "a:bodyPr",
                &[("wrap", "square"), ("lIns", "0"), ("tIns", "0"), ("bIns", "0"), ("anchor", "ctr")],
                |xml| xml.empty("a:normAutofit", &[]),
            )?;
            xml.empty("a:lstStyle", &[])?;
            for (text, bold) in [(&meta.union, "1"), (statement, "0")] {
                xml.within("a:p", &[], |xml| {
                    xml.within("a:r", &[], |xml| {
                        xml.within("a:rPr", &[("lang", meta.locale()), ("sz", size), ("b", bold)], |xml| {
                            fill(xml, "tx1")?;
                            xml.empty("a:latin", &[("typeface", "Arial")])
                        })?;
                        xml.holding("a:t", &[], text)
                    })
                })?;
            }
            Ok(())
        })
    })
}

pub(super) fn notes_master() -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.within("p:notesMaster", &NAMESPACES, |xml| {
        tree(xml, |xml| {
            xml.within("p:sp", &[], |xml| {
                xml.within("p:nvSpPr", &[], |xml| {
                    xml.empty("p:cNvPr", &[("id", "2"), ("name", "sldImg 2")])?;
                    xml.within("p:cNvSpPr", &[], |xml| {
                        xml.empty("a:spLocks", &[("noGrp", "1"), ("noRot", "1"), ("noChangeAspect", "1")])
                    })?;
                    xml.within("p:nvPr", &[], |xml| xml.empty("p:ph", &[("type", "sldImg"), ("idx", "2")]))
                })?;
                xml.within("p:spPr", &[], |xml| {
                    transform(xml, "a:xfrm", [685_800, 1_143_000, 5_486_400, 3_086_100])?;
                    xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))
                })
            })?;
            placeholder(xml, 3, "body", Some("3"), [685_800, 4_400_550, 5_486_400, 3_600_450], "…", "1200")
        })?;
        xml.empty(
            "p:clrMap",
            &[
                ("bg1", "lt1"),
                ("tx1", "dk1"),
                ("bg2", "lt2"),
                ("tx2", "dk2"),
                ("accent1", "accent1"),
                ("accent2", "accent2"),
                ("accent3", "accent3"),
                ("accent4", "accent4"),
                ("accent5", "accent5"),
                ("accent6", "accent6"),
                ("hlink", "hlink"),
                ("folHlink", "folHlink"),
            ],
        )
    })?;
    Ok(xml.finish())
}
