//! What a stranger hands over as a table to import: any bytes as CSV and as XLSX, and any bytes as the sheet of a workbook that is
//! otherwise right. Nothing may panic, and a preview may not change the démarche.

#![no_main]

use chrono::DateTime;
use libfuzzer_sys::fuzz_target;
use moisson_workflow::{
    ImportOptions, Language, Session, Surroundings, Template,
    views::{ImportKind, PlanImportAsked},
};
use rand_chacha::{ChaCha20Rng, rand_core::SeedableRng};
use std::{cell::RefCell, fs, io::Write, path::Path};
use tempfile::TempDir;
use zip::{ZipWriter, write::SimpleFileOptions};

const KINDS: [ImportKind; 4] =
    [ImportKind::Proposals, ImportKind::Findings, ImportKind::Participants, ImportKind::Organisations];
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Feuille" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const OF_BOOK: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const HEADINGS: &str = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>proposition</t></is></c></row>"#;

thread_local! {
    static DEMARCHE: RefCell<(TempDir, Session, String)> = RefCell::new(demarche());
}

fn demarche() -> (TempDir, Session, String) {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    let world = Surroundings {
        now: Box::new(|| DateTime::parse_from_rfc3339("2022-06-23T14:32:00+02:00").unwrap()),
        random: ChaCha20Rng::seed_from_u64(7),
        author: String::new(),
        language: Language::Fr,
    };
    let path = folder.path().join("fuzz.moisson");
    let session = Session::new_process(&path, Template::Spie, None, "fuzz", world).unwrap();
    let digest = session.digest().unwrap();
    (folder, session, digest)
}

fuzz_target!(|bytes: &[u8]| {
    DEMARCHE.with_borrow_mut(|(folder, session, digest)| {
        let (csv, xlsx) = (folder.path().join("x.csv"), folder.path().join("x.xlsx"));
        fs::write(&csv, bytes).unwrap();
        take(session, &csv);
        fs::write(&xlsx, bytes).unwrap();
        take(session, &xlsx);
        workbook(&xlsx, bytes);
        take(session, &xlsx);
        assert_eq!(session.digest().unwrap(), *digest);
    });
});

fn take(session: &mut Session, path: &Path) {
    for kind in KINDS {
        session.import(path, ImportOptions { kind, workshop: None, keep: false }).ok();
    }
    session.preview_plan(path, &PlanImportAsked::default()).ok();
}

/// A workbook whose one sheet goes on with these bytes after its headings.
fn workbook(path: &Path, bytes: &[u8]) {
    let mut zip = ZipWriter::new(fs::File::create(path).unwrap());
    let sheet = [HEADINGS.as_bytes(), bytes].concat();
    for (name, part) in [
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", BOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", OF_BOOK.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_slice()),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(part).unwrap();
    }
    zip.finish().unwrap();
}
