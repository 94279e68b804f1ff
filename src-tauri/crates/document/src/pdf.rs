//! PDF through Typst: one template interprets the blocks, so that tags, alternative texts and header rows are right by
//! construction. Conforms to PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

use crate::{DocumentError, model::Document};
use std::sync::OnceLock;
use typst::foundations::{Dict, IntoValue, Smart};
use typst_as_lib::{TypstEngine, TypstTemplateMainFile};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

const TEMPLATE: &str = include_str!("../../../../assets/document/document.typ");
const EMBLEM: &[u8] = include_bytes!("../../../../assets/document/eu.svg");
const FONTS: [&[u8]; 10] = [
    include_bytes!("../../../../assets/fonts/SourceSans3-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3-Italic.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-SemiBold.ttf"),
    include_bytes!("../../../../assets/fonts/SourceSans3Ext-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/Ubuntu-Regular.ttf"),
    include_bytes!("../../../../assets/fonts/Ubuntu-Bold.ttf"),
    include_bytes!("../../../../assets/fonts/DejaVuSans.ttf"),
];

fn engine() -> &'static TypstEngine<TypstTemplateMainFile> {
    static ENGINE: OnceLock<TypstEngine<TypstTemplateMainFile>> = OnceLock::new();
    ENGINE.get_or_init(|| {
        TypstEngine::builder().main_file(TEMPLATE).fonts(FONTS).with_static_file_resolver([("eu.svg", EMBLEM)]).build()
    })
}

pub(crate) fn write(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let json = serde_json::to_string(document).map_err(|error| DocumentError::Json(error.to_string()))?;
    let mut inputs = Dict::new();
    inputs.insert("document".into(), json.into_value());
    let paged: PagedDocument =
        engine().compile_with_input(inputs).output.map_err(|error| DocumentError::Layout(error.to_string()))?;
    let refused = |error: String| DocumentError::Layout(error);
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]).map_err(|error| refused(format!("{error:?}")))?;
    let options =
        PdfOptions { standards, creator: Smart::Custom(Some(String::from("Moisson"))), ..PdfOptions::default() };
    typst_pdf::pdf(&paged, &options).map_err(|errors| {
        let messages: Vec<String> = errors.iter().map(|error| error.message.to_string()).collect();
        refused(messages.join("; "))
    })
}
