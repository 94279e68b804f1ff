//! How much one phone, one address and all together may ask for.

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::{net::IpAddr, num::NonZeroU32, time::Duration};

/// Limits of a room. The defaults suit a village hall of five hundred phones.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once, all together.
    pub connections: usize,
    /// Connections at once from one address; a whole room may stand behind one.
    pub connections_per_address: usize,
    /// Phones.
    pub devices: usize,
    /// Bytes of what a phone sends.
    pub body: usize,
    /// Time to say what it wants, headers then body.
    pub patience: Duration,
    /// What phones send, waiting for their turn.
    pub queue: usize,
    /// Least time between two « something changed ».
    pub beat: Duration,
    /// Requests of one address: at once, then per minute.
    pub address: (NonZeroU32, NonZeroU32),
    /// New phones of one address: at once, then per minute.
    pub arrivals: (NonZeroU32, NonZeroU32),
    /// Requests of one phone: at once, then per minute.
    pub reads: (NonZeroU32, NonZeroU32),
    /// What one phone sends: at once, then per minute.
    pub writes: (NonZeroU32, NonZeroU32),
    /// Wrong words of one address: at once, then per minute.
    pub words: (NonZeroU32, NonZeroU32),
    /// Wrong words of all together: at once, then per minute.
    pub all_words: (NonZeroU32, NonZeroU32),
}

const fn quota(at_once: u32, a_minute: u32) -> (NonZeroU32, NonZeroU32) {
    let (Some(at_once), Some(a_minute)) = (NonZeroU32::new(at_once), NonZeroU32::new(a_minute)) else {
        return (NonZeroU32::MIN, NonZeroU32::MIN);
    };
    (at_once, a_minute)
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_600,
            connections_per_address: 300,
            devices: 2_000,
            body: 8 * 1024,
            patience: Duration::from_secs(10),
            queue: 500,
            beat: Duration::from_millis(400),
            address: quota(600, 6_000),
            arrivals: quota(120, 60),
            reads: quota(60, 180),
            writes: quota(40, 60),
            words: quota(10, 10),
            all_words: quota(120, 120),
        }
    }
}

/// The limits at work.
pub struct Brakes {
    pub address: DefaultKeyedRateLimiter<IpAddr>,
    pub arrivals: DefaultKeyedRateLimiter<IpAddr>,
    pub reads: DefaultKeyedRateLimiter<String>,
    pub writes: DefaultKeyedRateLimiter<String>,
    pub words: DefaultKeyedRateLimiter<IpAddr>,
    pub all_words: DefaultKeyedRateLimiter<()>,
}

impl Brakes {
    pub fn new(limits: &Limits) -> Self {
        let of = |(at_once, a_minute)| Quota::per_minute(a_minute).allow_burst(at_once);
        Self {
            address: RateLimiter::keyed(of(limits.address)),
            arrivals: RateLimiter::keyed(of(limits.arrivals)),
            reads: RateLimiter::keyed(of(limits.reads)),
            writes: RateLimiter::keyed(of(limits.writes)),
            words: RateLimiter::keyed(of(limits.words)),
            all_words: RateLimiter::keyed(of(limits.all_words)),
        }
    }

    /// Forgets those who have not been heard of for long enough to be as good as new.
    pub fn forget(&self) {
        self.address.retain_recent();
        self.arrivals.retain_recent();
        self.reads.retain_recent();
        self.writes.retain_recent();
        self.words.retain_recent();
    }
}
