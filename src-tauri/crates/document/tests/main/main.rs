//! Documents of a démarche that does its worst: every writer, every format, sound packages, no formula, the same bytes.

mod hostile;
mod writers;
