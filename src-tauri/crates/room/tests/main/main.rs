//! The room as phones and strangers find it, over a real connection on the loopback interface.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first thing that is not as it should be")]

mod adversarial_floods;
mod adversarial_phones;
mod phone;
mod phones;
mod room;
