//! What every Office Open XML package holds: its properties, and a theme.

use crate::model::Meta;
use quick_xml::escape::escape;

pub(crate) const APP: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Moisson</Application></Properties>"#;

pub(crate) const THEME: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Moisson"><a:themeElements><a:clrScheme name="Moisson"><a:dk1><a:srgbClr val="1D1B17"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1><a:dk2><a:srgbClr val="5B5548"/></a:dk2><a:lt2><a:srgbClr val="FAF8F3"/></a:lt2><a:accent1><a:srgbClr val="E9B949"/></a:accent1><a:accent2><a:srgbClr val="7A5200"/></a:accent2><a:accent3><a:srgbClr val="1B5A93"/></a:accent3><a:accent4><a:srgbClr val="2E7D4F"/></a:accent4><a:accent5><a:srgbClr val="B0305F"/></a:accent5><a:accent6><a:srgbClr val="0F747A"/></a:accent6><a:hlink><a:srgbClr val="1B5A93"/></a:hlink><a:folHlink><a:srgbClr val="7A4FA3"/></a:folHlink></a:clrScheme><a:fontScheme name="Moisson"><a:majorFont><a:latin typeface="Source Sans 3"/><a:ea typeface=""/><a:cs typeface=""/></a:majorFont><a:minorFont><a:latin typeface="Source Sans 3"/><a:ea typeface=""/><a:cs typeface=""/></a:minorFont></a:fontScheme><a:fmtScheme name="Moisson"><a:fillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:fillStyleLst><a:lnStyleLst><a:ln w="6350"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="12700"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln><a:ln w="19050"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst><a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"#;

pub(crate) fn core(meta: &Meta) -> String {
    let (title, author, subject) = (escape(&meta.title), escape(&meta.author), escape(&meta.subtitle));
    let (language, date) = (meta.locale(), meta.date);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject><dc:creator>{author}</dc:creator><dc:language>{language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified></cp:coreProperties>"#
    )
}

/// Properties of our own, which office programs keep when they save.
pub(crate) fn custom(properties: &[(&str, String)]) -> String {
    let property = |(number, (name, value)): (usize, &(&str, String))| {
        let value = escape(value.as_str());
        format!(
            r#"<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}"><vt:lpwstr>{value}</vt:lpwstr></property>"#
        )
    };
    // Numbers 0 and 1 are taken.
    let all: String = (2..).zip(properties).map(property).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{all}</Properties>"#
    )
}

/// The list of parts, with the properties of our own.
pub(crate) fn with_custom_type(types: &str) -> String {
    let own = r#"<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>"#;
    types.replace("</Types>", own)
}

/// What the package leads to, with the properties of our own.
pub(crate) fn with_custom_link(links: &str) -> String {
    let own = r#"<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>"#;
    links.replace("</Relationships>", own)
}
