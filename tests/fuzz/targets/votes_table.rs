//! What a stranger hands over as a table of bulletins, of duels or of merit profiles: any bytes after a sound beginning, and any bytes alone. Nothing may panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_tally::{Method, read, tally};

const BEGINNING: &[u8] = b"";

fuzz_target!(|bytes: &[u8]| {
    for input in [[BEGINNING, bytes].concat(), bytes.to_vec()] {
        for method in [Method::MajorityJudgment, Method::Dots, Method::Score, Method::Borda, Method::Pairwise] {
            if let Ok(election) = read::election(&input, method) {
                let _ = tally(method, &election);
            }
        }
    }
});
