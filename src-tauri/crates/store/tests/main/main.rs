//! The store: merging by properties, and dossiers of strangers.
#![allow(clippy::unwrap_used, missing_docs)]

mod adversarial_dossier;
mod laptops;
mod merge_properties;
