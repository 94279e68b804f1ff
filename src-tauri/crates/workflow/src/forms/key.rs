//! Keys: what names a field in a file, short enough for a bookmark's name.

use super::{LINES, SLOTS, Slot};
use moisson_document::form::{MARK, NAME};
use moisson_domain::{EntityId, Kind};

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// Letters of a fingerprint: 31 bits.
const PRINT: usize = 6;

/// What a key names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    /// An action.
    Action(EntityId),
    /// A field of something that was sent, and the fingerprint of what it said.
    Field { entity: EntityId, kind: Kind, slot: Slot, print: String },
    /// A field of an empty line of an action.
    New { action: EntityId, kind: Kind, place: usize, slot: Slot },
}

impl Key {
    pub fn written(&self) -> String {
        match self {
            Self::Action(action) => named(*action),
            Self::Field { entity, kind, slot, print } => format!("{}_{}{print}", named(*entity), code(*kind, *slot)),
            Self::New { action, kind, place, slot } => {
                let line = LINES.iter().position(|(of, ..)| of == kind).unwrap_or_default();
                format!("{}_{}{place}{}", named(*action), ["m", "f", "i"][line], code(*kind, *slot))
            }
        }
    }

    /// Reads a key; none where it is none of this version.
    pub fn read(written: &str) -> Option<Self> {
        let rest = written.strip_prefix(MARK)?;
        let (name, rest) = (rest.get(..NAME)?, rest.get(NAME..)?);
        let number = u128::from_str_radix(name, 36).ok()?;
        let id: EntityId = uuid::Uuid::from_u128(number).to_string().parse().ok()?;
        let Some(tail) = rest.strip_prefix('_') else {
            return rest.is_empty().then_some(Self::Action(id));
        };
        let of = |code: &str| SLOTS.iter().find(|(_, _, known)| *known == code);
        if tail.len() == 4 {
            let line = ["m", "f", "i"].iter().position(|letter| tail.starts_with(letter))?;
            let place = tail.get(1..2)?.parse().ok()?;
            let (kind, slot, _) = of(tail.get(2..)?)?;
            return (LINES[line].0 == *kind).then_some(Self::New { action: id, kind: *kind, place, slot: *slot });
        }
        let (kind, slot, _) = of(tail.get(..2)?)?;
        let print = tail.get(2..).filter(|print| print.len() == PRINT)?.to_owned();
        Some(Self::Field { entity: id, kind: *kind, slot: *slot, print })
    }
}

fn named(id: EntityId) -> String {
    format!("{MARK}{}", base36(u128::from_be_bytes(*id.as_bytes()), NAME))
}

fn code(kind: Kind, slot: Slot) -> &'static str {
    SLOTS.iter().find(|(of, known, _)| *of == kind && *known == slot).map_or("", |(.., code)| code)
}

fn base36(mut number: u128, length: usize) -> String {
    let mut letters = vec![b'0'; length];
    for letter in letters.iter_mut().rev() {
        *letter = DIGITS[usize::try_from(number % 36).unwrap_or(0)];
        number /= 36;
    }
    letters.into_iter().map(char::from).collect()
}

/// The fingerprint of what a field says, whatever an office program does to its spaces.
pub(super) fn print(said: &str) -> String {
    let hash = blake3::hash(plain(said).as_bytes());
    let bytes: [u8; 4] = hash.as_bytes()[..4].try_into().unwrap_or_default();
    base36(u128::from(u32::from_be_bytes(bytes) >> 1), PRINT)
}

/// A text without what office programs change on their own: kinds of spaces, blank lines, line ends, marks of lists.
pub(super) fn plain(text: &str) -> String {
    let bare = |line: &str| line.trim_start_matches(['-', '•', '–']).trim_start().to_owned();
    even(text).lines().map(bare).collect::<Vec<_>>().join("\n")
}

/// A text with one blank between words and none between lines.
pub(super) fn even(text: &str) -> String {
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().map(line).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]
mod tests {
    use super::*;
    use moisson_domain::Field;

    #[test]
    fn every_key_reads_back_and_can_name_a_bookmark() {
        let id: EntityId = "ffffffff-ffff-7fff-bfff-ffffffffffff".parse().unwrap();
        let fields = SLOTS.map(|(kind, slot, _)| Key::Field { entity: id, kind, slot, print: print("Le gel") });
        let news = SLOTS.into_iter().filter(|(kind, ..)| *kind != Kind::Action);
        let news = news.map(|(kind, slot, _)| Key::New { action: id, kind, place: 2, slot });
        for key in fields.into_iter().chain(news).chain([Key::Action(id)]) {
            let written = key.written();
            assert!(written.len() <= 40 && written.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'), "{written}");
            assert_eq!(Key::read(&written), Some(key));
        }
        assert_eq!(Key::read("m1_zzzzzzzzzzzzzzzzzzzzzzzzz_zz"), None);
    }

    #[test]
    fn what_office_programs_do_to_spaces_does_not_show() {
        assert_eq!(print("Un bus\u{a0}: le soir.\n\nOui"), print(" Un bus : le soir. \r\nOui\n"));
        assert_ne!(print("Un bus"), print("Un car"));
        assert_eq!(Slot::Field(Field::Title).name(), "title");
    }
}
