//! Permalinks: a session in the fragment of a web address, and the same as a file's JSON.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Session;
use super::saved::trail::Density;
use super::saved::{Look, Saved, Unusable};
use crate::kernel::digest::content_hash;

/// What stands before the data in a fragment: `#/workbench?run=…`.
pub const PARAMETER: &str = "run=";

/// Above this a link is better handed on as a file [characters]: many programs cut it off.
pub const FITS_CHARS: usize = 8_000;

/// A fragment is made so long by the bits of its trail, and no longer [characters]: with the address of
/// the page before it, a link stays below 2,000.
const FILLED_CHARS: usize = 1_900;

/// What a link that is longer than that without a trail may grow by [characters].
const TRAIL_CHARS: usize = 600;

/// Most bits that a link's trail has for a turn.
const TRAIL_BITS_MAX: u32 = 16;

/// Bits that a character of a link carries.
const BITS_PER_CHAR: u64 = 6;

/// Longest link that is read [bytes].
const LINK_BYTES_MAX: usize = 4 << 20;

/// Most bytes that a link may inflate to.
const INFLATED_BYTES_MAX: usize = 16 << 20;

/// Longest file that is read [bytes].
const FILE_BYTES_MAX: usize = 256 << 20;

/// Bytes of the checksum in front.
const CHECK_BYTES: usize = 4;

/// How hard the compression tries, 0 to 10; it takes a second and more where a text is long.
const COMPRESSION: u8 = 10;
/// How hard it tries where the text is so long that no address could hold it anyway: many times faster, and
/// a few percent longer.
const COMPRESSION_OF_LONG: u8 = 3;
/// From here on a text is long [bytes].
const LONG_BYTES: usize = 128 << 10;

/// A link and what to say before it is handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The fragment, with its `#`: behind a page's address it makes the link.
    pub fragment: String,
    /// Whether it carries what a person put in.
    pub carries_own_data: bool,
    /// Whether it is short enough for most programs.
    pub fits: bool,
}

/// Makes the link of a session, its trail as dense as there is room.
pub fn link(session: &Session, look: Look) -> Link {
    let face = if look.face.is_empty() { "workbench" } else { look.face.as_str() };
    let route = format!("#/{face}?{PARAMETER}");
    let mut saved = Saved::of(session, look.clone());
    let bare = pack(&saved);
    let length = route.len() + bare.len();
    let limit = if length <= FILLED_CHARS { FILLED_CHARS } else { length + TRAIL_CHARS };
    let room = limit.min(FITS_CHARS).saturating_sub(length);
    let fragment = format!("{route}{}", trailed(&mut saved, session, &bare, room).unwrap_or(bare));
    let fits = fragment.len() <= FITS_CHARS;
    Link { carries_own_data: saved.carries_own_data(), fits, fragment }
}

/// Packs a session with the densest trail that makes it no longer than it may grow; none where none fits.
fn trailed(saved: &mut Saved, session: &Session, bare: &str, room_chars: usize) -> Option<String> {
    let turns = saved.own_turns();
    let limit = bare.len() + room_chars;
    let room_bits = room_chars as u64 * BITS_PER_CHAR;
    let mut density = Density::within(turns, room_bits, TRAIL_BITS_MAX);
    while u64::from(density.every) <= turns {
        saved.lay_trails(session, Some(density));
        let packed = pack(saved);
        if packed.len() <= limit {
            return Some(packed);
        }
        density = density.sparser()?;
    }
    saved.lay_trails(session, None);
    None
}

/// Makes the text of a file that holds a session whole.
pub fn file(session: &Session, look: Look) -> String {
    serde_json::to_string_pretty(&Saved::whole(session, look)).unwrap_or_default()
}

/// Reads a link, what stands behind its `run=`, or a file's text.
///
/// # Errors
/// Damaged, truncated, hostile or foreign text, with what is wrong with it.
pub fn read(text: &str) -> Result<Saved, Unusable> {
    let text = text.trim();
    if text.starts_with('{') {
        if text.len() > FILE_BYTES_MAX {
            return Err(Unusable::new("the file is too large"));
        }
        return parse(text.as_bytes());
    }
    if text.len() > LINK_BYTES_MAX {
        return Err(Unusable::new("the link is too long"));
    }
    unpack(data_of(text)?)
}

/// Returns the data of a link: behind `run=`, up to the next parameter.
fn data_of(text: &str) -> Result<&str, Unusable> {
    let behind = match text.split_once(PARAMETER) {
        Some((_, behind)) => behind,
        None if text.contains(['#', '/', ':', '?']) => {
            return Err(Unusable::new("the link carries no run: nothing follows “run=”"));
        }
        None => text,
    };
    let data = behind.split(['&', '#']).next().unwrap_or_default();
    if data.is_empty() { Err(Unusable::new("the link carries no run")) } else { Ok(data) }
}

/// Packs a session: a checksum and the compressed JSON, in letters that a web address may hold.
fn pack(saved: &Saved) -> String {
    let json = serde_json::to_vec(saved).unwrap_or_default();
    let level = if json.len() < LONG_BYTES { COMPRESSION } else { COMPRESSION_OF_LONG };
    let packed = miniz_oxide::deflate::compress_to_vec(&json, level);
    let mut bytes = check_of(&packed).to_vec();
    bytes.extend_from_slice(&packed);
    URL_SAFE_NO_PAD.encode(bytes)
}

fn check_of(packed: &[u8]) -> [u8; CHECK_BYTES] {
    let [a, b, c, d, ..] = content_hash(packed).to_le_bytes();
    [a, b, c, d]
}

fn unpack(data: &str) -> Result<Saved, Unusable> {
    let damaged = || Unusable::new("the link is damaged or cut off: copy it again, whole");
    let bytes = URL_SAFE_NO_PAD.decode(data).map_err(|_| damaged())?;
    let (check, packed) = bytes.split_at_checked(CHECK_BYTES).ok_or_else(damaged)?;
    if check != check_of(packed) {
        return Err(damaged());
    }
    let json = miniz_oxide::inflate::decompress_to_vec_with_limit(packed, INFLATED_BYTES_MAX)
        .map_err(|_| Unusable::new("what the link carries is not to be unpacked, or too large"))?;
    parse(&json)
}

fn parse(json: &[u8]) -> Result<Saved, Unusable> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let saved = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        Unusable(format!("this is no saved run: {}: {}", error.path(), error.inner()))
    })?;
    reader.end().map_err(|_| Unusable::new("something follows the saved run"))?;
    Ok(saved)
}

#[cfg(test)]
mod tests;
