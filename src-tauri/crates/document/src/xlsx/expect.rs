//! What each column expects: how its cells look, what they refuse, what they show by colour.

use crate::{
    Colour, DocumentError, Look,
    model::{Book, Holds, Mark, Sheet},
};
use rust_xlsxwriter::{
    Color, ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar, ConditionalFormatFormula,
    ConditionalFormatType, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    FormatAlign, Formula, Worksheet,
};

/// Lines under the table that are ready to be filled in.
const ROOM: u32 = 200;

/// How the cells of a column look.
pub(super) fn format(base: &Format, holds: Holds, language: &str) -> Format {
    let base = base.clone();
    match holds {
        // Left also where a cell holds a figure: at the right of its column it would touch the words of the next.
        Holds::Words | Holds::OneOf(_) => base.set_text_wrap().set_align(FormatAlign::Left),
        Holds::Count => base.set_num_format("0").set_align(FormatAlign::Left),
        Holds::Money => {
            let format = if language == "en" { "€#,##0" } else { "#,##0\\ \"€\"" };
            base.set_num_format(format).set_align(FormatAlign::Right).set_indent(1)
        }
        Holds::Day => base.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        Holds::Share => base.set_num_format("0 %").set_align(FormatAlign::Right).set_indent(1),
    }
}

/// The height of a row in points, from the words of its cells and the widths of their columns: LibreOffice does not reckon it
/// on opening. Excel holds 409 at most.
pub(crate) fn height<'a>(cells: impl Iterator<Item = (&'a str, u16)>) -> f64 {
    let lines = cells.map(|(words, width)| {
        let width = usize::from(width).saturating_sub(1).max(1);
        words.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>()
    });
    let lines = u32::try_from(lines.max().unwrap_or(1).max(1)).unwrap_or(27);
    f64::from(lines * 15).min(405.0)
}

/// A column by its letter.
pub(crate) fn letter(column: u16) -> String {
    let mut rest = column;
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

/// The defined name of a list: letters and underscores.
pub(super) fn list_name(name: &str) -> String {
    let word: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    format!("liste_{}", word.to_lowercase())
}

/// Cells take what their column holds; a word that is not on its list is asked about, not refused.
pub(super) fn validate(place: &mut Worksheet, book: &Book, sheet: &Sheet, last_row: u32) -> Result<(), DocumentError> {
    let french = book.meta.language != "en";
    let say = |fr: &'static str, en: &'static str| if french { fr } else { en };
    for (number, column) in (0u16..).zip(&sheet.columns) {
        let rule = match column.holds {
            Holds::Words => continue,
            Holds::OneOf(list) => {
                let Some((name, _)) = book.lists.get(list) else { continue };
                DataValidation::new()
                    .allow_list_formula(Formula::new(format!("={}", list_name(name))))
                    .set_error_style(DataValidationErrorStyle::Warning)
                    .set_error_message(say("Ce mot n’est pas dans la liste.", "This word is not on the list."))?
            }
            Holds::Count => DataValidation::new()
                .allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0))
                .set_error_message(say("Un nombre entier.", "A whole number."))?,
            Holds::Money => DataValidation::new()
                .allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
                .set_error_message(say("Un montant en euros.", "An amount in euros."))?,
            Holds::Day => DataValidation::new()
                .allow_date(DataValidationRule::GreaterThanOrEqualTo(ExcelDateTime::from_ymd(2000, 1, 1)?))
                .set_error_message(say("Une date, comme 15/09/2022.", "A date, such as 15/09/2022."))?,
            Holds::Share => DataValidation::new()
                .allow_decimal_number(DataValidationRule::Between(0.0, 1.0))
                .set_error_message(say("De 0 % à 100 %.", "From 0 % to 100 %."))?,
        };
        let rule = rule.ignore_blank(true).set_error_title(column.heading.chars().take(32).collect::<String>())?;
        // Under a row of sums nothing is typed in.
        let end = if sheet.total.is_some() { last_row } else { last_row + ROOM };
        place.add_data_validation(1, number, end, number, &rule)?;
    }
    Ok(())
}

/// Colours beside words, never instead of them.
pub(super) fn mark(place: &mut Worksheet, sheet: &Sheet, look: &Look, last_row: u32) -> Result<(), DocumentError> {
    let warn = Format::new().set_background_color(Color::RGB(0xF8_DCD3)).set_font_color(Color::RGB(0x7A_2118));
    let good = Format::new().set_background_color(Color::RGB(0xDC_EBD9)).set_font_color(Color::RGB(0x1F_5130));
    let last_row = if sheet.total.is_some() { last_row } else { last_row + ROOM };
    // A dark accent is lightened, so that the share is read on its bar.
    let bar = if look.on_accent == Colour::WHITE { look.accent.over_white(0.36) } else { look.accent };
    for (number, column) in (0u16..).zip(&sheet.columns) {
        match &column.mark {
            Mark::None => {}
            Mark::Bar => {
                let drawn = ConditionalFormatDataBar::new()
                    .set_fill_color(Color::RGB(bar.0))
                    .set_solid_fill(true)
                    .set_minimum(ConditionalFormatType::Number, 0)
                    .set_maximum(ConditionalFormatType::Number, 1);
                place.add_conditional_format(1, number, last_row, number, &drawn)?;
            }
            Mark::Words { warn: attention, good: done } => {
                for (words, format) in [(attention, &warn), (done, &good)] {
                    for word in words {
                        let rule = ConditionalFormatCell::new()
                            .set_rule(ConditionalFormatCellRule::EqualTo(word.as_str()))
                            .set_format(format);
                        place.add_conditional_format(1, number, last_row, number, &rule)?;
                    }
                }
            }
            Mark::Late { until, words } => {
                let (day, other) = (letter(number), letter(u16::try_from(*until).unwrap_or(0)));
                let open = if words.is_empty() {
                    format!("${other}2=\"\"")
                } else {
                    let not = words.iter().map(|word| format!("${other}2<>\"{}\"", word.replace('"', "\"\"")));
                    not.collect::<Vec<_>>().join(",")
                };
                let rule = ConditionalFormatFormula::new()
                    .set_rule(format!("=AND(ISNUMBER(${day}2),${day}2<TODAY(),{open})").as_str())
                    .set_format(&warn);
                place.add_conditional_format(1, number, last_row, number, &rule)?;
            }
        }
    }
    Ok(())
}
