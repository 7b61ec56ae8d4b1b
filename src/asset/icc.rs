//! Rebuilds a colour profile from the numbers that colours need.
//!
//! A profile also tells its maker, its date, the device's make and model, a copyright, and often the name of
//! the monitor it was measured on. Dropping it would change the colours of photographs from telephones,
//! which are mostly wide-gamut; so the numbers stay and all words go.

use std::collections::HashMap;

use super::bytes::{Bytes, length};

const HEADER: usize = 128;

/// The tags that say how colours are to be shown. None of them is meant to hold text.
const NUMBERS: [&[u8; 4]; 24] = [
    b"wtpt", b"bkpt", b"chad", b"lumi", b"cicp", b"chrm", b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC",
    b"bTRC", b"kTRC", b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"D2B0", b"D2B1", b"B2D0",
    b"B2D1", b"gamt",
];

/// The types such a tag may have: anything else, such as text, is left out.
const TYPES: [&[u8; 4]; 12] = [
    b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"mpet", b"chrm", b"cicp",
    b"curf",
];

/// Returns a profile that shows the same colours and says nothing else. `None` if `profile` is no profile;
/// a browser ignores such a one as well.
pub(super) fn cleaned(profile: &[u8]) -> Option<Vec<u8>> {
    let header = header(profile)?;
    let mut tags = Vec::new();
    let mut data = Vec::new();
    add_words(header[8] >= 4, &mut tags, &mut data);

    let original = directory(profile)?;
    let mut placed = HashMap::new();
    for name in NUMBERS {
        let Some(&(offset, size)) = original.get(name) else { continue };
        let Some(element) = profile.get(offset..offset.checked_add(size)?) else { continue };
        if !TYPES.iter().any(|kind| element.starts_with(*kind)) {
            continue;
        }
        // Three channels mostly share one curve; so they do in what we write.
        let place = *placed.entry((offset, size)).or_insert_with(|| append(&mut data, element));
        tags.push((*name, place, size));
        // Tags that overlap could make the profile grow with each of them.
        if data.len() > profile.len() + 1024 {
            return None;
        }
    }
    Some(assembled(header, &tags, &data))
}

/// Returns the header with only those of its fields filled that decide about colours.
fn header(profile: &[u8]) -> Option<[u8; HEADER]> {
    let original: &[u8; HEADER] = profile.first_chunk()?;
    if &original[36..40] != b"acsp" {
        return None;
    }
    let mut header = [0; HEADER];
    // Version, class, colour space and connection space; signature; intent and illuminant.
    for field in [8..24, 36..40, 64..80] {
        header[field.clone()].copy_from_slice(&original[field]);
    }
    Some(header)
}

/// Returns where each tag says that it stands, the first of each name.
fn directory(profile: &[u8]) -> Option<HashMap<[u8; 4], (usize, usize)>> {
    let mut bytes = Bytes(profile.get(HEADER..)?);
    let mut tags = HashMap::new();
    for _ in 0..bytes.u32_be()?.min(256) {
        let name = bytes.array()?;
        let place = (length(bytes.u32_be()?), length(bytes.u32_be()?));
        tags.entry(name).or_insert(place);
    }
    Some(tags)
}

/// Adds the two texts without which a profile is not valid, saying nothing.
fn add_words(is_version_4: bool, tags: &mut Vec<([u8; 4], usize, usize)>, data: &mut Vec<u8>) {
    let (description, copyright) = if is_version_4 {
        // One record of English, two bytes long, after 28 bytes.
        let text = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0CenUS\0\0\0\x02\0\0\0\x1C\0-".to_vec();
        (text.clone(), text)
    } else {
        // A length, the text, and the empty texts in two more encodings, 78 bytes.
        let description = [&b"desc\0\0\0\0\0\0\0\x02-\0"[..], &[0; 78]].concat();
        (description, b"text\0\0\0\0-\0".to_vec())
    };
    for (name, text) in [(b"desc", description), (b"cprt", copyright)] {
        let place = append(data, &text);
        tags.push((*name, place, text.len()));
    }
}

/// Appends `element` where a multiple of four begins and returns that place.
fn append(data: &mut Vec<u8>, element: &[u8]) -> usize {
    data.resize(data.len().next_multiple_of(4), 0);
    data.extend_from_slice(element);
    data.len() - element.len()
}

fn assembled(mut header: [u8; HEADER], tags: &[([u8; 4], usize, usize)], data: &[u8]) -> Vec<u8> {
    let u32 =
        |number: usize| u32::try_from(number).expect("a profile is shorter than its file").to_be_bytes();
    let start = HEADER + 4 + 12 * tags.len();
    header[..4].copy_from_slice(&u32(start + data.len()));
    let mut profile = header.to_vec();
    profile.extend(u32(tags.len()));
    for (name, place, size) in tags {
        profile.extend(name);
        profile.extend(u32(start + place));
        profile.extend(u32(*size));
    }
    profile.extend_from_slice(data);
    profile
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(version: u8, tags: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
        let mut header = [b'?'; HEADER];
        header[8] = version;
        header[36..40].copy_from_slice(b"acsp");
        let mut data = Vec::new();
        let tags: Vec<_> = tags.iter().map(|(name, e)| (**name, append(&mut data, e), e.len())).collect();
        assembled(header, &tags, &data)
    }

    #[test]
    fn keeps_numbers_and_no_words() {
        for version in [2, 4] {
            let tags: &[(&[u8; 4], &[u8])] = &[
                (b"desc", b"desc SENTINEL"),
                (b"rXYZ", b"XYZ \0\0\0\0numbers12345"),
                (b"rTRC", b"text SENTINEL"),
                (b"priv", b"SENTINEL"),
            ];
            let once = cleaned(&profile(version, tags)).unwrap();
            let text = String::from_utf8_lossy(&once);
            assert!(text.contains("numbers12345") && !text.contains("SENTINEL"));
            assert_eq!([&once[24..36], &once[40..64], &once[80..128]].concat(), [0; 84], "dates and makers");
            assert_eq!(once.len(), length(u32::from_be_bytes(once[..4].try_into().unwrap())));
            assert_eq!(cleaned(&once).as_ref(), Some(&once));
        }
    }

    #[test]
    fn refuses_what_is_no_profile() {
        assert_eq!(cleaned(b""), None);
        assert_eq!(cleaned(&[0; 200]), None);
        assert_eq!(cleaned(&profile(2, &[])[..130]), None);
    }
}
