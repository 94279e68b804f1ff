//! French and English ways of writing dates, amounts and lists.

use chrono::{Datelike, NaiveDate};

const MONTHS_FR: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// No-break space, and its narrow sister between thousands.
pub(crate) const NBSP: char = '\u{a0}';
const NARROW: char = '\u{202f}';

fn month(day: NaiveDate, french: bool) -> &'static str {
    let names = if french { MONTHS_FR } else { MONTHS_EN };
    names[day.month0() as usize]
}

/// « 15 septembre 2022 ».
pub(crate) fn date(day: NaiveDate, french: bool) -> String {
    let number = if french && day.day() == 1 { String::from("1er") } else { day.day().to_string() };
    format!("{number}{NBSP}{}{NBSP}{}", month(day, french), day.year())
}

/// « janvier 2023 ».
pub(crate) fn month_of(day: NaiveDate, french: bool) -> String {
    format!("{}{NBSP}{}", month(day, french), day.year())
}

/// « 48 000 € », “€48,000”; cents only where there are some.
pub(crate) fn euros(cents: i64, french: bool) -> String {
    let (whole, part) = (cents / 100, (cents % 100).abs());
    let digits = whole.abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 3 == 0 {
            grouped.push(if french { NARROW } else { ',' });
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "−" } else { "" };
    match (french, part) {
        (true, 0) => format!("{sign}{grouped}{NBSP}€"),
        (true, part) => format!("{sign}{grouped},{part:02}{NBSP}€"),
        (false, 0) => format!("{sign}€{grouped}"),
        (false, part) => format!("{sign}€{grouped}.{part:02}"),
    }
}

/// A text that every writer can hold: no control character, no noncharacter.
pub(crate) fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}')))
        .collect()
}
