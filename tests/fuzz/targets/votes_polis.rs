//! What a stranger hands over as the opinions of a Polis conversation: any bytes after a sound beginning, and any bytes alone. Nothing may panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_tally::{Method, read, tally};

const BEGINNING: &[u8] = b"participant,group-id,0,1\n";

fuzz_target!(|bytes: &[u8]| {
    for input in [[BEGINNING, bytes].concat(), bytes.to_vec()] {
        for method in [Method::Consensus] {
            if let Ok(election) = read::election(&input, method) {
                let _ = tally(method, &election);
            }
        }
    }
});
