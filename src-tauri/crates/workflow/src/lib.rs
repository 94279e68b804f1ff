//! Use cases: everything a person can do in Moisson, once, for the window and the terminal alike.
//!
//! A [`Session`] is one démarche open on one laptop. Each method is one gesture: it checks the rule, builds one act, has
//! the store write it, and notes which views it touched. Views are plain structures ([`views`]) that the faces show as they
//! are. This crate reads no clock and draws no chance of its own ([`Surroundings`]) and never speaks to a person except
//! through [`Failure::explain`].

mod acronyms;
mod action_page;
mod action_parts;
mod adopted;
mod agenda;
mod arbitrate;
mod attendance;
mod ballot;
mod catalog;
mod changes;
mod charter;
mod check_words;
mod checks;
mod closing;
mod consolidate;
mod demo;
mod diagnostic;
mod edit;
mod emblem;
mod failure;
mod finder;
mod followed;
mod forms;
mod handouts;
mod home;
mod import;
mod join_clusters;
mod ledger;
mod likeness;
mod lineage;
mod meeting;
mod merge;
mod methods;
mod outcome;
mod papers;
mod partners;
mod phone_room;
mod phone_votes;
mod phones;
mod photo;
mod picture;
mod plan;
mod plan_import;
mod plan_tree;
mod prepare;
mod previous;
mod privacy;
mod proof;
mod protection;
mod publicity;
mod publish;
mod reference;
mod region;
mod rehearsal;
mod resemble;
mod room;
mod safety;
mod session;
mod settle;
mod sheets;
mod sources;
mod suggest;
mod support;
mod table;
mod template;
#[cfg(test)]
mod testing;
mod text_merge;
mod tracking;
mod versions;
pub mod views;
mod words;

pub use action_page::ActionPage;
pub use charter::CharterProblem;
pub use demo::{DemoOptions, DemoReport, demo, demo_consolidated};
pub use diagnostic::Diagnostic;
pub use emblem::{Emblem, EmblemProblem};
pub use failure::{Explained, Failure, FailureKind};
pub use finder::Finder;
pub use forms::{FormProblem, FormSource};
pub use import::ImportOptions;
pub use ledger::{ReadAhead, Unread};
pub use likeness::{Alike, Corpus};
pub use meeting::{MeetingSetup, meet};
pub use merge::BundleOptions;
pub use methods::method_library;
pub use moisson_document::{Format, forget_layouts, schema};
pub use moisson_domain::{EntityId, Field, Fields, Kind};
pub use moisson_exchange::{Access, ExchangeError, is_server};
pub use moisson_room::{Limits, RoomError, Sharing, interfaces};
pub use moisson_store::{
    Bare, Incoming, Progress, Since, Stop, StoreError, VerifyReport, offer_passphrase, protected, unlock,
};
pub use moisson_tally as tally;
pub use phone_room::{PhoneRoom, Reach, RoomSetup};
pub use phone_votes::on_phones;
pub use phones::CardProblem;
pub use photo::{Photo, PhotoProblem};
pub use protection::protect;
pub use publish::{DocumentSource, document_offers, formats, write_together};
pub use region::region;
pub use rehearsal::{Pretend, sweep_rehearsals};
pub use resemble::Said;
pub use session::{Info, Session, Surroundings};
pub use suggest::Suggestions;
pub use table::TableError;
pub use template::Template;
pub use words::Language;
