//! A stranger's picture, read within limits, turned upright and made small: photos of flip charts, logos, covers.

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, imageops::FilterType};
use std::io::Cursor;

/// Longest side that is read, and memory that reading may take: a small file may unpack to anything.
pub(crate) const MAX_SIDE: u32 = 16_000;
const MAX_MEMORY: u64 = 512 << 20;

/// Why bytes are not read as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// They are none of JPEG, PNG, WebP and GIF.
    NotAPicture,
    /// Too many pixels, or too much memory.
    TooManyPixels,
    /// They are a damaged one.
    Damaged,
}

/// What reading may take, for a picture of this longest side.
pub(crate) fn limits(side: u32) -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(side);
    limits.max_image_height = Some(side);
    limits.max_alloc = Some(MAX_MEMORY);
    limits
}

/// The picture, no side longer than this: nothing of the file itself is kept, nor where it was taken.
pub(crate) fn upright(bytes: &[u8], side: u32, filter: FilterType) -> Result<DynamicImage, Unread> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| Unread::NotAPicture)?;
    let known = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];
    if !reader.format().is_some_and(|format| known.contains(&format)) {
        return Err(Unread::NotAPicture);
    }
    reader.limits(limits(MAX_SIDE));
    let told = |error| match error {
        ImageError::Limits(_) => Unread::TooManyPixels,
        _ => Unread::Damaged,
    };
    let mut decoder = reader.into_decoder().map_err(told)?;
    let orientation = decoder.orientation().map_err(told)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(told)?;
    picture.apply_orientation(orientation);
    if picture.width() > side || picture.height() > side {
        picture = picture.resize(side, side, filter);
    }
    Ok(picture)
}
