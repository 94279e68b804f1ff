//! What a file is, by its first bytes: people rename files, and export tools lie about them.

use super::Refusal;
use serde::de::IgnoredAny;

/// What can be read as a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Nature {
    /// A ZIP archive that holds an Excel workbook, or what may be one (encrypted).
    Workbook,
    /// Text of any encoding.
    Text,
}

/// Signatures of formats that people drop by mistake, with what to call them.
const SIGNATURES: [(&[u8], &str); 14] = [
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"SQLite format 3\0", "SQLite"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"BZh", "bzip2"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"PK\x05\x06", "ZIP"),
];

/// Says what the bytes are, or why they are no table.
pub(super) fn of(bytes: &[u8]) -> Result<Nature, Refusal> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::Empty);
    }
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Refusal::NotATable(name));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return archive(bytes);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return compound(bytes);
    }
    if looks_binary(bytes) {
        return Err(Refusal::NotATable("binary"));
    }
    match markup(bytes) {
        Some(name) => Err(Refusal::NotATable(name)),
        None => Ok(Nature::Text),
    }
}

/// Office formats are ZIP archives: the names of their parts, never compressed, tell them apart.
fn archive(bytes: &[u8]) -> Result<Nature, Refusal> {
    let holds = |name: &[u8]| bytes.windows(name.len()).any(|window| window == name);
    if holds(b"xl/workbook.bin") {
        Err(Refusal::NotATable("XLSB"))
    } else if holds(b"xl/") {
        Ok(Nature::Workbook)
    } else if holds(b"word/") {
        Err(Refusal::NotATable("DOCX"))
    } else if holds(b"ppt/") {
        Err(Refusal::NotATable("PPTX"))
    } else if holds(b"application/vnd.oasis.opendocument.spreadsheet") {
        Err(Refusal::NotATable("ODS"))
    } else if holds(b"application/vnd.oasis.opendocument") {
        Err(Refusal::NotATable("OpenDocument"))
    } else {
        Err(Refusal::NotATable("ZIP"))
    }
}

/// Compound files: Office before 2007, and any encrypted document since. Their streams are named in UTF-16.
fn compound(bytes: &[u8]) -> Result<Nature, Refusal> {
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    if holds("EncryptedPackage") {
        Ok(Nature::Workbook)
    } else if holds("WordDocument") {
        Err(Refusal::NotATable("DOC"))
    } else if holds("PowerPoint Document") {
        Err(Refusal::NotATable("PPT"))
    } else {
        Err(Refusal::OldWorkbook)
    }
}

/// A stray control character happens in text; one byte in twenty does not.
fn looks_binary(bytes: &[u8]) -> bool {
    if encoding_rs::Encoding::for_bom(bytes).is_some() {
        return false;
    }
    let sample = &bytes[..bytes.len().min(64 << 10)];
    let controls = sample.iter().filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0b\x0c".contains(byte)).count();
    controls * 20 > sample.len()
}

/// Text that is written for machines: web pages named `.xls`, JSON exports.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii();
    let start = bytes[..bytes.len().min(64)].to_ascii_lowercase();
    let begins = |with: &[u8]| start.starts_with(with);
    if begins(b"<!doctype html") || begins(b"<html") || begins(b"<table") {
        Some("HTML")
    } else if begins(b"<?xml") {
        Some("XML")
    } else if (begins(b"{") || begins(b"[")) && is_json(bytes) {
        Some("JSON")
    } else {
        None
    }
}

/// One value, or one a line.
fn is_json(bytes: &[u8]) -> bool {
    let valid = |bytes: &[u8]| serde_json::from_slice::<IgnoredAny>(bytes).is_ok();
    valid(bytes) || (bytes.starts_with(b"{") && bytes.split(|byte| *byte == b'\n').take(3).all(valid))
}
