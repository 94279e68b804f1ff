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
#[must_use]
pub fn date(day: NaiveDate, french: bool) -> String {
    let number = if french && day.day() == 1 { String::from("1er") } else { day.day().to_string() };
    format!("{number}{NBSP}{}{NBSP}{}", month(day, french), day.year())
}

/// « janvier 2023 », with a no-break space.
#[must_use]
pub fn month_of(day: NaiveDate, french: bool) -> String {
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

/// A text as its language sets it: in French, no line breaks before `; : ! ? »` nor after `«`.
pub(crate) fn set(text: &str, french: bool) -> String {
    let text = printable(text);
    if !french {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let next = letters.peek().copied();
        out.push(match (letter, next) {
            (' ', Some(':' | '»')) => NBSP,
            (' ', Some(';' | '!' | '?')) => NARROW,
            (' ', _) if out.ends_with('«') => NBSP,
            _ => letter,
        });
    }
    out
}

/// The same on one line.
pub(crate) fn line(text: &str, french: bool) -> String {
    set(text, french).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::set;

    #[test]
    fn french_punctuation_stays_with_its_word() {
        let said = set("Que faire ? « Tout » : voir ; oui !", true);
        assert_eq!(said, "Que faire\u{202f}? «\u{a0}Tout\u{a0}»\u{a0}: voir\u{202f}; oui\u{202f}!");
        assert_eq!(set("What? “All”: see", false), "What? “All”: see");
    }
}
