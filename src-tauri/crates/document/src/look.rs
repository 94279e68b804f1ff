//! How documents look: colours, letters, logos, cover picture, foot of pages, and the marks of those who fund.
//!
//! Parts that do not depend on the content are written in the colours of the sober charter; [`Look::paint`] puts another
//! charter's in their place.

use crate::{colour::Colour, fonts::Face};
use serde::Serialize;
use std::sync::Arc;

/// A charter, ready for every writer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Look {
    /// Letters.
    #[serde(serialize_with = "family")]
    pub face: Face,
    /// Decorations: lines, tiles, bars.
    pub accent: Colour,
    /// Letters on a ground of the accent.
    pub on_accent: Colour,
    /// Small titles and bullets.
    pub strong: Colour,
    /// Text.
    pub ink: Colour,
    /// Labels and origins.
    pub muted: Colour,
    /// Lines of tables.
    pub line: Colour,
    /// Ground of panels.
    pub soft: Colour,
    /// What the organisation wants at the foot of pages.
    pub footer: Option<String>,
    /// Logos of those who lead.
    pub logos: Vec<Picture>,
    /// Picture on the cover.
    pub cover: Option<Picture>,
    /// Those who fund beside the European Union.
    pub funders: Vec<Mark>,
    /// The organisation’s own DOCX, of which text documents take the styles, headers and footers.
    #[serde(skip)]
    pub model: Option<Arc<Vec<u8>>>,
}

/// A picture, as PNG or JPEG.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Picture {
    /// What it shows, for those who cannot see it; empty for a decoration.
    pub alt: String,
    /// Pixels across.
    pub width: u32,
    /// Pixels high.
    pub height: u32,
    /// Its file.
    #[serde(skip)]
    pub bytes: Arc<Vec<u8>>,
    /// Its place among the pictures of the document.
    pub place: usize,
}

/// Someone who funds: what they want said, and their emblem.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Mark {
    /// Name.
    pub name: String,
    /// What they want said.
    pub statement: Option<String>,
    /// Emblem.
    pub logo: Option<Picture>,
}

fn family<S: serde::Serializer>(face: &Face, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(face.family())
}

impl Default for Look {
    fn default() -> Self {
        Self::sober()
    }
}

impl Look {
    /// Ink on paper, a touch of harvest gold.
    #[must_use]
    pub fn sober() -> Self {
        Self {
            face: Face::SourceSans,
            accent: Colour(0xe9_b949),
            on_accent: Colour(0x1d_1b17),
            strong: Colour(0x7a_5200),
            ink: Colour(0x1d_1b17),
            muted: Colour(0x5b_5548),
            line: Colour(0xd9_d2c0),
            soft: Colour(0xfb_f4e0),
            footer: None,
            logos: Vec::new(),
            cover: None,
            funders: Vec::new(),
            model: None,
        }
    }

    /// Blue and white, as départements print.
    #[must_use]
    pub fn department() -> Self {
        let cool = Self {
            face: Face::Ubuntu,
            ink: Colour(0x15_1c28),
            muted: Colour(0x4a_5568),
            line: Colour(0xc5_cfdc),
            ..Self::sober()
        };
        cool.coloured(Colour(0x1f_5fa8), Colour(0x17_4a84))
    }

    /// Black on white, letters made to be told apart, nothing that is only tinted.
    #[must_use]
    pub fn contrast() -> Self {
        let black =
            Self { face: Face::Atkinson, ink: Colour(0), muted: Colour(0x26_2626), line: Colour(0), ..Self::sober() };
        Self { soft: Colour(0xff_ffff), ..black.coloured(Colour(0), Colour(0)) }
    }

    /// The same in two other colours.
    #[must_use]
    pub fn coloured(self, accent: Colour, strong: Colour) -> Self {
        let dark = self.ink.contrast(accent) >= Colour::WHITE.contrast(accent);
        let on_accent = if dark { self.ink } else { Colour::WHITE };
        Self { soft: accent.over_white(0.12), accent, on_accent, strong, ..self }
    }

    /// A part written in the colours and letters of the sober charter, in those of this one.
    #[must_use]
    pub fn paint(&self, part: &str) -> String {
        let sober = Self::sober();
        let mut painted = part.to_owned();
        // In two turns, so that a colour put in place is not taken for one to be replaced.
        let places = ['\u{e000}', '\u{e001}', '\u{e002}', '\u{e003}', '\u{e004}', '\u{e005}'];
        for (from, place) in sober.colours().into_iter().zip(places) {
            painted = painted.replace(&from.lower(), &format!("#{place}")).replace(&from.bare(), &place.to_string());
        }
        for (to, place) in self.colours().into_iter().zip(places) {
            painted = painted.replace(&format!("#{place}"), &to.lower()).replace(place, &to.bare());
        }
        if self.face != sober.face {
            painted = painted.replace(sober.face.family(), self.face.family());
        }
        painted
    }

    /// The sizes of letters in a sheet of styles, each between two words, as small as these letters want: wider ones are set a little
    /// smaller, so that a page holds as much. What is set in other letters (Arial, as programmes ask) keeps its size. `fine` says how many
    /// steps there are from one whole size to the next.
    #[must_use]
    pub(crate) fn fitted(&self, sheet: &str, style: &str, [before, after]: [&str; 2], fine: f64) -> String {
        let scale = self.face.scale();
        if scale >= 1.0 {
            return sheet.to_owned();
        }
        let fit = |part: &str| {
            let Some((size, rest)) = part.split_once(after) else { return part.to_owned() };
            match size.parse::<f64>() {
                Ok(size) => format!("{}{after}{rest}", (size * scale * fine).round() / fine),
                Err(_) => part.to_owned(),
            }
        };
        let fit_style = |part: &str| {
            if part.contains("ascii=\"Arial\"") || part.contains("font-name=\"Arial\"") {
                return part.to_owned();
            }
            let mut parts = part.split(before);
            let first = parts.next().unwrap_or_default().to_owned();
            parts.fold(first, |all, part| all + before + &fit(part))
        };
        sheet.split(style).map(fit_style).collect::<Vec<_>>().join(style)
    }

    /// Whether the ground of panels is told from paper by a line only.
    pub(crate) fn is_lined(&self) -> bool {
        self.soft == Colour::WHITE
    }

    pub(crate) fn colours_are_sober(&self) -> bool {
        self.colours() == Self::sober().colours() && self.face == Face::SourceSans
    }

    /// The colours as variables of a sheet of styles.
    pub(crate) fn variables(&self) -> String {
        format!(
            "--ink: {:?}; --muted: {:?}; --line: {:?}; --soft: {:?}; --gold: {:?}; --gold-ink: {:?}; --link: {:?};",
            self.ink, self.muted, self.line, self.soft, self.accent, self.strong, self.strong
        )
    }

    const fn colours(&self) -> [Colour; 6] {
        [self.accent, self.strong, self.ink, self.muted, self.line, self.soft]
    }

    /// Every picture, in its place.
    pub(crate) fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let emblems = self.funders.iter().filter_map(|mark| mark.logo.as_ref());
        self.logos.iter().chain(&self.cover).chain(emblems)
    }

    /// Gives each picture its place.
    pub(crate) fn numbered(mut self) -> Self {
        let emblems = self.funders.iter_mut().filter_map(|mark| mark.logo.as_mut());
        let all = self.logos.iter_mut().chain(&mut self.cover).chain(emblems);
        all.enumerate().for_each(|(place, picture)| picture.place = place);
        self
    }

    /// Logos, then emblems of those who fund.
    pub(crate) fn emblems(&self) -> impl Iterator<Item = &Picture> {
        self.logos.iter().chain(self.funders.iter().filter_map(|mark| mark.logo.as_ref()))
    }
}

impl Picture {
    /// Width and height within a frame, proportions kept.
    #[must_use]
    pub fn within(&self, width: f64, height: f64) -> [f64; 2] {
        let (across, high) = (f64::from(self.width.max(1)), f64::from(self.height.max(1)));
        let scale = (width / across).min(height / high);
        [across * scale, high * scale]
    }

    /// `png` or `jpeg`.
    pub(crate) fn kind(&self) -> &'static str {
        if self.bytes.starts_with(&[0xff, 0xd8]) { "jpeg" } else { "png" }
    }
}

impl Mark {
    /// What stands beside the emblem: the statement, else the name.
    #[must_use]
    pub fn words(&self) -> &str {
        self.statement.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(&self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_charter_that_ships_can_be_read() {
        for look in [Look::sober(), Look::department(), Look::contrast()] {
            for (front, back) in [
                (look.ink, Colour::WHITE),
                (look.muted, Colour::WHITE),
                (look.strong, Colour::WHITE),
                (look.strong, look.soft),
                (look.muted, look.soft),
                (look.on_accent, look.accent),
            ] {
                assert!(front.contrast(back) >= 4.5, "{front:?} on {back:?} of {:?}", look.face);
            }
        }
    }

    #[test]
    fn the_colours_of_a_charter_take_the_place_of_the_sober_ones() {
        let painted = Look::department().paint("fill=\"#e9b949\" w:val=\"7A5200\" Source Sans 3");
        assert_eq!(painted, "fill=\"#1f5fa8\" w:val=\"174A84\" Ubuntu");
        assert_eq!(Look::sober().paint("#e9b949"), "#e9b949");
    }

    #[test]
    fn wider_letters_are_set_smaller_where_they_are_ours() {
        let sheet = r#"<style a><size="20"/><style b font-name="Arial"><size="16"/><style c><size="17"/>"#;
        let fitted = |look: Look| look.fitted(sheet, "<style", ["<size=\"", "\""], 1.0);
        assert_eq!(fitted(Look::sober()), sheet);
        assert_eq!(
            fitted(Look::department()),
            r#"<style a><size="18"/><style b font-name="Arial"><size="16"/><style c><size="15"/>"#
        );
    }

    #[test]
    fn a_picture_keeps_its_proportions() {
        let wide = Picture { width: 400, height: 100, ..Picture::default() };
        assert_eq!(wide.within(60.0, 15.0), [60.0, 15.0]);
        assert_eq!(wide.within(30.0, 15.0), [30.0, 7.5]);
    }
}
