//! Tables: a header row that repeats, rows that stay whole.

use super::body::Xml;
use crate::{
    model::{Table, Text},
    xml::Written as Result,
};

impl Xml {
    pub(super) fn table(&mut self, table: &Table) -> Result {
        if self.breaks {
            self.paragraph("TableEnd", |_| Ok(()))?;
        }
        let total: u32 = table.widths.iter().sum::<u32>().max(1);
        let widths: Vec<String> = table.widths.iter().map(|width| (self.width * width / total).to_string()).collect();
        self.open("w:tbl", &[])?;
        self.open("w:tblPr", &[])?;
        self.empty("w:tblStyle", &[("w:val", &self.named("MoissonTable"))])?;
        self.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
        self.empty("w:tblLayout", &[("w:type", "fixed")])?;
        self.empty(
            "w:tblLook",
            &[
                ("w:val", "0020"),
                ("w:firstRow", "1"),
                ("w:lastRow", "0"),
                ("w:firstColumn", "0"),
                ("w:lastColumn", "0"),
                ("w:noHBand", "1"),
                ("w:noVBand", "1"),
            ],
        )?;
        self.empty("w:tblCaption", &[("w:val", &table.caption)])?;
        self.close("w:tblPr")?;
        self.open("w:tblGrid", &[])?;
        for width in &widths {
            self.empty("w:gridCol", &[("w:w", width)])?;
        }
        self.close("w:tblGrid")?;
        let header: Vec<Text> = table.header.iter().map(|cell| vec![crate::model::Run::plain(cell)]).collect();
        self.row(&header, &widths, table, true)?;
        for row in &table.rows {
            self.row(row, &widths, table, false)?;
        }
        self.close("w:tbl")?;
        self.paragraph("TableEnd", |_| Ok(()))
    }

    fn row(&mut self, cells: &[Text], widths: &[String], table: &Table, header: bool) -> Result {
        self.open("w:tr", &[])?;
        self.open("w:trPr", &[])?;
        self.empty("w:cantSplit", &[])?;
        if let Some(height) = table.row_height.filter(|_| !header) {
            // Twentieths of a point in a millimetre: 56.7.
            self.empty("w:trHeight", &[("w:val", &(height * 567 / 10).to_string()), ("w:hRule", "atLeast")])?;
        }
        if header {
            self.empty("w:tblHeader", &[])?;
        }
        self.close("w:trPr")?;
        for ((cell, width), right) in cells.iter().zip(widths).zip(&table.figures) {
            self.open("w:tc", &[])?;
            self.open("w:tcPr", &[])?;
            self.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])?;
            self.close("w:tcPr")?;
            let style = match (header, right) {
                (true, true) => "TableHeadRight",
                (true, false) => "TableHead",
                (false, true) => "TableRight",
                (false, false) => "TableText",
            };
            self.paragraph(style, |xml| xml.runs(cell))?;
            self.close("w:tc")?;
        }
        self.close("w:tr")
    }

    /// A table whose rows are written one by one.
    pub(crate) fn table_of(
        &mut self,
        caption: &str,
        widths: &[&str],
        rows: impl FnOnce(&mut Self) -> Result,
    ) -> Result {
        self.open("w:tbl", &[])?;
        self.open("w:tblPr", &[])?;
        self.empty("w:tblStyle", &[("w:val", &self.named("MoissonTable"))])?;
        self.empty("w:tblW", &[("w:w", "5000"), ("w:type", "pct")])?;
        self.empty("w:tblLayout", &[("w:type", "fixed")])?;
        self.empty("w:tblLook", &[("w:val", "0020"), ("w:firstRow", "1"), ("w:noHBand", "1"), ("w:noVBand", "1")])?;
        self.empty("w:tblCaption", &[("w:val", caption)])?;
        self.close("w:tblPr")?;
        self.open("w:tblGrid", &[])?;
        for width in widths {
            self.empty("w:gridCol", &[("w:w", width)])?;
        }
        self.close("w:tblGrid")?;
        rows(self)?;
        self.close("w:tbl")?;
        self.paragraph("TableEnd", |_| Ok(()))
    }

    /// A row that stays whole; a header repeats on each page.
    pub(crate) fn table_row(&mut self, header: bool, cells: impl FnOnce(&mut Self) -> Result) -> Result {
        self.open("w:tr", &[])?;
        self.open("w:trPr", &[])?;
        self.empty("w:cantSplit", &[])?;
        if header {
            self.empty("w:tblHeader", &[])?;
        }
        self.close("w:trPr")?;
        cells(self)?;
        self.close("w:tr")
    }

    /// A cell that holds paragraphs.
    pub(crate) fn cell(&mut self, width: &str, inside: impl FnOnce(&mut Self) -> Result) -> Result {
        self.open("w:tc", &[])?;
        self.open("w:tcPr", &[])?;
        self.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")])?;
        self.close("w:tcPr")?;
        inside(self)?;
        self.close("w:tc")
    }
}
