//! Reading answers: a day, an amount, a status as people write them, or why it is none.

use super::Slot;
use crate::{Language, home::fold};
use chrono::{Datelike, NaiveDate};
use moisson_document::form::{self, Expects, Given, Strange};

/// An answer, as the journal would hold it in plain text; or why it cannot, with what was written.
pub(super) type Answer = Result<String, (String, String)>;

/// Reads an answer for a field.
pub(crate) fn answer(slot: Slot, given: &Given, language: Language) -> Answer {
    let expected = form::expects(slot.name());
    match given {
        Given::Nothing => Ok(String::new()),
        Given::Unclear(strange, words) => Err((words.clone(), unclear(*strange, language))),
        Given::Day(day) => Ok(day.to_string()),
        Given::Number(number) => from_number(expected, *number, language),
        Given::Marked(words) if expected == Expects::Prose => Ok(words.clone()),
        Given::Marked(words) => from_words(expected, &moisson_document::plain(words), language),
        Given::Words(words) => from_words(expected, words, language),
    }
}

fn unclear(strange: Strange, language: Language) -> String {
    match strange {
        Strange::Merged => language.say(
            "des cellules ont été fusionnées : on ne sait plus à quelle question cela répond",
            "cells were merged: it is no longer clear which question this answers",
        ),
        Strange::Error => {
            language.say("la formule de cette cellule est en erreur", "the formula of this cell gives an error")
        }
    }
}

fn from_number(expected: Expects, number: f64, language: Language) -> Answer {
    let written = written(number);
    match expected {
        Expects::Money => from_words(expected, &written, language),
        // A share that a spreadsheet shows as a percentage.
        Expects::Count if number.fract() != 0.0 && number < 1.0 => Ok(format!("{}", (number * 100.0).round())),
        Expects::Count => from_words(expected, &written, language),
        // A day whose cell lost its format is a count of days since 1900.
        Expects::Day if number.fract() == 0.0 && (20_000.0..80_000.0).contains(&number) => {
            let first = NaiveDate::from_ymd_opt(1899, 12, 30);
            let day = first.and_then(|first| first.checked_add_days(chrono::Days::new(number as u64)));
            day.map(|day| day.to_string()).ok_or_else(|| no_day(&written, language))
        }
        Expects::Day => Err(no_day(&written, language)),
        _ => Ok(written),
    }
}

fn written(number: f64) -> String {
    let rounded: f64 = format!("{number:.12e}").parse().unwrap_or(number);
    rounded.to_string()
}

fn from_words(expected: Expects, words: &str, language: Language) -> Answer {
    let words = words.trim();
    match expected {
        Expects::Prose | Expects::Line => Ok(words.to_owned()),
        Expects::Day => day(words).map(|day| day.to_string()).ok_or_else(|| no_day(words, language)),
        Expects::Money => cents(words).map(|cents| cents.to_string()).ok_or_else(|| {
            let why = language.say(
                format!("« {words} » n’est pas un montant, comme 12 500,50"),
                format!("“{words}” is no amount, such as 12500.50"),
            );
            (words.to_owned(), why)
        }),
        Expects::Count => {
            let digits = words.trim_end_matches('%').trim();
            digits.parse::<u32>().map(|count| count.to_string()).map_err(|_| {
                let why = language
                    .say(format!("« {words} » n’est pas un nombre entier"), format!("“{words}” is no whole number"));
                (words.to_owned(), why)
            })
        }
        Expects::Status => form::status(words).map(str::to_owned).ok_or_else(|| {
            let why = language.say(
                format!("« {words} » n’est pas un état de la liste"),
                format!("“{words}” is no status of the list"),
            );
            (words.to_owned(), why)
        }),
    }
}

fn no_day(words: &str, language: Language) -> (String, String) {
    let why = language.say(
        format!("« {words} » n’est pas une date, comme 15/09/2022"),
        format!("“{words}” is no date, such as 15/09/2022"),
    );
    (words.to_owned(), why)
}

const MONTHS: [[&str; 2]; 12] = [
    ["janv", "jan"],
    ["fevr", "feb"],
    ["mars", "mar"],
    ["avri", "apr"],
    ["mai", "may"],
    ["juin", "jun"],
    ["juil", "jul"],
    ["aout", "aug"],
    ["sept", "sep"],
    ["octo", "oct"],
    ["nove", "nov"],
    ["dece", "dec"],
];

/// A day as people write it: 15/09/2022, 15.9.22, 2022-09-15, « jeudi 15 septembre 2022 », “15 Sep 2022”.
pub(crate) fn day(words: &str) -> Option<NaiveDate> {
    if let Ok(day) = words.trim().parse::<NaiveDate>() {
        return sensible(day);
    }
    let folded = fold(words);
    let parts: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.trim_end_matches("er").trim_end_matches("th").parse::<u32>().ok();
    let year = |part: &str| match (part.len(), part.parse::<i32>().ok()?) {
        (2, short) => Some(2000 + short),
        (4, year) => Some(year),
        _ => None,
    };
    // A time at the end is none of ours; a weekday at the start says nothing more.
    let parts = match parts.as_slice() {
        [first, rest @ ..] if rest.len() >= 3 && !first.starts_with(|c: char| c.is_ascii_digit()) => rest,
        all => all,
    };
    let [first, second, third, rest @ ..] = parts else { return None };
    if rest.iter().any(|part| !part.chars().all(|c| c.is_ascii_digit() || c == 'h')) {
        return None;
    }
    if first.len() == 4 {
        return sensible(NaiveDate::from_ymd_opt(year(first)?, number(second)?, number(third)?)?);
    }
    let month = number(second).or_else(|| {
        let named = |names: &[&str; 2]| {
            names.iter().any(|name| second.starts_with(name) || (second.len() >= 3 && name.starts_with(second)))
        };
        MONTHS.iter().position(named).and_then(|at| u32::try_from(at + 1).ok())
    })?;
    sensible(NaiveDate::from_ymd_opt(year(third)?, month, number(first)?)?)
}

/// A plan is of this century: « 15/09/0022 » is a slip.
fn sensible(day: NaiveDate) -> Option<NaiveDate> {
    (1990..2100).contains(&day.year()).then_some(day)
}

/// Cents of an amount as people write it: « 12 500,50 € », “€12,500.50”, « 12,5 k€ » is none.
pub(crate) fn cents(words: &str) -> Option<i64> {
    let digits: String = words.chars().filter(|c| !(c.is_whitespace() || matches!(c, '€' | '\''))).collect();
    let digits = digits.trim_end_matches("EUR").trim_end_matches("euros");
    // The last sign parts the cents, unless three digits follow it: then it parts thousands.
    let (whole, part) = match digits.rfind([',', '.']) {
        Some(at) if digits.len() - at - 1 <= 2 => (&digits[..at], &digits[at + 1..]),
        _ => (digits, ""),
    };
    let whole: String = whole.chars().filter(|c| !matches!(c, ',' | '.')).collect();
    let all_digits = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !all_digits(&whole) || !all_digits(part) {
        return None;
    }
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use moisson_domain::Field;

    #[test]
    fn days_are_read_as_people_write_them() {
        let autumn = NaiveDate::from_ymd_opt(2022, 9, 15);
        for words in [
            "15/09/2022",
            "15.9.22",
            "2022-09-15",
            "jeudi 15 septembre 2022",
            "15 sept. 2022",
            "15 Sep 2022",
            "15/09/2022 00:00",
        ] {
            assert_eq!(day(words), autumn, "{words}");
        }
        assert_eq!(day("1er février 2023"), NaiveDate::from_ymd_opt(2023, 2, 1));
        for words in ["fin 2023", "31/02/2022", "15/09", "septembre 2022", "15/09/0022", ""] {
            assert_eq!(day(words), None, "{words}");
        }
    }

    #[test]
    fn amounts_are_read_as_people_write_them() {
        for words in ["12 500,50 €", "€12,500.50", "12.500,50", "12500.5", "12\u{202f}500,5"] {
            assert_eq!(cents(words), Some(1_250_050), "{words}");
        }
        assert_eq!(cents("48.000"), Some(4_800_000));
        for words in ["douze", "12,5 k€", "", "-3"] {
            assert_eq!(cents(words), None, "{words}");
        }
    }

    #[test]
    fn a_day_whose_cell_lost_its_format_is_still_a_day() {
        let slot = Slot::Field(Field::EndsOn);
        assert_eq!(answer(slot, &Given::Number(44819.0), Language::Fr), Ok("2022-09-15".into()));
        assert!(answer(slot, &Given::Number(2023.0), Language::Fr).is_err());
        assert!(answer(slot, &Given::Words("fin 2023".into()), Language::Fr).is_err());
    }
}
