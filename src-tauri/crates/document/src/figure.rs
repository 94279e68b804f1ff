//! Pictures as SVG: bars, merit profiles, a calendar. Plain shapes and text, in the fonts of the document.

pub(crate) mod votes;

use crate::typography::printable;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg,
};
use std::fmt::Write;

const WIDTH: f64 = 660.0;
const LABEL: f64 = 250.0;
const ROW: f64 = 26.0;
/// From rejected to excellent; each readable in grey by its lightness.
const GRADES: [&str; 7] = ["#8c2f27", "#b4552f", "#b97a3c", "#cfc8b8", "#8fb67f", "#5f9f6c", "#3d8f61"];

/// A bar per row: label, value, and the value in words.
pub(crate) fn bars(rows: &[(String, f64, String)]) -> String {
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let room = WIDTH - LABEL - 200.0;
    svg(rows.len(), |out, index, y| {
        let (label, value, words) = &rows[index];
        text(out, 0.0, y, label, LABEL);
        let _ = write!(
            out,
            r##"<rect x="{LABEL}" y="{}" width="{:.1}" height="16" rx="3" fill="#e9b949"/>"##,
            y - 12.0,
            value / most * room
        );
        text(out, LABEL + value / most * room + 8.0, y, words, 200.0);
    })
}

/// The same beside text, where a drawing is shown at less than its width: narrow, so that its letters are not smaller than those of a
/// table.
pub(crate) fn small_bars(rows: &[(String, f64, String)]) -> String {
    const ACROSS: f64 = 430.0;
    const NAMES: f64 = 190.0;
    let most = rows.iter().map(|row| row.1).fold(1.0, f64::max);
    let room = ACROSS - NAMES - 50.0;
    drawn(ACROSS, 17.0, rows.len(), |out, index, y| {
        let (label, value, words) = &rows[index];
        text(out, 0.0, y, label, NAMES);
        let length = value / most * room;
        let _ = write!(
            out,
            r##"<rect x="{NAMES}" y="{}" width="{length:.1}" height="11" rx="3" fill="#e9b949"/>"##,
            y - 9.5
        );
        text(out, NAMES + length + 8.0, y, words, 50.0);
    })
}

/// A merit profile per row: label, bulletins per grade (worst first), majority grade in words.
pub(crate) fn profiles(rows: &[(String, Vec<f64>, String)]) -> String {
    let room = WIDTH - LABEL - 100.0;
    svg(rows.len(), |out, index, y| {
        let (label, profile, words) = &rows[index];
        text(out, 0.0, y, label, LABEL);
        let total: f64 = profile.iter().sum::<f64>().max(1.0);
        let mut x = LABEL;
        for (grade, count) in profile.iter().enumerate() {
            let width = count / total * room;
            let colour = GRADES[grade * (GRADES.len() - 1) / profile.len().saturating_sub(1).max(1)];
            let _ =
                write!(out, r#"<rect x="{x:.1}" y="{}" width="{width:.1}" height="18" fill="{colour}"/>"#, y - 13.0);
            x += width;
        }
        let middle = LABEL + room / 2.0;
        let _ = write!(out, r##"<rect x="{middle:.1}" y="{}" width="2" height="24" fill="#1d1b17"/>"##, y - 16.0);
        text(out, LABEL + room + 8.0, y, words, 92.0);
    })
}

/// A bar per row from one month to another; months are counted from the first.
pub(crate) fn calendar(rows: &[(String, u32, u32)], months: &[String]) -> String {
    let room = WIDTH - LABEL;
    let step = room / f64::from(u32::try_from(months.len()).unwrap_or(1).max(1));
    let every = (months.len() / 6).max(1);
    svg(rows.len() + 1, |out, index, y| {
        if index == 0 {
            for (at, month) in months.iter().enumerate().step_by(every) {
                let x = LABEL + step * f64::from(u32::try_from(at).unwrap_or(0));
                text(out, x, y, month, step * f64::from(u32::try_from(every).unwrap_or(1)));
            }
            return;
        }
        let (label, from, to) = &rows[index - 1];
        text(out, 0.0, y, label, LABEL);
        let x = LABEL + step * f64::from(*from);
        let width = step * f64::from(to.saturating_sub(*from) + 1);
        let _ = write!(
            out,
            r##"<rect x="{x:.1}" y="{}" width="{width:.1}" height="14" rx="3" fill="#e9b949"/>"##,
            y - 11.0
        );
    })
}

/// Width and height of a drawing, from its root.
pub(crate) fn size(svg: &str) -> (f64, f64) {
    let number = |name: &str| -> Option<f64> {
        let from = svg.find(&format!(" {name}=\""))? + name.len() + 3;
        svg[from..].split('"').next()?.parse().ok()
    };
    (number("width").unwrap_or(660.0).max(1.0), number("height").unwrap_or(300.0))
}

/// Whether it is a code to be read by a phone: a drawing without a word.
pub(crate) fn is_code(svg: &str) -> bool {
    !svg.contains("<text")
}

/// A code in pixels (PNG), for office texts that show no outlines: so many on a side that each of its squares prints sharp.
pub(crate) fn pixels(svg: &str) -> Option<Vec<u8>> {
    const SIDE: u32 = 600;
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).ok()?;
    #[expect(clippy::cast_precision_loss, reason = "some hundred pixels")]
    let scale = SIDE as f32 / tree.size().width().max(tree.size().height());
    let mut map = Pixmap::new(SIDE, SIDE)?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut map.as_mut());
    map.encode_png().ok()
}

/// Whether office texts tell it in a line: a small one that is no code.
pub(crate) fn is_told(svg: &str, small: bool) -> bool {
    small && !is_code(svg)
}

fn svg(rows: usize, draw: impl FnMut(&mut String, usize, f64)) -> String {
    drawn(WIDTH, ROW, rows, draw)
}

fn drawn(width: f64, row: f64, rows: usize, mut draw: impl FnMut(&mut String, usize, f64)) -> String {
    let height = row * f64::from(u32::try_from(rows).unwrap_or(0)) + 6.0;
    let mut out = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="Source Sans 3, DejaVu Sans" font-size="13" fill="#1d1b17">"##
    );
    for index in 0..rows {
        draw(&mut out, index, row * f64::from(u32::try_from(index).unwrap_or(0)) + (row * 0.7).floor());
    }
    out.push_str("</svg>");
    out
}

/// Text cut to a width (6 units a letter on average).
fn text(out: &mut String, x: f64, y: f64, words: &str, width: f64) {
    let words = printable(words);
    let mut cut = String::new();
    let mut used = 0.0;
    for letter in words.chars() {
        used += 6.1;
        if used > width - 10.0 {
            cut.push('…');
            break;
        }
        cut.push(letter);
    }
    let escaped = quick_xml::escape::escape(&cut);
    // A drawing takes one font for a text: where Western letters do not suffice, the one that has all the others.
    let western = |c: char| matches!(c, '\0'..='\u{ff}' | 'Œ' | 'œ' | '\u{2000}'..='\u{206f}' | '€' | '™');
    let font = if cut.chars().all(western) { "" } else { r#" font-family="DejaVu Sans""# };
    let _ = write!(out, r#"<text x="{x:.1}" y="{y}"{font}>{escaped}</text>"#);
}
