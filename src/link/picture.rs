//! `broken-picture` and `picture-metadata`: pictures are published with their pixels alone. What
//! cameras and programs write beside them, such as the place, the maker's name or a small copy of
//! what was cut away, can tell who somebody is.

use exif::{In, Tag};
use img_parts::jpeg::{Jpeg, markers};
use img_parts::png::Png;
use img_parts::webp::WebP;
use img_parts::{Bytes, ImageEXIF};

/// A picture that can be published.
#[derive(Debug, Clone)]
pub struct Clean {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The file without metadata.
    pub bytes: Vec<u8>,
}

/// Why a picture cannot be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// It is not a picture of the kind that its name says.
    Unreadable,
    /// It holds the place where it was taken.
    Position,
    /// It lies on its side, and a note in its metadata says how to turn it.
    Turned,
}

impl Flaw {
    /// What is wrong, and what to do.
    #[must_use]
    pub fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Unreadable => {
                ("this file cannot be read as a picture", "save it again as PNG, JPEG or WebP")
            }
            Self::Position => (
                "this picture holds the place where it was taken",
                "take its metadata out and add it anew; the version with the place must not stay in the repository",
            ),
            Self::Turned => (
                "this picture lies on its side; only a note in its metadata turns it upright",
                "open it, turn it upright and save it",
            ),
        }
    }
}

/// PNG chunks that say how pixels look or move; every other is left out.
const PNG_CHUNKS: &[&[u8; 4]] = &[
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"cICP", b"acTL", b"fcTL", b"fdAT",
];

/// WebP chunks likewise.
const WEBP_CHUNKS: &[&[u8; 4]] = &[b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ICCP", b"ANIM", b"ANMF"];

/// Bits of a VP8X chunk that say that EXIF and XMP follow.
const WEBP_METADATA_FLAGS: u8 = 0b0000_1100;

/// Reads a picture and takes its metadata out.
///
/// # Errors
/// Why it cannot be published.
pub fn clean(bytes: &[u8], extension: &str) -> Result<Clean, Flaw> {
    let size = imagesize::blob_size(bytes).map_err(|_| Flaw::Unreadable)?;
    let input = Bytes::copy_from_slice(bytes);
    let (exif, bytes) = match extension {
        "jpg" | "jpeg" => jpeg(input),
        "png" => png(input),
        "webp" => webp(input),
        _ => None,
    }
    .ok_or(Flaw::Unreadable)?;
    if let Some(exif) = exif {
        check_exif(exif)?;
    }
    let pixels = |number: usize| u32::try_from(number).map_err(|_| Flaw::Unreadable);
    Ok(Clean { width: pixels(size.width)?, height: pixels(size.height)?, bytes })
}

type Parts = (Option<Bytes>, Vec<u8>);

fn jpeg(input: Bytes) -> Option<Parts> {
    let mut jpeg = Jpeg::from_bytes(input).ok()?;
    let exif = jpeg.exif();
    jpeg.segments_mut().retain(|segment| match segment.marker() {
        // JFIF's own, colour profiles, and Adobe's note on how colours are stored.
        markers::APP0 => segment.contents().starts_with(b"JFIF"),
        markers::APP2 => segment.contents().starts_with(b"ICC_PROFILE"),
        markers::APP14 => segment.contents().starts_with(b"Adobe"),
        markers::APP1 | markers::APP3..=markers::APP13 | markers::APP15 | markers::COM => false,
        _ => true,
    });
    Some((exif, jpeg.encoder().bytes().to_vec()))
}

fn png(input: Bytes) -> Option<Parts> {
    let mut png = Png::from_bytes(input).ok()?;
    let exif = png.exif();
    png.chunks_mut().retain(|chunk| PNG_CHUNKS.contains(&&chunk.kind()));
    Some((exif, png.encoder().bytes().to_vec()))
}

fn webp(input: Bytes) -> Option<Parts> {
    let mut webp = WebP::from_bytes(input).ok()?;
    let exif = webp.exif();
    webp.chunks_mut().retain(|chunk| WEBP_CHUNKS.contains(&&chunk.id()));
    let mut bytes = webp.encoder().bytes().to_vec();
    // The first chunk after the header says what follows; it must not promise what has gone.
    if bytes.get(12..16) == Some(b"VP8X".as_slice())
        && let Some(flags) = bytes.get_mut(20)
    {
        *flags &= !WEBP_METADATA_FLAGS;
    }
    Some((exif, bytes))
}

fn check_exif(exif: Bytes) -> Result<(), Flaw> {
    // Metadata that cannot be read says nothing, and is left out like all other.
    let Ok(exif) = exif::Reader::new().read_raw(exif.to_vec()) else { return Ok(()) };
    if exif.fields().any(|field| matches!(field.tag, Tag::GPSLatitude | Tag::GPSLongitude)) {
        return Err(Flaw::Position);
    }
    let orientation = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    if orientation.is_some_and(|turn| (2..=8).contains(&turn)) { Err(Flaw::Turned) } else { Ok(()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Two by one pixels, as PNG.
    fn small_png() -> Vec<u8> {
        let mut png = Vec::from(*b"\x89PNG\r\n\x1a\n");
        let mut chunk = |kind: &[u8; 4], data: &[u8]| {
            let chunk = img_parts::png::PngChunk::new(*kind, Bytes::copy_from_slice(data));
            png.extend(chunk.encoder().bytes());
        };
        chunk(b"IHDR", &[0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
        chunk(b"tEXt", b"Author\0made up");
        chunk(b"IDAT", &[0x78, 0x9c, 0x63, 0x60, 0x60, 0x00, 0x00, 0x00, 0x03, 0x00, 0x01]);
        chunk(b"IEND", &[]);
        png
    }

    /// EXIF with one number under `tag`.
    fn exif(tag: u16, value: u16) -> Bytes {
        let mut exif = Vec::from(*b"II*\0\x08\0\0\0\x01\0");
        exif.extend(tag.to_le_bytes());
        exif.extend(3u16.to_le_bytes());
        exif.extend(1u32.to_le_bytes());
        exif.extend(u32::from(value).to_le_bytes());
        exif.extend(0u32.to_le_bytes());
        exif.into()
    }

    #[test]
    fn what_stands_beside_the_pixels_is_left_out() {
        let clean = clean(&small_png(), "png").unwrap();
        assert_eq!((clean.width, clean.height), (2, 1));
        assert!(!clean.bytes.windows(7).any(|part| part == b"made up"));
        assert!(clean.bytes.windows(4).any(|part| part == b"IDAT"));
    }

    #[test]
    fn a_turned_picture_is_refused_and_an_upright_one_is_not() {
        let turned = |turn| {
            let mut png = Png::from_bytes(small_png().into()).unwrap();
            png.set_exif(Some(exif(0x0112, turn)));
            clean(&png.encoder().bytes(), "png").map(|clean| clean.bytes)
        };
        assert_eq!(turned(6).unwrap_err(), Flaw::Turned);
        assert!(!turned(1).unwrap().windows(4).any(|part| part == b"eXIf"));
    }

    #[test]
    fn a_picture_with_its_place_is_refused() {
        // An entry that leads to the place, and a place of one number.
        let mut with_place = Vec::from(*b"II*\0\x08\0\0\0\x01\0");
        with_place.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0, 0, 0, 0]);
        with_place.extend([1, 0, 2, 0, 5, 0, 1, 0, 0, 0, 44, 0, 0, 0, 0, 0, 0, 0]);
        with_place.extend([51, 0, 0, 0, 1, 0, 0, 0]);
        let mut png = Png::from_bytes(small_png().into()).unwrap();
        png.set_exif(Some(with_place.into()));
        assert_eq!(clean(&png.encoder().bytes(), "png").unwrap_err(), Flaw::Position);
    }

    #[test]
    fn what_is_no_picture_is_refused() {
        assert_eq!(clean(b"words", "png").unwrap_err(), Flaw::Unreadable);
        assert_eq!(clean(&small_png(), "jpg").unwrap_err(), Flaw::Unreadable);
        for length in 0..small_png().len() {
            let _ = clean(small_png().get(..length).unwrap(), "png");
        }
    }
}
