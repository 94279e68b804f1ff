//! What a stranger hands over as the JSON of a vote: any bytes after a sound beginning, and any bytes alone. Nothing may panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use moisson_tally::{Method, read, tally};

const BEGINNING: &[u8] = b"{\"options\":[{\"id\":\"A\",\"cost\":3},{\"id\":\"B\",\"cost\":2}],";

fuzz_target!(|bytes: &[u8]| {
    for input in [[BEGINNING, bytes].concat(), bytes.to_vec()] {
        for method in Method::ALL {
            if let Ok(election) = read::election(&input, method) {
                let _ = tally(method, &election);
            }
        }
    }
});
