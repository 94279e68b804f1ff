//! QR codes, and the words that a phone's camera understands in them.

use crate::RoomError;
use qrcode::{EcLevel, QrCode, render::svg};

/// A QR code as an SVG picture: dark on white, with its margin, whatever the theme around it.
///
/// # Errors
/// [`RoomError::TooLongForQr`].
pub fn qr_svg(text: &str) -> Result<String, RoomError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| RoomError::TooLongForQr)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(200, 200)
        .dark_color(svg::Color("#000000"))
        .light_color(svg::Color("#ffffff"))
        .build())
}

/// What a Wi-Fi's QR code says: its name, and its key unless it is open.
#[must_use]
pub fn wifi_text(name: &str, key: &str) -> String {
    let escape = |text: &str| {
        let mut escaped = String::with_capacity(text.len());
        for c in text.chars() {
            if matches!(c, '\\' | ';' | ',' | ':' | '"') {
                escaped.push('\\');
            }
            escaped.push(c);
        }
        escaped
    };
    match key {
        "" => format!("WIFI:T:nopass;S:{};;", escape(name)),
        key => format!("WIFI:T:WPA;S:{};P:{};;", escape(name), escape(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signs_that_wifi_codes_use_are_escaped() {
        assert_eq!(wifi_text("Salle; des \"fêtes\"", r"a:b\c"), r#"WIFI:T:WPA;S:Salle\; des \"fêtes\";P:a\:b\\c;;"#);
        assert_eq!(wifi_text("Mairie", ""), "WIFI:T:nopass;S:Mairie;;");
    }

    #[test]
    fn a_link_fits_and_a_book_does_not() {
        assert!(qr_svg("http://192.168.1.20:4747/#abc").unwrap().starts_with("<?xml"));
        assert!(matches!(qr_svg(&"x".repeat(5_000)), Err(RoomError::TooLongForQr)));
    }
}
