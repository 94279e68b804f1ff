//! What a partner sends back as a form, DOCX or XLSX: any bytes. Nothing may panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_document::{check_model, form};

fuzz_target!(|bytes: &[u8]| {
    form::read(bytes).ok();
    check_model(bytes).ok();
});
