//! What a stranger hands over as a PrefLib file: any bytes after a sound beginning, and any bytes alone. Nothing may panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_tally::{Method, read, tally};

const BEGINNING: &[u8] = b"# NUMBER ALTERNATIVES: 2\n# ALTERNATIVE NAME 1: A\n# ALTERNATIVE NAME 2: B\n";

fuzz_target!(|bytes: &[u8]| {
    for input in [[BEGINNING, bytes].concat(), bytes.to_vec()] {
        for method in [Method::Schulze, Method::Stv, Method::Irv, Method::Approval] {
            if let Ok(election) = read::election(&input, method) {
                let _ = tally(method, &election);
            }
        }
    }
});
