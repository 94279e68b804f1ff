//! Pictures of votes: spreads, a plane, duels, rounds, parts of a room, what was kept. Read in grey as well: what a colour says, a
//! number or a shape says too.

use super::{LABEL, ROW, WIDTH, svg, text};
use crate::source::Shape;
use std::fmt::Write;

const GOLD: &str = "#e9b949";
const INK: &str = "#1d1b17";
const LINE: &str = "#b8b09f";
/// From in favour to against, each of another lightness.
const PARTS: [&str; 3] = ["#3d8f61", "#cfc8b8", "#8c2f27"];
/// Side of the plane.
const SIDE: f64 = 360.0;
/// Side of a cell of the duels, and width of a round.
const CELL: f64 = 34.0;
const ROUND: f64 = 76.0;

/// Draws what a result looks like.
pub(crate) fn draw(shape: &Shape) -> String {
    match shape {
        Shape::Ranges { scale, rows } => ranges(*scale, rows),
        Shape::Plane { scale, middle, axes, places } => plane(*scale, *middle, axes, places),
        Shape::Duels { options, margins } => duels(options, margins),
        Shape::Rounds { rows } => rounds(rows),
        Shape::Parts { rows } => parts(rows),
        Shape::Kept { rows } => kept(rows),
    }
}

fn ranges((low, high): (f64, f64), rows: &[(String, (f64, f64, f64), String)]) -> String {
    let room = WIDTH - LABEL - 190.0;
    let place = |value: f64| LABEL + (value - low) / (high - low).max(f64::EPSILON) * room;
    svg(rows.len(), |out, index, y| {
        let (label, (from, middle, to), words) = &rows[index];
        text(out, 0.0, y, label, LABEL);
        let (start, end, middle) = (place(*from), place(*to), place(*middle));
        rect(out, (LABEL, y - 5.0), (room, 2.0), LINE);
        rect(out, (start, y - 9.0), ((end - start).max(2.0), 10.0), GOLD);
        rect(out, (middle - 1.5, y - 14.0), (3.0, 20.0), INK);
        text(out, LABEL + room + 10.0, y, words, 185.0);
    })
}

fn plane((low, high): (f64, f64), middle: f64, axes: &(String, String), places: &[(f64, f64)]) -> String {
    let (left, top) = (90.0, 24.0);
    let share = |value: f64| (value - low) / (high - low).max(f64::EPSILON);
    let mut out = frame(WIDTH, top + SIDE + 34.0);
    let _ = write!(
        out,
        r##"<rect x="{left}" y="{top}" width="{SIDE}" height="{SIDE}" fill="none" stroke="{INK}" stroke-width="1.5"/>"##
    );
    let (x, y) = (left + share(middle) * SIDE, top + (1.0 - share(middle)) * SIDE);
    rect(&mut out, (x, top), (1.0, SIDE), LINE);
    rect(&mut out, (left, y), (SIDE, 1.0), LINE);
    text(&mut out, 0.0, top + 12.0, &format!("↑ {}", axes.0), left);
    text(&mut out, left + SIDE - 80.0, top + SIDE + 20.0, &format!("{} →", axes.1), 120.0);
    for (at, (impact, effort)) in places.iter().enumerate() {
        // Several on one place stand a little apart.
        let same = places[..at].iter().filter(|before| *before == &(*impact, *effort)).count();
        let apart = 16.0 * f64::from(u32::try_from(same).unwrap_or(0));
        let (x, y) = (left + share(*effort) * SIDE + apart, top + (1.0 - share(*impact)) * SIDE);
        let _ = write!(
            out,
            r##"<circle cx="{x:.1}" cy="{y:.1}" r="11" fill="{GOLD}" stroke="{INK}"/><text x="{x:.1}" y="{:.1}" text-anchor="middle" font-weight="600">{}</text>"##,
            y + 4.5,
            at + 1
        );
    }
    out.push_str("</svg>");
    out
}

fn duels(options: &[String], margins: &[Vec<f64>]) -> String {
    let count = f64::from(u32::try_from(options.len()).unwrap_or(0));
    let most = margins.iter().flatten().copied().fold(1.0, f64::max);
    let mut out = frame((LABEL + 30.0 + count * CELL).max(WIDTH), (count + 1.0) * CELL);
    for (at, _) in options.iter().enumerate() {
        let x = LABEL + 30.0 + f64::from(u32::try_from(at).unwrap_or(0)) * CELL + 12.0;
        text(&mut out, x, CELL - 12.0, &(at + 1).to_string(), CELL);
    }
    for (row, (label, cells)) in options.iter().zip(margins).enumerate() {
        let y = f64::from(u32::try_from(row + 1).unwrap_or(0)) * CELL;
        text(&mut out, 0.0, y + 22.0, &format!("{}. {label}", row + 1), LABEL + 20.0);
        for (column, margin) in cells.iter().enumerate().filter(|(column, _)| *column != row) {
            let x = LABEL + 30.0 + f64::from(u32::try_from(column).unwrap_or(0)) * CELL;
            let (fill, strength) = if *margin > 0.0 { (GOLD, 0.35 + 0.65 * margin / most) } else { ("#f3efe6", 1.0) };
            let _ = write!(
                out,
                r##"<rect x="{x:.1}" y="{y:.1}" width="{:.1}" height="{:.1}" fill="{fill}" fill-opacity="{strength:.2}"/><text x="{:.1}" y="{:.1}" text-anchor="middle">{}</text>"##,
                CELL - 2.0,
                CELL - 2.0,
                x + CELL / 2.0 - 1.0,
                y + 21.0,
                signed(*margin)
            );
        }
    }
    out.push_str("</svg>");
    out
}

fn rounds(rows: &[(String, Vec<Option<f64>>)]) -> String {
    let many = rows.first().map_or(0, |row| row.1.len());
    let most = rows.iter().flat_map(|row| row.1.iter().flatten()).copied().fold(1.0, f64::max);
    let width = LABEL + f64::from(u32::try_from(many).unwrap_or(0)) * ROUND;
    let mut out = frame(width.max(WIDTH), ROW * f64::from(u32::try_from(rows.len() + 1).unwrap_or(1)) + 6.0);
    let column = |at: usize| LABEL + f64::from(u32::try_from(at).unwrap_or(0)) * ROUND;
    for at in 0..many {
        text(&mut out, column(at), 16.0, &(at + 1).to_string(), ROUND);
    }
    for (at, (label, votes)) in rows.iter().enumerate() {
        let y = ROW * f64::from(u32::try_from(at + 1).unwrap_or(1)) + 18.0;
        text(&mut out, 0.0, y, label, LABEL);
        for (round, votes) in votes.iter().enumerate() {
            let x = column(round);
            match votes {
                Some(votes) => {
                    rect(&mut out, (x, y - 12.0), ((votes / most * (ROUND - 44.0)).max(1.0), 16.0), GOLD);
                    text(&mut out, x + votes / most * (ROUND - 44.0) + 4.0, y, &short(*votes), 50.0);
                }
                None => text(&mut out, x, y, "–", 20.0),
            }
        }
    }
    out.push_str("</svg>");
    out
}

fn parts(rows: &[(String, Vec<f64>, String)]) -> String {
    let room = WIDTH - LABEL - 190.0;
    svg(rows.len(), |out, index, y| {
        let (label, sizes, words) = &rows[index];
        text(out, 0.0, y, label, LABEL);
        let total: f64 = sizes.iter().sum::<f64>().max(1.0);
        let mut x = LABEL;
        for (size, fill) in sizes.iter().zip(PARTS) {
            let width = size / total * room;
            rect(out, (x, y - 13.0), (width, 18.0), fill);
            x += width;
        }
        text(out, LABEL + room + 10.0, y, words, 185.0);
    })
}

fn kept(rows: &[(String, f64, String, bool)]) -> String {
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let room = WIDTH - LABEL - 220.0;
    svg(rows.len(), |out, index, y| {
        let (label, value, words, kept) = &rows[index];
        text(out, 0.0, y, label, LABEL);
        let width = (value / most * room).max(2.0);
        let fill = if *kept { GOLD } else { "#ffffff" };
        let _ = write!(
            out,
            r##"<rect x="{LABEL}" y="{}" width="{width:.1}" height="16" rx="3" fill="{fill}" stroke="{INK}" stroke-width="0.8"/>"##,
            y - 12.0
        );
        let words = if *kept { format!("✓ {words}") } else { words.clone() };
        text(out, LABEL + width + 8.0, y, &words, 215.0);
    })
}

fn frame(width: f64, height: f64) -> String {
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="Source Sans 3, DejaVu Sans" font-size="13" fill="{INK}">"##
    )
}

fn rect(out: &mut String, (x, y): (f64, f64), (width, height): (f64, f64), fill: &str) {
    let _ = write!(out, r##"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{fill}"/>"##);
}

/// A margin with its sign; none where there is none.
fn signed(margin: f64) -> String {
    if margin == 0.0 { String::from("0") } else { format!("{margin:+}") }
}

fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shapes() -> Vec<Shape> {
        let label = || String::from("Un <bus> & « nuit »");
        vec![
            Shape::Ranges { scale: (0.0, 5.0), rows: vec![(label(), (1.0, 2.5, 4.0), String::from("2,5"))] },
            Shape::Plane {
                scale: (1.0, 5.0),
                middle: 3.0,
                axes: (String::from("Impact"), String::from("Effort")),
                places: vec![(5.0, 1.0), (5.0, 1.0), (1.0, 5.0)],
            },
            Shape::Duels { options: vec![label(), label()], margins: vec![vec![0.0, 3.0], vec![-3.0, 0.0]] },
            Shape::Rounds { rows: vec![(label(), vec![Some(4.0), Some(6.5)]), (label(), vec![Some(2.5), None])] },
            Shape::Parts { rows: vec![(label(), vec![5.0, 1.0, 0.0], String::from("5 / 1 / 0"))] },
            Shape::Kept { rows: vec![(label(), 7.0, label(), true), (label(), 0.0, label(), false)] },
        ]
    }

    #[test]
    fn every_picture_is_a_whole_drawing_whatever_the_words() {
        for shape in shapes() {
            let drawn = draw(&shape);
            assert!(drawn.starts_with("<svg") && drawn.ends_with("</svg>"), "{drawn}");
            assert!(!drawn.contains("<bus>") && !drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
            let mut reader = quick_xml::Reader::from_str(&drawn);
            while !matches!(reader.read_event().expect("well formed"), quick_xml::events::Event::Eof) {}
        }
    }

    #[test]
    fn numbers_on_one_place_of_the_plane_do_not_hide_each_other() {
        let drawn = draw(&shapes()[1]);
        let at: std::collections::BTreeSet<&str> = drawn.split("<circle ").skip(1).map(|one| &one[..24]).collect();
        assert_eq!(at.len(), 3);
    }

    #[test]
    fn nothing_to_show_is_still_a_drawing() {
        let empty = [
            Shape::Ranges { scale: (0.0, 0.0), rows: vec![(String::new(), (0.0, 0.0, 0.0), String::new())] },
            Shape::Rounds { rows: Vec::new() },
            Shape::Duels { options: Vec::new(), margins: Vec::new() },
            Shape::default(),
        ];
        for shape in empty {
            let drawn = draw(&shape);
            assert!(drawn.ends_with("</svg>") && !drawn.contains("NaN") && !drawn.contains("inf"), "{drawn}");
        }
    }
}
