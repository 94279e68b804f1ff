//! One slide and its notes.

use super::{
    NAMESPACES,
    parts::{BODY, Place, fill, held, logos, transform, tree, union},
};
use crate::{
    Colour,
    model::{Body, Deck, Meta, Slide, Table, Text},
    xml::{Written, Xml},
};
use std::io::Result;

/// The number of the layout that a slide follows.
pub(super) fn layout(slide: &Slide, number: usize) -> usize {
    match (&slide.body, number) {
        (_, 1) => 1,
        (Body::Lines, _) => 2,
        _ => 3,
    }
}

pub(super) fn slide(deck: &Deck, slide: &Slide, number: usize, size: i64) -> Result<Vec<u8>> {
    let meta = &deck.meta;
    let mut xml = Xml::document()?;
    xml.within("p:sld", &NAMESPACES, |xml| {
        // The order of the tree is that in which screen readers read.
        tree(xml, |xml| {
            let title = [vec![crate::model::Run::plain(&slide.title)]];
            if number == 1 {
                placeholder(xml, 2, "ctrTitle", None, &title, meta)?;
                let lines: Vec<Text> = [&meta.subtitle, &meta.author, &meta.date_words]
                    .into_iter()
                    .filter(|line| !line.is_empty())
                    .map(|line| vec![crate::model::Run::plain(line)])
                    .collect();
                placeholder(xml, 3, "subTitle", Some("1"), &lines, meta)?;
                logos(xml, meta, if meta.statement.is_some() { 4 } else { 3 })?;
                return union(xml, meta, 4, [612_000, 5_500_000, 10_400_000, 640_000], "rId3", "1200");
            }
            placeholder(xml, 2, "title", None, &title, meta)?;
            match &slide.body {
                Body::Lines => placeholder(xml, 3, "body", Some("1"), &slide.lines, meta)?,
                Body::Figures { items } => figures(xml, items, meta)?,
                Body::Table { table, shades } => {
                    let bottom = draw_table(xml, table, shades, meta, size)?;
                    if !slide.lines.is_empty() {
                        let place = [BODY[0], bottom + 80_000, BODY[2], 420_000];
                        text_box(xml, 40, place, &slide.lines, meta)?;
                    }
                }
            }
            foot(xml, meta)
        })?;
        xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]))
    })?;
    Ok(xml.finish())
}

pub(super) fn notes(deck: &Deck, slide: &Slide) -> Result<Vec<u8>> {
    let mut xml = Xml::document()?;
    xml.within("p:notes", &NAMESPACES, |xml| {
        tree(xml, |xml| {
            xml.within("p:sp", &[], |xml| {
                xml.within("p:nvSpPr", &[], |xml| {
                    xml.empty("p:cNvPr", &[("id", "2"), ("name", "sldImg 2")])?;
                    xml.within("p:cNvSpPr", &[], |xml| {
                        xml.empty("a:spLocks", &[("noGrp", "1"), ("noRot", "1"), ("noChangeAspect", "1")])
                    })?;
                    xml.within("p:nvPr", &[], |xml| xml.empty("p:ph", &[("type", "sldImg"), ("idx", "2")]))
                })?;
                xml.empty("p:spPr", &[])
            })?;
            let lines: Vec<Text> = slide.notes.lines().map(|line| vec![crate::model::Run::plain(line)]).collect();
            placeholder(xml, 3, "body", Some("3"), &lines, &deck.meta)
        })?;
        xml.within("p:clrMapOvr", &[], |xml| xml.empty("a:masterClrMapping", &[]))
    })?;
    Ok(xml.finish())
}

fn placeholder(xml: &mut Xml, id: u32, kind: &str, index: Option<&str>, lines: &[Text], meta: &Meta) -> Written {
    xml.within("p:sp", &[], |xml| {
        held(xml, id, kind, index)?;
        xml.empty("p:spPr", &[])?;
        xml.within("p:txBody", &[], |xml| {
            xml.within("a:bodyPr", &[], |xml| xml.empty("a:normAutofit", &[]))?;
            xml.empty("a:lstStyle", &[])?;
            paragraphs(xml, lines, meta, None)
        })
    })
}

/// The running title and the number, at the end of what is read.
fn foot(xml: &mut Xml, meta: &Meta) -> Written {
    placeholder(xml, 90, "ftr", Some("3"), &[vec![crate::model::Run::plain(&meta.running)]], meta)?;
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", "91"), ("name", "sldNum 91")])?;
            xml.within("p:cNvSpPr", &[], |xml| xml.empty("a:spLocks", &[("noGrp", "1")]))?;
            xml.within("p:nvPr", &[], |xml| xml.empty("p:ph", &[("type", "sldNum"), ("idx", "4")]))
        })?;
        xml.empty("p:spPr", &[])?;
        xml.within("p:txBody", &[], |xml| {
            xml.empty("a:bodyPr", &[])?;
            xml.empty("a:lstStyle", &[])?;
            xml.within("a:p", &[], |xml| {
                xml.within("a:fld", &[("id", "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"), ("type", "slidenum")], |xml| {
                    xml.empty("a:rPr", &[("lang", meta.locale())])?;
                    xml.holding("a:t", &[], "‹#›")
                })
            })
        })
    })
}

/// Lines of text; a size in hundredths of a point where it is not that of the layout.
fn paragraphs(xml: &mut Xml, lines: &[Text], meta: &Meta, size: Option<&str>) -> Written {
    if lines.is_empty() {
        return xml.within("a:p", &[], |xml| xml.empty("a:endParaRPr", &[("lang", meta.locale())]));
    }
    lines.iter().try_for_each(|line| xml.within("a:p", &[], |xml| runs(xml, line, meta, size)))
}

fn runs(xml: &mut Xml, text: &Text, meta: &Meta, size: Option<&str>) -> Written {
    for run in text.iter().filter(|run| !run.text.is_empty()) {
        xml.within("a:r", &[], |xml| {
            let mut attributes = vec![("lang", meta.locale())];
            attributes.extend(size.map(|size| ("sz", size)));
            attributes.extend(run.strong.then_some(("b", "1")));
            if run.muted {
                xml.within("a:rPr", &attributes, |xml| fill(xml, "tx2"))?;
            } else {
                xml.empty("a:rPr", &attributes)?;
            }
            xml.holding("a:t", &[], &run.text)
        })?;
    }
    Ok(())
}

fn text_box(xml: &mut Xml, id: u32, place: Place, lines: &[Text], meta: &Meta) -> Written {
    let id = id.to_string();
    xml.within("p:sp", &[], |xml| {
        xml.within("p:nvSpPr", &[], |xml| {
            xml.empty("p:cNvPr", &[("id", &id), ("name", &format!("text {id}"))])?;
            xml.empty("p:cNvSpPr", &[("txBox", "1")])?;
            xml.empty("p:nvPr", &[])
        })?;
        xml.within("p:spPr", &[], |xml| {
            transform(xml, "a:xfrm", place)?;
            xml.within("a:prstGeom", &[("prst", "rect")], |xml| xml.empty("a:avLst", &[]))?;
            xml.empty("a:noFill", &[])
        })?;
        xml.within("p:txBody", &[], |xml| {
            xml.empty("a:bodyPr", &[("wrap", "square"), ("lIns", "0")])?;
            xml.empty("a:lstStyle", &[])?;
            paragraphs(xml, lines, meta, Some("1300"))
        })
    })
}

/// Numbers in large, three abreast.
fn figures(xml: &mut Xml, items: &[(String, String)], meta: &Meta) -> Written {
    let (gap, across) = (260_000, 3);
    let width = (BODY[2] - gap * (across - 1)) / across;
    let height = 1_800_000;
    for (index, (number, words)) in (0i64..).zip(items) {
        let id = (10 + index).to_string();
        let place =
            [BODY[0] + (index % across) * (width + gap), BODY[1] + (index / across) * (height + gap), width, height];
        xml.within("p:sp", &[], |xml| {
            xml.within("p:nvSpPr", &[], |xml| {
                xml.empty("p:cNvPr", &[("id", &id), ("name", words)])?;
                xml.empty("p:cNvSpPr", &[])?;
                xml.empty("p:nvPr", &[])
            })?;
            xml.within("p:spPr", &[], |xml| {
                transform(xml, "a:xfrm", place)?;
                xml.within("a:prstGeom", &[("prst", "roundRect")], |xml| {
                    xml.within("a:avLst", &[], |xml| xml.empty("a:gd", &[("name", "adj"), ("fmla", "val 5000")]))
                })?;
                shade(xml, 1, meta)?;
                xml.within("a:ln", &[], |xml| xml.empty("a:noFill", &[]))
            })?;
            xml.within("p:txBody", &[], |xml| {
                xml.empty("a:bodyPr", &[("lIns", "200000"), ("rIns", "200000"), ("anchor", "ctr")])?;
                xml.empty("a:lstStyle", &[])?;
                for (text, size, colour, bold) in [(number, "4400", "accent2", "1"), (words, "1700", "tx1", "0")] {
                    xml.within("a:p", &[], |xml| {
                        xml.within("a:r", &[], |xml| {
                            let attributes = [("lang", meta.locale()), ("sz", size), ("b", bold)];
                            xml.within("a:rPr", &attributes, |xml| fill(xml, colour))?;
                            xml.holding("a:t", &[], text)
                        })
                    })?;
                }
                Ok(())
            })
        })?;
    }
    Ok(())
}

/// The accent, lighter or not: 1 is faint, 4 is full. A dark one is lightened, so that the words on it are read.
fn shade(xml: &mut Xml, shade: u8, meta: &Meta) -> Written {
    let dark = meta.look.on_accent == Colour::WHITE;
    let lined = meta.look.is_lined();
    xml.within("a:solidFill", &[], |xml| {
        xml.within("a:schemeClr", &[("val", "accent1")], |xml| {
            let (keep, add) = match (shade, dark) {
                // Where nothing may be pale, the words keep more of their contrast.
                (2, _) if lined => ("18000", "82000"),
                (3, _) if lined => ("28000", "72000"),
                (4, _) if lined => ("37000", "63000"),
                (1, false) => ("20000", "80000"),
                (2, false) => ("45000", "55000"),
                (3, false) => ("70000", "30000"),
                (1, true) => ("10000", "90000"),
                (2, true) => ("22000", "78000"),
                (3, true) => ("36000", "64000"),
                (_, true) => ("50000", "50000"),
                _ => return Ok(()),
            };
            xml.empty("a:lumMod", &[("val", keep)])?;
            xml.empty("a:lumOff", &[("val", add)])
        })
    })
}

/// Heights of rows at a size in hundredths of a point, the heading's first: reckoned from how many letters a line holds, since no
/// program has laid the table out yet.
fn heights(table: &Table, size: i64) -> Vec<i64> {
    /// English Metric Units in a point.
    const POINT: i64 = 12_700;
    let total = i64::from(table.widths.iter().sum::<u32>().max(1));
    let line = size * POINT * 6 / 500;
    let row = |cells: &Vec<Text>| {
        let lines = cells.iter().zip(&table.widths).map(|(cell, width)| {
            let letters: usize = cell.iter().map(|run| run.text.chars().count()).sum();
            let across = (BODY[2] * i64::from(*width) / total - 140_000).max(1);
            let held = (across / (size * POINT / 178)).max(1);
            i64::try_from(letters).unwrap_or(0).div_euclid(held) + 1
        });
        lines.max().unwrap_or(1) * line + line / 2
    };
    std::iter::once(340_000).chain(table.rows.iter().map(row)).collect()
}

/// What a table may take of a slide.
const ROOM: i64 = BODY[3] - 450_000;
/// Sizes of letters that a whole slide show may have in its tables, and those that only a table too full for them has.
const SIZES: [i64; 4] = [1600, 1500, 1400, 1300];
const SMALLER: [i64; 3] = [1200, 1100, 1000];

fn fits(table: &Table, size: i64) -> bool {
    heights(table, size).iter().sum::<i64>() <= ROOM
}

/// The size of letters of every table: the largest in which most fit, so that slides look alike.
pub(super) fn size(deck: &Deck) -> i64 {
    let tables: Vec<&Table> = deck
        .slides
        .iter()
        .filter_map(|slide| if let Body::Table { table, .. } = &slide.body { Some(table) } else { None })
        .collect();
    let most = |size: &i64| tables.iter().filter(|table| fits(table, *size)).count() * 10 >= tables.len() * 9;
    SIZES.into_iter().find(most).unwrap_or(SIZES[3])
}

/// That size, or a smaller one where it must be, and the heights of rows.
fn fitted(table: &Table, size: i64) -> (i64, Vec<i64>) {
    let sizes = std::iter::once(size).chain(SIZES.into_iter().chain(SMALLER).filter(|one| *one < size));
    let size = sizes.into_iter().find(|size| fits(table, *size)).unwrap_or(SMALLER[2]);
    (size, heights(table, size).into_iter().map(|height| height.min(ROOM / 4)).collect())
}

/// A table that one edits, and where it ends if no row grows.
fn draw_table(xml: &mut Xml, table: &Table, shades: &[Vec<u8>], meta: &Meta, size: i64) -> std::io::Result<i64> {
    let (size, heights) = fitted(table, size);
    let size = size.to_string();
    let total = i64::from(table.widths.iter().sum::<u32>().max(1));
    xml.open("p:graphicFrame", &[])?;
    xml.within("p:nvGraphicFramePr", &[], |xml| {
        xml.empty("p:cNvPr", &[("id", "20"), ("name", "table 20"), ("descr", &table.caption)])?;
        xml.within("p:cNvGraphicFramePr", &[], |xml| xml.empty("a:graphicFrameLocks", &[("noGrp", "1")]))?;
        xml.empty("p:nvPr", &[])
    })?;
    transform(xml, "p:xfrm", [BODY[0], BODY[1], BODY[2], heights.iter().sum()])?;
    xml.open("a:graphic", &[])?;
    xml.open("a:graphicData", &[("uri", "http://schemas.openxmlformats.org/drawingml/2006/table")])?;
    xml.open("a:tbl", &[])?;
    xml.empty("a:tblPr", &[("firstRow", "1")])?;
    xml.within("a:tblGrid", &[], |xml| {
        table
            .widths
            .iter()
            .try_for_each(|width| xml.empty("a:gridCol", &[("w", &(BODY[2] * i64::from(*width) / total).to_string())]))
    })?;
    let header: Vec<Text> = table.header.iter().map(|cell| vec![crate::model::Run::muted(cell)]).collect();
    let heat = !shades.is_empty();
    let row = |xml: &mut Xml, cells: &[Text], size: &str, height: i64, shade_of: Option<&Vec<u8>>| {
        xml.within("a:tr", &[("h", &height.to_string())], |xml| {
            for (column, (cell, figures)) in cells.iter().zip(&table.figures).enumerate() {
                let align = match (heat && column > 0, figures) {
                    (true, _) => "ctr",
                    (false, true) => "r",
                    (false, false) => "l",
                };
                let shade = shade_of.and_then(|row| row.get(column)).copied().unwrap_or(0);
                self::cell(xml, cell, align, size, shade, meta)?;
            }
            Ok(())
        })
    };
    row(xml, &header, "1200", heights[0], None)?;
    for (index, cells) in table.rows.iter().enumerate() {
        row(xml, cells, &size, heights[index + 1], shades.get(index))?;
    }
    for name in ["a:tbl", "a:graphicData", "a:graphic", "p:graphicFrame"] {
        xml.close(name)?;
    }
    Ok(BODY[1] + heights.iter().sum::<i64>())
}

fn cell(xml: &mut Xml, text: &Text, align: &str, size: &str, shade: u8, meta: &Meta) -> Written {
    xml.within("a:tc", &[], |xml| {
        xml.within("a:txBody", &[], |xml| {
            xml.empty("a:bodyPr", &[])?;
            xml.empty("a:lstStyle", &[])?;
            xml.within("a:p", &[], |xml| {
                xml.empty("a:pPr", &[("algn", align)])?;
                runs(xml, text, meta, Some(size))?;
                xml.empty("a:endParaRPr", &[("lang", meta.locale()), ("sz", size)])
            })
        })?;
        xml.within(
            "a:tcPr",
            &[("marL", "70000"), ("marR", "70000"), ("marT", "36000"), ("marB", "36000"), ("anchor", "ctr")],
            |xml| {
                for side in ["a:lnL", "a:lnR", "a:lnT"] {
                    xml.within(side, &[("w", "0")], |xml| xml.empty("a:noFill", &[]))?;
                }
                xml.within("a:lnB", &[("w", "6350")], |xml| {
                    xml.within("a:solidFill", &[], |xml| {
                        xml.within("a:schemeClr", &[("val", "tx2")], |xml| {
                            xml.empty("a:lumMod", &[("val", "40000")])?;
                            xml.empty("a:lumOff", &[("val", "60000")])
                        })
                    })
                })?;
                if shade == 0 { xml.empty("a:noFill", &[]) } else { self::shade(xml, shade, meta) }
            },
        )
    })
}
