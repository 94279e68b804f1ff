//! XLSX through `rust_xlsxwriter`: a real table on each sheet, headings that stay, cells that refuse what they do not hold,
//! colours beside words, sheets that print. Texts of people are written as texts, never as formulas.

mod expect;

pub(crate) use expect::{height, letter};

use crate::{
    Colour, DocumentError, Look,
    model::{Book, Cell, Holds, Sheet},
    package::Package,
    typography::{line, printable},
};
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill, ChartType, Color,
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Image, ObjectMovement, Table,
    TableColumn, TableFunction, TableStyle, Workbook, Worksheet, XlsxError,
};
use std::io::{Cursor, Read};
use zip::ZipArchive;

const EMBLEM: &[u8] = include_bytes!("../../../../../assets/document/eu.png");
/// Letters that a cell can hold.
const MOST: usize = 32_000;
/// Years of a chart after the first two, told apart by lightness as well as by hue.
const SERIES: [Colour; 4] = [Colour(0x1B_5A93), Colour(0x8F_B67F), Colour(0xB0_305F), Colour(0x5B_5548)];

/// Contrast at which two bars side by side are told apart.
const APART: f64 = 1.8;

const fn rgb(colour: Colour) -> Color {
    Color::RGB(colour.0)
}

pub(crate) fn write(book: &Book) -> Result<Vec<u8>, DocumentError> {
    let meta = &book.meta;
    let mut workbook = Workbook::new();
    let date = day(meta.date)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_title(&meta.title)
            .set_subject(&meta.subtitle)
            .set_author(&meta.author)
            .set_creation_datetime(&date),
    );
    read_me(workbook.add_worksheet(), book)?;
    for sheet in &book.sheets {
        let place = workbook.add_worksheet();
        self::sheet(place, book, sheet)?;
    }
    lists(&mut workbook, book)?;
    growing(&workbook.save_to_buffer()?)
}

/// The same workbook, whose rows keep the height they were given only until someone writes in them: then they grow, as rows do
/// in a workbook made by hand. The library can only fix a height, or leave it to programs that do not reckon it on opening.
fn growing(workbook: &[u8]) -> Result<Vec<u8>, DocumentError> {
    let mut from = ZipArchive::new(Cursor::new(workbook))?;
    let mut package = Package::new();
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        let name = part.name()?.into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes)?;
        if name.starts_with("xl/worksheets/sheet")
            && let Ok(sheet) = std::str::from_utf8(&bytes)
        {
            // Texts stand in a part of their own: here these are only attributes of rows.
            bytes = sheet.replace(" customHeight=\"1\"", "").into_bytes();
        }
        package.part(&name, bytes)?;
    }
    package.finish()
}

pub(crate) fn day(day: chrono::NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    use chrono::Datelike;
    // The first day that spreadsheets know is in 1900.
    let year = u16::try_from(day.year()).unwrap_or(1900).max(1900);
    ExcelDateTime::from_ymd(year, u8::try_from(day.month()).unwrap_or(1), u8::try_from(day.day()).unwrap_or(1))
}

/// How to use the workbook, and what the funder wants said.
fn read_me(place: &mut Worksheet, book: &Book) -> Result<(), DocumentError> {
    let meta = &book.meta;
    place.set_name(&book.read_me_name)?;
    place.set_column_width(0, 82)?;
    let look = &meta.look;
    let text = Format::new().set_text_wrap().set_font_color(rgb(look.ink)).set_align(FormatAlign::Top);
    let title = text.clone().set_bold().set_font_size(18);
    let muted = text.clone().set_font_color(rgb(look.muted));
    place.write_string_with_format(0, 0, &meta.title, &title)?;
    place.set_row_height(0, expect::height([(meta.title.as_str(), 46)].into_iter()) * 1.7)?;
    place.write_string_with_format(1, 0, format!("{} · {}", meta.subtitle, meta.author), &muted)?;
    place.write_string_with_format(2, 0, &meta.date_words, &muted)?;
    let mut row = 4;
    for words in &book.read_me {
        place.write_string_with_format(row, 0, words, &text)?;
        place.set_row_height(row, expect::height([(words.as_str(), 80)].into_iter()) + 4.0)?;
        row += 1;
    }
    if let Some(statement) = &meta.statement {
        let line = rgb(look.line);
        let funder = text.set_font_name("Ubuntu").set_border_top(FormatBorder::Thin).set_border_top_color(line);
        let said = format!("{} — {statement}", meta.union);
        place.set_row_height(row + 1, expect::height([(said.as_str(), 74)].into_iter()) + 4.0)?;
        place.write_string_with_format(row + 1, 0, said, &funder)?;
        // A centimetre high at least: 3:2, from pixels at 96 to the inch.
        let emblem = Image::new_from_buffer(EMBLEM)?
            .set_alt_text(&meta.emblem_alt)
            .set_scale_to_size(66, 44, true)
            .set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
        place.set_row_height(row + 2, 40)?;
        place.insert_image_with_offset(row + 2, 0, &emblem, 4, 4)?;
    }
    place.set_screen_gridlines(false).set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_area(
        0,
        0,
        row + 2,
        0,
    )?;
    Ok(())
}

/// The words that cells choose from, each list under its name.
fn lists(workbook: &mut Workbook, book: &Book) -> Result<(), DocumentError> {
    if book.lists.is_empty() {
        return Ok(());
    }
    let look = &book.meta.look;
    let heading = Format::new().set_bold().set_font_color(rgb(look.muted)).set_background_color(rgb(look.soft));
    let place = workbook.add_worksheet();
    place.set_name(&book.lists_name)?;
    let mut names = Vec::new();
    for (column, (name, words)) in (0u16..).zip(&book.lists) {
        place.set_column_width(column, 28)?;
        place.write_string_with_format(0, column, name, &heading)?;
        for (row, word) in (1u32..).zip(words) {
            text(place, row, column, word, &Format::new())?;
        }
        let letter = expect::letter(column);
        let last = words.len().max(1) + 1;
        names.push((expect::list_name(name), format!("='{}'!${letter}$2:${letter}${last}", book.lists_name)));
    }
    place.set_freeze_panes(1, 0)?;
    for (name, range) in names {
        workbook.define_name(name, &range)?;
    }
    Ok(())
}

fn sheet(place: &mut Worksheet, book: &Book, sheet: &Sheet) -> Result<(), DocumentError> {
    place.set_name(&sheet.name)?;
    let look = &book.meta.look;
    let base = Format::new().set_align(FormatAlign::Top).set_font_color(rgb(look.ink));
    // Not all programs draw the stripes of a table. Words stand off the lines.
    let lined = base
        .clone()
        .set_align(FormatAlign::VerticalCenter)
        .set_border_bottom(FormatBorder::Hair)
        .set_border_bottom_color(rgb(look.line));
    let formats: Vec<Format> =
        sheet.columns.iter().map(|column| expect::format(&lined, column.holds, &book.meta.language)).collect();
    let heading = base
        .set_bold()
        .set_text_wrap()
        .set_background_color(rgb(look.soft))
        .set_border_bottom(FormatBorder::Medium)
        .set_border_bottom_color(rgb(look.line));
    let over_figures = heading.clone().set_align(FormatAlign::Right).set_indent(1);
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or(u32::MAX).clamp(1, 1_000_000);
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or(0);
    let mut columns = Vec::new();
    for (number, (column, format)) in (0u16..).zip(sheet.columns.iter().zip(&formats)) {
        place.set_column_width(number, f64::from(column.width))?;
        let over = if matches!(column.holds, Holds::Money | Holds::Share) { &over_figures } else { &heading };
        let mut shape = TableColumn::new().set_header(&column.heading).set_header_format(over).set_format(format);
        if let Some(label) = &sheet.total {
            if number == 0 {
                shape = shape.set_total_label(label);
            } else if column.holds == Holds::Money {
                shape = shape.set_total_function(TableFunction::Sum);
            }
        }
        columns.push(shape);
    }
    let table = Table::new()
        .set_name(&sheet.key)
        .set_style(TableStyle::Light1)
        .set_alt_text(&sheet.about)
        .set_columns(&columns)
        .set_total_row(sheet.total.is_some());
    let end = last_row + u32::from(sheet.total.is_some());
    place.add_table(0, 0, end, last_column, &table)?;
    place.set_row_height(
        0,
        expect::height(sheet.columns.iter().map(|column| (column.heading.as_str(), column.width))),
    )?;
    for (row, cells) in (1u32..=1_000_000).zip(&sheet.rows) {
        let words = cells.iter().zip(&sheet.columns).filter_map(|(cell, column)| match cell {
            Cell::Words(words) => Some((words.as_str(), column.width)),
            _ => None,
        });
        place.set_row_height(row, expect::height(words) + 4.0)?;
        for (column, (cell, format)) in (0u16..).zip(cells.iter().zip(&formats)) {
            self::cell(place, row, column, cell, format)?;
        }
    }
    if sheet.total.is_some() {
        totals(place, sheet, end, &formats)?;
    }
    expect::validate(place, book, sheet, last_row)?;
    expect::mark(place, sheet, look, last_row)?;
    place.set_freeze_panes(1, sheet.held)?;
    // A wide table is read on A3, or on the screen.
    let letters: u32 = sheet.columns.iter().map(|column| u32::from(column.width)).sum();
    place
        .set_paper_size(if letters > 180 { 8 } else { 9 })
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
    place.set_repeat_rows(0, 0)?;
    place.set_footer(format!("&L{} · {}&R&P / &N", ampersands(&sheet.name), ampersands(&book.meta.running)));
    let below = if let Some(chart) = &sheet.chart {
        place.insert_chart(end + 2, 0, &drawn(sheet, chart, look, last_row, last_column))?;
        end + 24
    } else {
        end
    };
    place.set_print_area(0, 0, below, last_column)?;
    Ok(())
}

/// What the columns of money come to today, so that programs that do not compute on opening show it too.
fn totals(place: &mut Worksheet, sheet: &Sheet, row: u32, formats: &[Format]) -> Result<(), DocumentError> {
    for (number, (index, column)) in (0u16..).zip(sheet.columns.iter().enumerate()) {
        if column.holds != Holds::Money || number == 0 {
            continue;
        }
        let sum: i64 = sheet.rows.iter().filter_map(|cells| cells.get(index)).map(cents).sum();
        let formula = Formula::new(format!("=SUBTOTAL(109,{}[{}])", sheet.key, column.heading)).set_result(euros(sum));
        place.write_formula_with_format(row, number, formula, &formats[index].clone().set_bold())?;
    }
    Ok(())
}

fn cents(cell: &Cell) -> i64 {
    match cell {
        Cell::Money(cents) | Cell::Sum(_, cents) => *cents,
        _ => 0,
    }
}

fn euros(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}

fn cell(place: &mut Worksheet, row: u32, column: u16, cell: &Cell, format: &Format) -> Result<(), DocumentError> {
    match cell {
        Cell::Empty => {
            place.write_blank(row, column, format)?;
        }
        Cell::Words(words) => text(place, row, column, words, format)?,
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds fifteen digits")]
        Cell::Count(number) => {
            place.write_number_with_format(row, column, *number as f64, format)?;
        }
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet holds fifteen digits")]
        Cell::Money(cents) => {
            place.write_number_with_format(row, column, *cents as f64 / 100.0, format)?;
        }
        Cell::Share(share) => {
            place.write_number_with_format(row, column, f64::from(*share) / 100.0, format)?;
        }
        Cell::Day(date) => {
            place.write_datetime_with_format(row, column, &day(*date)?, format)?;
        }
        Cell::Sum(formula, result) => {
            let formula = Formula::new(formula).set_result(euros(*result));
            place.write_formula_with_format(row, column, formula, format)?;
        }
    }
    Ok(())
}

/// A text of people. It is stored as text; the mark keeps it one when its cell is edited.
pub(crate) fn text(
    place: &mut Worksheet,
    row: u32,
    column: u16,
    words: &str,
    format: &Format,
) -> Result<(), DocumentError> {
    let mut words = printable(words);
    if words.chars().count() > MOST {
        words = words.chars().take(MOST).chain(['…']).collect();
    }
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        place.write_string_with_format(row, column, words, &format.clone().set_quote_prefix())?;
    } else {
        place.write_string_with_format(row, column, words, format)?;
    }
    Ok(())
}

/// An ampersand starts a code in the foot of pages, which holds 255 letters in all.
fn ampersands(text: &str) -> String {
    line(text, true).chars().take(80).collect::<String>().replace('&', "&&")
}

/// Stacked bars: money of each year, by the first column, whose words are too long to stand under columns.
fn drawn(sheet: &Sheet, chart: &crate::model::Chart, look: &Look, last_row: u32, last_column: u16) -> Chart {
    let mut drawn = Chart::new(ChartType::BarStacked);
    let money = (0u16..).zip(&sheet.columns).filter(|(_, column)| column.holds == Holds::Money);
    // The last column of money is the sum of the others.
    let years: Vec<u16> = money.map(|(number, _)| number).filter(|number| *number < last_column).collect();
    let second = if look.strong.contrast(look.accent) >= APART { look.accent } else { look.accent.over_white(0.45) };
    let colours: Vec<Colour> = [look.strong, second].into_iter().chain(SERIES).collect();
    for (colour, number) in colours.iter().cycle().zip(years) {
        drawn
            .add_series()
            .set_name((sheet.name.as_str(), 0, number))
            .set_categories((sheet.name.as_str(), 1, 0, last_row, 0))
            .set_values((sheet.name.as_str(), 1, number, last_row, number))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(rgb(*colour))));
    }
    drawn.title().set_name(&chart.title).set_font(ChartFont::new().set_size(13).set_bold());
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    // Behind the bars, not in front of them.
    let grid = if look.is_lined() { look.line.over_white(0.2) } else { look.line };
    // In the order of the table, the amounts below; the axis of words is the upright one.
    drawn.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max).set_major_gridlines(false);
    drawn.x_axis().set_num_format("#,##0 €").set_major_gridlines_line(ChartLine::new().set_color(rgb(grid)));
    // As wide as the table above it, a letter being seven pixels, so that both are printed whole.
    let width: u32 = sheet.columns.iter().map(|column| u32::from(column.width) * 7 + 5).sum();
    drawn.set_alt_text(&chart.alt).set_width(width.max(480)).set_height(400);
    drawn
}
