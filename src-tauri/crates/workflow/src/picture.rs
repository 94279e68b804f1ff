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
    if reader.format() == Some(ImageFormat::WebP) && !webp_is_whole(bytes) {
        return Err(Unread::Damaged);
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
    // A few hundred bytes may be a hundred million pixels: most of them go at once, and the filter smooths those that are left.
    if picture.width() > side * 2 || picture.height() > side * 2 {
        picture = picture.thumbnail(side * 2, side * 2);
    }
    if picture.width() > side || picture.height() > side {
        picture = picture.resize(side, side, filter);
    }
    Ok(picture)
}

/// Whether each part of a WebP file (RIFF: a name of four letters, a length, as many bytes) ends where the file still is. The decoder
/// takes what a part says of its length for granted, and would ask for four gigabytes.
fn webp_is_whole(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((head, tail)) = rest.split_first_chunk::<8>() {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        if length > tail.len() {
            return false;
        }
        // A part of odd length has a byte after it.
        rest = tail.get(length + length % 2..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_says_it_is_longer_than_the_file_is_not_asked_for() {
        let mut webp = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(4, 3).write_to(&mut webp, ImageFormat::WebP).unwrap();
        let mut bytes = webp.into_inner();
        assert_eq!(upright(&bytes, 16, FilterType::Triangle).unwrap().width(), 4);
        bytes.extend(b"EXIF\x9f\xff\xff\xffII*\0");
        assert_eq!(upright(&bytes, 16, FilterType::Triangle).unwrap_err(), Unread::Damaged);
    }
}
