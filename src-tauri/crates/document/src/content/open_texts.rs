//! What people wrote, without the e-mail addresses and telephone numbers that they put into it.

use crate::{DocumentError, source::PlanSource};

/// The same without e-mail addresses and telephone numbers that people wrote into texts.
pub(super) fn without_addresses(source: &PlanSource) -> Result<PlanSource, DocumentError> {
    let json = |error: serde_json::Error| DocumentError::Json(error.to_string());
    let mut value = serde_json::to_value(source).map_err(json)?;
    redact(&mut value);
    let mut open: PlanSource = serde_json::from_value(value).map_err(json)?;
    open.frame.look = source.frame.look.clone();
    Ok(open)
}

fn redact(value: &mut serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) if text.contains('@') || text.chars().filter(char::is_ascii_digit).count() >= 9 => {
            *text = redacted(text);
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::Object(fields) => fields.values_mut().for_each(redact),
        _ => {}
    }
}

/// What stands where an address stood.
const GONE: &str = "[…]";

fn redacted(text: &str) -> String {
    let words: Vec<String> =
        text.split(' ').map(|word| if is_address(word) { GONE.to_owned() } else { word.to_owned() }).collect();
    numbers_gone(&words.join(" "))
}

fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(|c: char| c.is_alphanumeric() || "._-+".contains(c))
            && host.trim_end_matches(['.', ',', ';', ')']).contains('.')
    })
}

/// A telephone number as it is written in France: ten digits from 0, or nine after +33, whatever stands between two.
fn numbers_gone(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let before_is_digit = at > 0 && letters[at - 1].is_ascii_digit();
        match (before_is_digit, telephone(&letters[at..])) {
            (false, Some(length)) => {
                out.push_str(GONE);
                at += length;
            }
            _ => {
                out.push(letters[at]);
                at += 1;
            }
        }
    }
    out
}

fn telephone(letters: &[char]) -> Option<usize> {
    let (wanted, mut at, mut digits) = match letters {
        ['0', '1'..='9', ..] => (10, 0, 0),
        ['+', '3', '3', ..] => (9, 3, 0),
        _ => return None,
    };
    while digits < wanted {
        match letters.get(at)? {
            digit if digit.is_ascii_digit() => digits += 1,
            ' ' | '.' | '-' | '\u{a0}' | '\u{202f}' | '(' | ')' => {}
            _ => return None,
        }
        at += 1;
    }
    letters.get(at).is_none_or(|next| !next.is_ascii_digit()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::redacted;

    #[test]
    fn addresses_and_telephone_numbers_are_taken_out_and_nothing_else() {
        assert_eq!(redacted("Écrire à marie.durand@doubs.example, ou 03 81 00 00 00."), "Écrire à […] ou […].");
        assert_eq!(redacted("Appeler le +33 3 81 00 00 00"), "Appeler le […]");
        assert_eq!(redacted("0381000000 et 03.81.00.00.00"), "[…] et […]");
        let kept = "Budget 2022 : 1 200 000 000 €, du 01/10/2022 au 30/09/2023, @mobilité";
        assert_eq!(redacted(kept), kept);
    }
}
