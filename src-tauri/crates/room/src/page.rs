//! The one page that phones are given, and the headers that keep it harmless.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::io::Write;

/// The page and its headers.
#[derive(Debug)]
pub struct Page {
    /// HTML, with its style and script inside.
    pub html: String,
    /// The same, a third of the weight: what a phone far from the Wi-Fi is waiting for.
    pub gzipped: Vec<u8>,
    policy: HeaderValue,
}

impl Page {
    /// Allows this page's own style and script, by their hashes, and nothing else.
    pub fn new(html: String) -> Self {
        let hashes = |tag: &str| {
            let found: Vec<String> = inside(&html, tag)
                .map(|text| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()))))
                .collect();
            if found.is_empty() { String::from("'none'") } else { found.join(" ") }
        };
        let policy = format!(
            "default-src 'none'; script-src {}; style-src {}; connect-src 'self'; img-src data:; base-uri 'none'; \
             form-action 'none'; frame-ancestors 'none'",
            hashes("script"),
            hashes("style")
        );
        let policy = HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
        let gzipped = gzip(html.as_bytes());
        Self { html, gzipped, policy }
    }

    /// Headers of everything that the room answers.
    pub fn protect(&self, headers: &mut HeaderMap) {
        headers.insert(header::CONTENT_SECURITY_POLICY, self.policy.clone());
        let fixed = [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
}

/// Packed once, when the room opens, as small as it goes.
fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).expect("a vector takes whatever is written to it")
}

/// Whether a phone unpacks what it is sent.
pub fn takes_gzip(headers: &HeaderMap) -> bool {
    let offered = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    offered.split(',').any(|one| {
        let (name, quality) = one.split_once(';').unwrap_or((one, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    })
}

/// What stands inside each element of this name.
fn inside<'a>(html: &'a str, tag: &'a str) -> impl Iterator<Item = &'a str> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut rest = html;
    std::iter::from_fn(move || {
        let start = rest.find(&open)?;
        let from = start + rest[start..].find('>')? + 1;
        let length = rest[from..].find(&close)?;
        let text = &rest[from..from + length];
        rest = &rest[from + length + close.len()..];
        Some(text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_sent_packed_to_those_who_unpack_it() {
        let takes = |value: &'static str| {
            takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
        };
        assert!(takes("gzip, deflate") && takes("br;q=1.0, GZIP;q=0.8"));
        assert!(!takes("identity") && !takes("gzip;q=0, br") && !takes_gzip(&HeaderMap::new()));
        let page = Page::new("proposer et voter ".repeat(100));
        let mut unpacked = String::new();
        std::io::Read::read_to_string(&mut flate2::read::GzDecoder::new(&page.gzipped[..]), &mut unpacked).unwrap();
        assert_eq!(unpacked, page.html);
        assert!(page.gzipped.len() < page.html.len() / 10);
    }

    #[test]
    fn only_the_page_s_own_script_and_style_are_allowed() {
        let page = Page::new(String::from("<style>p{}</style><script type=\"module\">1</script><script>2</script>"));
        let policy = page.policy.to_str().unwrap();
        assert_eq!(inside(&page.html, "script").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(policy.matches("'sha256-").count(), 3);
        assert!(!policy.contains("unsafe"));
    }
}
