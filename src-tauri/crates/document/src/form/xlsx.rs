//! A form as XLSX: a sheet per action; keys in a hidden column, answers in cells that are left open, the rest locked.

use super::{Expects, Field, Form, Section, Value, expects, words};
use crate::{
    DocumentError,
    typography::{line, printable},
};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

const INK: Color = Color::RGB(0x1D_1B17);
const MUTED: Color = Color::RGB(0x5B_5548);
const SOFT: Color = Color::RGB(0xFB_F4E0);
const LINE: Color = Color::RGB(0xD9_D2C0);
/// Columns of keys, labels, answers and help.
const KEY: u16 = 0;
const LABEL: u16 = 1;
const ANSWER: u16 = 2;
const HELP: u16 = 3;
/// Letters that a column of answers shows on a line.
const WIDE: u16 = 70;

struct Looks {
    words: Format,
    muted: Format,
    bold: Format,
    head: Format,
    open: Format,
    title: Format,
}

pub(super) fn write(form: &Form) -> Result<Vec<u8>, DocumentError> {
    let mut meta = form.meta();
    meta.clean();
    let mut workbook = Workbook::new();
    let mut properties = DocProperties::new()
        .set_title(&meta.title)
        .set_subject(&meta.subtitle)
        .set_author(&meta.author)
        .set_creation_datetime(&crate::xlsx::day(meta.date)?);
    for (name, value) in form.identity() {
        properties = properties.set_custom_property(name, value.as_str());
    }
    workbook.set_properties(&properties);
    let looks = looks();
    for (number, section) in (1..).zip(&form.sections) {
        let place = workbook.add_worksheet();
        place.set_name(tab(section, number))?;
        self::section(place, form, section, &looks)?;
    }
    let place = workbook.add_worksheet();
    place.set_name(form.words().read_me)?;
    read_me(place, form, &meta.union, meta.statement.as_deref(), &looks)?;
    Ok(workbook.save_to_buffer()?)
}

fn looks() -> Looks {
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_font_color(INK);
    Looks {
        muted: words.clone().set_font_color(MUTED),
        bold: words.clone().set_bold(),
        head: words.clone().set_bold().set_background_color(SOFT).set_border_bottom(FormatBorder::Medium),
        open: words.clone().set_unlocked().set_border(FormatBorder::Thin).set_border_color(LINE),
        title: words.clone().set_bold().set_font_size(16).set_text_wrap(),
        words,
    }
}

/// A tab’s name: the number of its action.
fn tab(section: &Section, number: usize) -> String {
    let allowed = |c: &char| !matches!(*c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'');
    let name: String = section.number.chars().filter(allowed).take(24).collect();
    if name.trim().is_empty() { number.to_string() } else { name }
}

fn section(place: &mut Worksheet, form: &Form, section: &Section, looks: &Looks) -> Result<(), DocumentError> {
    let french = form.french();
    for (column, width) in [(KEY, 10), (LABEL, 30), (ANSWER, WIDE), (HELP, 36)] {
        place.set_column_width(column, f64::from(width))?;
    }
    place.set_column_hidden(KEY)?;
    write_text(place, 0, KEY, &section.key, &looks.words)?;
    let title = line(&format!("{} {}", section.number, section.title), french);
    place.merge_range(0, LABEL, 0, HELP, &title, &looks.title)?;
    place.set_row_height(0, height(&title, WIDE) * 1.5)?;
    write_text(place, 1, LABEL, &line(&section.trail, french), &looks.muted)?;
    let reference = format!("{}\u{a0}: {}", form.words().reference, section.key);
    place.merge_range(2, LABEL, 2, HELP, &reference, &looks.muted)?;
    let mut row = 4;
    for group in &section.groups {
        let title = form.group_title(group);
        for (column, words) in [(LABEL, title.as_str()), (ANSWER, form.words().answer), (HELP, form.words().help)] {
            write_text(place, row, column, words, &looks.head)?;
        }
        row += 1;
        for field in &group.fields {
            let (label, help) = words::label(group.kind, field.name, french);
            write_text(place, row, KEY, &field.key, &looks.words)?;
            write_text(place, row, LABEL, label, &looks.bold)?;
            write_text(place, row, HELP, help, &looks.muted)?;
            answer(place, form, row, field, looks)?;
            row += 1;
        }
        row += 1;
    }
    place
        .set_screen_gridlines(false)
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_print_area(0, LABEL, row, HELP)?;
    // Without password: nothing is hidden from the partner, only kept from slips.
    place.protect_with_options(&ProtectionOptions {
        format_rows: true,
        format_columns: true,
        ..ProtectionOptions::new()
    });
    Ok(())
}

fn answer(place: &mut Worksheet, form: &Form, row: u32, field: &Field, looks: &Looks) -> Result<(), DocumentError> {
    let french = form.french();
    let expected = expects(field.name);
    let look = match expected {
        Expects::Day => looks.open.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Left),
        Expects::Money => looks.open.clone().set_num_format("#,##0.00").set_align(FormatAlign::Left),
        Expects::Count => looks.open.clone().set_num_format("0").set_align(FormatAlign::Left),
        _ => looks.open.clone(),
    };
    match &field.value {
        Value::Empty => {
            place.write_blank(row, ANSWER, &look)?;
        }
        Value::Words(words) if field.name == "status" => {
            let shown = super::status_shown(words, french).unwrap_or(words);
            write_text(place, row, ANSWER, shown, &look)?;
        }
        Value::Words(words) => {
            // A cell is words alone.
            let words = if expected == Expects::Prose { crate::rich::plain(words) } else { words.clone() };
            place.set_row_height(row, height(&words, WIDE))?;
            write_text(place, row, ANSWER, &words, &look)?;
        }
        Value::Day(day) => {
            place.write_datetime_with_format(row, ANSWER, &crate::xlsx::day(*day)?, &look)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds fifteen digits")]
        Value::Money(cents) => {
            place.write_number_with_format(row, ANSWER, *cents as f64 / 100.0, &look)?;
        }
        Value::Count(count) => {
            place.write_number_with_format(row, ANSWER, *count, &look)?;
        }
    }
    if expected == Expects::Prose && field.value == Value::Empty {
        place.set_row_height(row, 45)?;
    }
    if let Some(rule) = validation(form, expected)? {
        place.add_data_validation(row, ANSWER, row, ANSWER, &rule)?;
    }
    Ok(())
}

/// What an answer is checked for: a slip is asked about, never refused, since “end of 2023” is an answer too.
fn validation(form: &Form, expected: Expects) -> Result<Option<DataValidation>, XlsxError> {
    let words = form.words();
    let (rule, message) = match expected {
        Expects::Prose | Expects::Line => return Ok(None),
        Expects::Day => {
            let first = ExcelDateTime::from_ymd(2000, 1, 1)?;
            (DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(first)), words.not_day)
        }
        Expects::Money => {
            (DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0)), words.not_money)
        }
        Expects::Count => {
            (DataValidation::new().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)), words.not_count)
        }
        Expects::Status => {
            let statuses = crate::words::words(&form.frame.language).statuses().map(|(_, shown)| shown);
            (DataValidation::new().allow_list_strings(&statuses)?, words.not_listed)
        }
    };
    let rule = rule.ignore_blank(true).set_error_style(DataValidationErrorStyle::Warning).set_error_message(message)?;
    Ok(Some(rule))
}

fn read_me(
    place: &mut Worksheet,
    form: &Form,
    union: &str,
    statement: Option<&str>,
    looks: &Looks,
) -> Result<(), DocumentError> {
    place.set_column_width(0, 90)?;
    place.set_screen_gridlines(false);
    for (row, words) in (0..).zip(form.words().how) {
        write_text(place, row, 0, words, &looks.words)?;
        place.set_row_height(row, height(words, 86))?;
    }
    if let Some(statement) = statement {
        let funder = looks.words.clone().set_font_name("Ubuntu");
        write_text(place, 4, 0, &format!("{union} — {statement}"), &funder)?;
        place.set_row_height(4, height(statement, 60))?;
    }
    Ok(())
}

fn height(words: &str, width: u16) -> f64 {
    crate::xlsx::height([(words, width)].into_iter())
}

fn write_text(place: &mut Worksheet, row: u32, column: u16, words: &str, look: &Format) -> Result<(), DocumentError> {
    crate::xlsx::text(place, row, column, &printable(words), look)
}
