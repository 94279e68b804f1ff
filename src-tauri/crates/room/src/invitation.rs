//! What opens the room to a phone: a token in the link of the QR code, or a word of six letters read on the wall.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// Sixteen letters that are not mistaken for one another, and no vowel, so that they spell nothing.
const LETTERS: [char; 16] = ['B', 'C', 'D', 'F', 'G', 'H', 'J', 'K', 'M', 'N', 'P', 'R', 'T', 'V', 'W', 'X'];

/// Six letters made of three random bytes: a room's word, or a card.
#[must_use]
pub fn letters(random: [u8; 3]) -> String {
    random.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|nibble| LETTERS[usize::from(nibble)]).collect()
}

/// Six letters as someone typed them: small or capital, with spaces or hyphens. None if they are not six of ours.
#[must_use]
pub fn read_letters(typed: &str) -> Option<String> {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').map(|c| c.to_ascii_uppercase());
    let word: String = kept.take(7).collect();
    (word.chars().count() == 6 && word.chars().all(|c| LETTERS.contains(&c))).then_some(word)
}

/// Who may come in: those who have the token, or the word. Kept in the démarche's file, so that phones come back after a
/// restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Tells this room from another laptop's, in the token.
    room: [u8; 4],
    secret: [u8; 16],
    /// Six letters, shown big.
    word: String,
}

impl Invitation {
    /// A new one.
    pub fn draw(random: &mut dyn FnMut(&mut [u8])) -> Self {
        let (mut room, mut secret, mut word) = ([0; 4], [0; 16], [0; 3]);
        random(&mut room);
        random(&mut secret);
        random(&mut word);
        Self { room, secret, word: letters(word) }
    }

    /// One that was kept: token and word.
    #[must_use]
    pub fn kept(token: &str, word: &str) -> Option<Self> {
        let (room, secret) = token.split_once('.')?;
        let bytes = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        Some(Self {
            room: bytes(room)?.try_into().ok()?,
            secret: bytes(secret)?.try_into().ok()?,
            word: read_letters(word)?,
        })
    }

    /// The token: the room's name and its secret.
    #[must_use]
    pub fn token(&self) -> String {
        format!("{}.{}", BASE64_URL_SAFE_NO_PAD.encode(self.room), BASE64_URL_SAFE_NO_PAD.encode(self.secret))
    }

    /// The six letters.
    #[must_use]
    pub fn word(&self) -> &str {
        &self.word
    }

    /// Whether this token opens this room. Takes as long whatever is wrong with it.
    #[must_use]
    pub fn admits(&self, token: &str) -> bool {
        blake3::hash(token.as_bytes()) == blake3::hash(self.token().as_bytes())
    }

    /// Whether this is the word on the wall.
    #[must_use]
    pub fn admits_word(&self, typed: &str) -> bool {
        let typed = read_letters(typed).unwrap_or_default();
        blake3::hash(typed.as_bytes()) == blake3::hash(self.word.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(seed: u8) -> Invitation {
        Invitation::draw(&mut |bytes| bytes.fill(seed))
    }

    #[test]
    fn a_word_is_read_however_it_is_typed() {
        assert_eq!(letters([0x01, 0x2e, 0xff]), "BCDWXX");
        assert_eq!(read_letters(" bcd-wxx "), Some(String::from("BCDWXX")));
        for wrong in ["", "BCDWX", "BCDWXXB", "BCDWXA", "BCDWX1", "ÉÉÉÉÉÉ"] {
            assert_eq!(read_letters(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_its_own_token_and_word_open_a_room() {
        let (ours, theirs) = (drawn(1), drawn(2));
        assert!(ours.admits(&ours.token()) && ours.admits_word(&ours.word().to_lowercase()));
        assert!(!ours.admits(&theirs.token()) && !ours.admits_word(theirs.word()));
        assert!(!ours.admits("") && !ours.admits_word(""));
        // One letter less, one more, another room with the same secret.
        let token = ours.token();
        assert!(!ours.admits(&token[1..]) && !ours.admits(&format!("{token}A")));
    }

    #[test]
    fn a_kept_invitation_is_the_same() {
        let ours = drawn(7);
        assert_eq!(Invitation::kept(&ours.token(), ours.word()), Some(ours));
        assert_eq!(Invitation::kept("nonsense", "BCDWXX"), None);
    }
}
