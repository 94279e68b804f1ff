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

/// Whether each part of a WebP file (RIFF: a name of four letters, a length, as many bytes) ends where the file still is; what follows
/// the end that the file gives itself is no part of it. The decoder takes what a part says of its length for granted, and would ask for
/// four gigabytes.
fn webp_is_whole(bytes: &[u8]) -> bool {
    let length_at = |at: usize| {
        let length = bytes.get(at..)?.first_chunk::<4>()?;
        Some(u32::from_le_bytes(*length) as usize)
    };
    // The decoder (image-webp 0.2.4) reads on for as long as the first part is, beyond the end.
    let end = [4, 16].iter().filter_map(|at| length_at(*at)).fold(8, usize::saturating_add);
    let mut at = 12;
    while at < end
        && let Some(length) = length_at(at + 4)
    {
        at += 8;
        if length > bytes.len() - at {
            return false;
        }
        // A part of odd length has a byte after it.
        at += length + length % 2;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture of 4 by 3, as an extended WebP with room for what cameras say.
    fn webp(more: &[u8]) -> Vec<u8> {
        let mut plain = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(4, 3).write_to(&mut plain, ImageFormat::WebP).unwrap();
        let mut parts = b"WEBPVP8X\x0a\0\0\0\x08\0\0\0\x03\0\0\x02\0\0".to_vec();
        parts.extend(&plain.into_inner()[12..]);
        parts.extend(more);
        let length = u32::try_from(parts.len()).unwrap().to_le_bytes();
        [b"RIFF".as_slice(), &length, &parts].concat()
    }

    #[test]
    fn a_part_that_says_it_is_longer_than_the_file_is_not_asked_for() {
        let read = |bytes: &[u8]| upright(bytes, 16, FilterType::Triangle).map(|picture| picture.width());
        assert_eq!(read(&webp(b"EXIF\x04\0\0\0II*\0")), Ok(4));
        assert_eq!(read(&webp(b"EXIF\x9f\xff\xff\xffII*\0")), Err(Unread::Damaged));
        let followed = [webp(b"EXIF\x04\0\0\0II*\0").as_slice(), &[255; 40]].concat();
        assert_eq!(read(&followed[..followed.len() - 30]), Err(Unread::Damaged), "where the decoder still reads");
        let beyond = [webp(b"EXIF\x04\0\0\0II*\0").as_slice(), &[0; 16], &[255; 40]].concat();
        assert_eq!(read(&beyond), Ok(4), "what follows the file is no part of it");
    }
}
