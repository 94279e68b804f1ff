//! From what a person writes to a storage: a folder, `file://`, `webdav(s)://`, `s3://bucket/prefix` (with `?endpoint=…&region=…`).

use crate::{ExchangeError, folder::Folder};
use base64::{Engine, engine::general_purpose::STANDARD};
use object_store::{
    BackoffConfig, ClientOptions, HeaderMap, HeaderValue, ObjectStore, RetryConfig, aws::AmazonS3Builder,
    http::HttpBuilder, path::Path as Within,
};
use std::{fmt, path::Path, sync::Arc, time::Duration};
use url::Url;

/// What opens a storage, as the face was given it.
#[derive(Clone, Default)]
pub struct Access {
    /// S3: the access key's id and its secret.
    pub key: Option<(String, String)>,
    /// S3: the token of credentials that expire.
    pub token: Option<String>,
    /// S3: the region.
    pub region: Option<String>,
    /// S3: the address of a server that is not Amazon's.
    pub endpoint: Option<String>,
    /// WebDAV: the name, where the address has none.
    pub user: Option<String>,
    /// WebDAV: the password, where the address has none.
    pub password: Option<String>,
}

impl Access {
    /// What the usual variables of the environment say; the face looks them up.
    #[must_use]
    pub fn from_variables(look_up: impl Fn(&str) -> Option<String>) -> Self {
        let said = |names: &[&str]| names.iter().find_map(|name| look_up(name).filter(|value| !value.is_empty()));
        Self {
            key: said(&["AWS_ACCESS_KEY_ID"]).zip(said(&["AWS_SECRET_ACCESS_KEY"])),
            token: said(&["AWS_SESSION_TOKEN"]),
            region: said(&["AWS_REGION", "AWS_DEFAULT_REGION"]),
            endpoint: said(&["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"]),
            user: said(&["WEBDAV_USERNAME"]),
            password: said(&["WEBDAV_PASSWORD"]),
        }
    }
}

impl Access {
    /// The same, with the name and password or key that a person typed in place of the environment's.
    #[must_use]
    pub fn or_typed(mut self, user: Option<String>, secret: Option<String>) -> Self {
        if let Some(user) = user {
            self.key = Some((user.clone(), secret.clone().unwrap_or_default()));
            self.token = None;
            self.user = Some(user);
        }
        if secret.is_some() {
            self.password = secret;
        }
        self
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Access(…)")
    }
}

/// A storage that was understood; nothing was asked of it yet.
pub(crate) enum Opened {
    /// Files of this laptop or of a share.
    Folder(Folder),
    /// Objects of a server.
    Objects(Objects),
}

/// Objects of a server.
pub(crate) struct Objects {
    pub store: Arc<dyn ObjectStore>,
    /// Where in it.
    pub root: Within,
    /// As people write it, without its password.
    pub shown: String,
    /// A file shows under its name while it is being written: it is written under another first.
    pub shows_unfinished: bool,
}

/// How long somebody is waited for: what a person bears at a door that may be shut.
const CONNECT: Duration = Duration::from_secs(10);
const SILENCE: Duration = Duration::from_secs(60);
const RETRY: Duration = Duration::from_secs(20);

/// Understands an address.
pub(crate) fn open(address: &str, access: &Access) -> Result<Opened, ExchangeError> {
    let address = address.trim();
    let unknown = || ExchangeError::Address { address: address.to_owned() };
    let Ok(url) = Url::parse(address) else { return folder(Path::new(address)) };
    match url.scheme() {
        "file" => folder(&url.to_file_path().map_err(|()| unknown())?),
        "webdav" | "http" => webdav(&url, "http", access),
        "webdavs" | "https" => webdav(&url, "https", access),
        "s3" => s3(&url, access),
        // `D:\partage` is a path, whose letter reads as a scheme.
        letter if letter.len() == 1 => folder(Path::new(address)),
        _ => Err(unknown()),
    }
}

/// Whether an address is one of a server rather than of a folder.
#[must_use]
pub fn is_server(address: &str) -> bool {
    Url::parse(address.trim()).is_ok_and(|url| url.scheme() != "file" && url.scheme().len() > 1)
}

fn folder(path: &Path) -> Result<Opened, ExchangeError> {
    if path.as_os_str().is_empty() {
        return Err(ExchangeError::Address { address: String::new() });
    }
    Folder::open(path).map(Opened::Folder)
}

fn webdav(url: &Url, scheme: &str, access: &Access) -> Result<Opened, ExchangeError> {
    let unknown = || ExchangeError::Address { address: shown(url) };
    let mut base = Url::parse(&url.as_str().replacen(url.scheme(), scheme, 1)).map_err(|_| unknown())?;
    let user = Some(percent_decoded(base.username())).filter(|name| !name.is_empty()).or_else(|| access.user.clone());
    let password = base.password().map(percent_decoded).or_else(|| access.password.clone());
    base.set_username("").and_then(|()| base.set_password(None)).map_err(|()| unknown())?;
    base.set_query(None);
    base.set_fragment(None);
    let mut options = client().with_allow_http(scheme == "http");
    if let Some(user) = user {
        let pair = STANDARD.encode(format!("{user}:{}", password.unwrap_or_default()));
        let mut value = HeaderValue::try_from(format!("Basic {pair}")).map_err(|_| unknown())?;
        value.set_sensitive(true);
        options = options.with_default_headers(HeaderMap::from_iter([(reqwest::header::AUTHORIZATION, value)]));
    }
    let store = HttpBuilder::new()
        .with_url(base.as_str().trim_end_matches('/'))
        .with_client_options(options)
        .with_retry(retry())
        .build()
        .map_err(|error| ExchangeError::of(&shown(url), error))?;
    let (store, root) = (Arc::new(store), Within::default());
    Ok(Opened::Objects(Objects { store, root, shown: shown(url), shows_unfinished: true }))
}

fn s3(url: &Url, access: &Access) -> Result<Opened, ExchangeError> {
    let address = shown(url);
    let bucket = url.host_str().ok_or_else(|| ExchangeError::Address { address: address.clone() })?;
    let (key, secret) = access.key.as_ref().ok_or_else(|| ExchangeError::NoCredentials { address: address.clone() })?;
    let root = Within::from_url_path(url.path()).map_err(|_| ExchangeError::Address { address: address.clone() })?;
    let said = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    let region = said("region").or_else(|| access.region.clone());
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(bucket)
        .with_access_key_id(key)
        .with_secret_access_key(secret)
        .with_region(region.as_deref().unwrap_or("us-east-1"))
        .with_client_options(client())
        .with_retry(retry());
    if let Some(token) = &access.token {
        builder = builder.with_token(token);
    }
    if let Some(endpoint) = said("endpoint").or_else(|| access.endpoint.clone()) {
        // A server of the office's own may have no certificate; Amazon's is always asked for one.
        let is_plain = endpoint.starts_with("http://");
        builder = builder.with_endpoint(endpoint).with_allow_http(is_plain);
    }
    let store = builder.build().map_err(|error| ExchangeError::of(&address, error))?;
    let store = Arc::new(store);
    Ok(Opened::Objects(Objects { store, root, shown: address, shows_unfinished: false }))
}

fn client() -> ClientOptions {
    // Chosen once for the whole process; whoever chose before us chose as well.
    rustls::crypto::ring::default_provider().install_default().ok();
    // No limit on the whole of a request: a slow line may take long for a large segment, as long as something comes.
    ClientOptions::new().with_connect_timeout(CONNECT).with_timeout_disabled().with_read_timeout(SILENCE)
}

fn retry() -> RetryConfig {
    RetryConfig { backoff: BackoffConfig::default(), max_retries: 3, retry_timeout: RETRY }
}

/// An address as it may be shown and kept: without its password.
fn shown(url: &Url) -> String {
    let mut url = url.clone();
    // Refused only where there is no host, and then there is no password.
    url.set_password(None).ok();
    // What follows `?` says where a bucket is, and nothing elsewhere.
    if url.scheme() != "s3" {
        url.set_query(None);
    }
    url.set_fragment(None);
    url.as_str().trim_end_matches('/').to_owned()
}

/// What the signs that stand for others stand for. Form fields are written the same way, but for three signs.
fn percent_decoded(text: &str) -> String {
    let text = text.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    url::form_urlencoded::parse(text.as_bytes()).map(|(name, _)| name.into_owned()).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is not as it should be")]

    use super::*;

    #[test]
    fn what_is_no_address_is_said_to_be_none() {
        for address in ["", "gopher://example.org", "ftp://example.org/a", "mailto:quelquun@example.org"] {
            let error = open(address, &Access::default()).err().unwrap();
            assert!(matches!(error, ExchangeError::Address { .. }), "{address}: {error}");
        }
        let folder = tempfile::tempdir().unwrap();
        let absent = folder.path().join("absent");
        let error = open(absent.to_str().unwrap(), &Access::default()).err().unwrap();
        assert!(matches!(error, ExchangeError::NoSuchPlace { .. }), "{error}");
        let error = open("s3://seau/doubs", &Access::default()).err().unwrap();
        assert!(matches!(error, ExchangeError::NoCredentials { .. }), "{error}");
    }

    #[test]
    fn a_password_is_never_shown() {
        let opened = open("webdavs://anne:s%40cret+1@example.org/dav/", &Access::default()).unwrap();
        let Opened::Objects(opened) = opened else { unreachable!("an address is no folder") };
        assert_eq!(opened.shown, "webdavs://anne@example.org/dav");
        assert_eq!(percent_decoded("s%40cret+1&2=3"), "s@cret+1&2=3");
        let access = Access { password: Some(String::from("s@cret")), ..Access::default() };
        assert!(!format!("{access:?}").contains("cret"));
    }

    #[test]
    fn a_folder_is_the_same_however_it_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().canonicalize().unwrap();
        let by_url = open(Url::from_directory_path(&path).unwrap().as_str(), &Access::default()).unwrap();
        let by_path = open(&format!("{}/.", path.display()), &Access::default()).unwrap();
        let (Opened::Folder(one), Opened::Folder(other)) = (by_url, by_path) else { unreachable!("both are folders") };
        assert_eq!(one.path, other.path);
    }
}
