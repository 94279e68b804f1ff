//! The store: merging by properties, and dossiers of strangers.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test stops at the first thing that is not as it should be, and writes broken files on purpose"
)]

mod adversarial_dossier;
mod laptops;
mod merge_properties;
mod segments;
