use super::*;

/// An archive without compression.
fn archive(files: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let mut entry = Vec::new();
        entry.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        entry.extend(crc32(content.as_bytes()).to_le_bytes());
        entry.extend([content.len() as u32, content.len() as u32].into_iter().flat_map(u32::to_le_bytes));
        entry.extend([name.len() as u16, 0].into_iter().flat_map(u16::to_le_bytes));
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&entry);
        directory.extend([0; 10]);
        directory.extend((bytes.len() as u32).to_le_bytes());
        directory.extend(name.as_bytes());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&entry);
        bytes.extend(name.as_bytes());
        bytes.extend(content.as_bytes());
    }
    let (count, start) = (files.len() as u16, bytes.len() as u32);
    let size = directory.len() as u32;
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].into_iter().flat_map(u16::to_le_bytes));
    bytes.extend([size, start].into_iter().flat_map(u32::to_le_bytes));
    bytes.extend([0, 0]);
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(!0, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

/// A workbook with sheets given as the XML of their rows and merged regions.
fn workbook(sheets: &[(&str, &str, &[&str])]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut links, mut files) = (String::new(), String::new(), Vec::new());
    for (index, (state, rows, merged)) in sheets.iter().enumerate() {
        list += &format!("<sheet name=\"S{index}\" sheetId=\"{0}\" state=\"{state}\" r:id=\"r{0}\"/>", index + 1);
        links += &format!(
            "<Relationship Id=\"r{0}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/s{0}.xml\"/>",
            index + 1
        );
        let merged: String = merged.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
        let content = format!(
            "<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
        );
        files.push((format!("xl/worksheets/s{}.xml", index + 1), content));
    }
    links += &format!("<Relationship Id=\"rs\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
    let book = format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{list}</sheets></workbook>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let root = format!(
        "<Relationships xmlns=\"{LINKS}\"><Relationship Id=\"r\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let mut all = vec![
        ("_rels/.rels".to_owned(), root),
        ("xl/workbook.xml".to_owned(), book),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships xmlns=\"{LINKS}\">{links}</Relationships>")),
        ("xl/styles.xml".to_owned(), styles),
    ];
    all.extend(files);
    archive(&all.iter().map(|(name, content)| (name.as_str(), content.clone())).collect::<Vec<_>>())
}

/// A row of text cells from column A on; an empty one is left out.
fn row(line: u32, cells: &[&str]) -> String {
    let cell = |(index, text): (usize, &&str)| {
        let column = char::from(b'A' + u8::try_from(index).unwrap());
        if text.is_empty() {
            String::new()
        } else {
            format!("<c r=\"{column}{line}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
        }
    };
    format!("<row r=\"{line}\">{}</row>", cells.iter().enumerate().map(cell).collect::<String>())
}

#[test]
fn a_sheet_is_read_below_its_title_with_its_own_row_numbers() {
    let rows = row(1, &["Propositions"])
        + &row(3, &["Id", "Thème", "Texte"])
        + &row(5, &["1", "", "Un bus"])
        + &row(6, &["2", "Santé", "Un car"]);
    let read = table(workbook(&[("visible", &rows, &["A1:C1"])]));
    assert_eq!(
        (read.headings.join(","), lines(&read), texts(&read).join(",")),
        ("Id,Thème,Texte".into(), vec![5, 6], "Un bus,Un car".into())
    );
    assert!(read.rows.iter().all(|row| row.problem.is_none()));
}

#[test]
fn values_read_as_people_see_them() {
    let values = "<row r=\"2\"><c r=\"A2\"><v>3.0</v></c><c r=\"B2\"><v>0.30000000000000004</v></c><c r=\"C2\" s=\"1\"><v>44735</v></c>\
        <c r=\"D2\" t=\"b\"><v>1</v></c><c r=\"E2\" t=\"e\"><v>#N/A</v></c><c r=\"F2\" s=\"1\"><v>44735.5</v></c><c r=\"G2\" s=\"1\"><v>1e300</v></c></row>";
    let read = table(workbook(&[("visible", &(row(1, &["Texte", "b", "c", "d", "e", "f", "g"]) + values), &[])]));
    assert_eq!(read.rows[0].cells[..6], ["3", "0.3", "2022-06-23", "true", "", "2022-06-23 12:00"]);
}

#[test]
fn the_first_visible_sheet_with_known_headings_serves() {
    let (notice, hidden, good) =
        (row(1, &["Mode d'emploi"]), row(1, &["Texte"]) + &row(2, &["non"]), row(1, &["Texte"]) + &row(2, &["oui"]));
    let read = table(workbook(&[
        ("visible", &notice, &[]),
        ("hidden", &hidden, &[]),
        ("visible", "", &[]),
        ("visible", &good, &[]),
    ]));
    assert_eq!(texts(&read), ["oui"]);
    assert_eq!(refusal(workbook(&[("visible", "", &[])])), "empty");
}

#[test]
fn what_is_merged_downwards_counts_for_each_row_and_titles_across_for_none() {
    let rows = row(1, &["Thème", "Texte"])
        + &row(2, &["Mobilité", "Un bus"])
        + &row(3, &["", "Un car"])
        + &row(4, &["Partie 2"])
        + &row(5, &["Santé", "Un lit"]);
    let read = table(workbook(&[("visible", &rows, &["A2:A3", "A4:B4"])]));
    let cells: Vec<String> = read.rows.iter().map(|row| row.cells.join(":")).collect();
    assert_eq!(cells, ["Mobilité:Un bus", "Mobilité:Un car", "Santé:Un lit"]);
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_costs_nothing() {
    let rows = row(1, &["Texte"]) + &row(2, &["Un bus"]) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    assert_eq!(refusal(workbook(&[("visible", &rows, &["A1:XFD1048576"])])), "too many columns");
}

#[test]
fn a_damaged_workbook_is_refused_wherever_it_is_cut() {
    let rows = row(1, &["Texte"]) + &row(2, &["Un bus"]);
    let bytes = workbook(&[("visible", &rows, &[])]);
    for end in (4..bytes.len()).step_by(7) {
        assert!(from_bytes(&bytes[..end]).is_err(), "cut at {end}");
    }
    for at in (0..bytes.len()).step_by(3) {
        let mut bytes = bytes.clone();
        bytes[at] ^= 0x55;
        _ = from_bytes(&bytes);
    }
}
