//! Colours, and how well one is read on another (WCAG 2.2).

use serde::{Serialize, Serializer};
use std::{fmt, str::FromStr};

/// A colour: red, green and blue, eight bits each.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub u32);

impl Colour {
    /// Paper.
    pub const WHITE: Self = Self(0xff_ffff);

    fn parts(self) -> [f64; 3] {
        [16, 8, 0].map(|shift| f64::from((self.0 >> shift) & 0xff))
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each part is between 0 and 255")]
    fn from_parts(parts: [f64; 3]) -> Self {
        Self(parts.into_iter().fold(0, |all, part| (all << 8) | part.round().clamp(0.0, 255.0) as u32))
    }

    /// How light it looks, from 0 to 1.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.parts().map(|part| {
            let part = part / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast with another, from 1 to 21; text needs 4.5.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// A tint: this much of it over white.
    #[must_use]
    pub fn over_white(self, share: f64) -> Self {
        Self::from_parts(self.parts().map(|part| 255.0 - (255.0 - part) * share))
    }

    /// The nearest darker one that is read on a ground.
    #[must_use]
    pub fn darkened_until_read_on(self, ground: Self) -> Self {
        let shades =
            (0..=100).map(|step| Self::from_parts(self.parts().map(|part| part * f64::from(100 - step) / 100.0)));
        shades.into_iter().find(|shade| shade.contrast(ground) >= 4.5).unwrap_or(Self(0))
    }

    /// `#e9b949`.
    #[must_use]
    pub fn lower(self) -> String {
        format!("#{:06x}", self.0)
    }

    /// `E9B949`.
    pub(crate) fn bare(self) -> String {
        format!("{:06X}", self.0)
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let digits = text.trim().trim_start_matches('#');
        if digits.len() != 6 || !digits.chars().all(|letter| letter.is_ascii_hexdigit()) {
            return Err(());
        }
        u32::from_str_radix(digits, 16).map(Self).map_err(|_| ())
    }
}

impl fmt::Debug for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lower())
    }
}

impl Serialize for Colour {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.lower())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let black_on_white = Colour(0).contrast(Colour::WHITE);
        assert!((black_on_white - 21.0).abs() < 1e-9);
        // #767676 is the lightest grey that passes on white.
        assert!(Colour(0x76_7676).contrast(Colour::WHITE) >= 4.5);
        assert!(Colour(0x77_7777).contrast(Colour::WHITE) < 4.5);
    }

    #[test]
    fn a_pale_colour_is_darkened_just_enough() {
        let yellow = Colour(0xff_e500);
        let read = yellow.darkened_until_read_on(Colour::WHITE);
        assert!(yellow.contrast(Colour::WHITE) < 4.5 && read.contrast(Colour::WHITE) >= 4.5);
        assert!(read.contrast(Colour::WHITE) < 4.9);
        assert_eq!(Colour(0x00_3399).darkened_until_read_on(Colour::WHITE), Colour(0x00_3399));
    }

    #[test]
    fn only_six_digits_are_a_colour() {
        assert_eq!("#E9b949".parse(), Ok(Colour(0xe9_b949)));
        for wrong in ["", "#fff", "rouge", "#12345g", "+12345", "#1234567"] {
            assert!(wrong.parse::<Colour>().is_err(), "{wrong}");
        }
    }
}
