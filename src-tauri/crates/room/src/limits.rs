//! How much one phone, one address and all together may ask for.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    num::NonZeroU32,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use tokio::time::Instant;

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
            // A bulletin of a hundred duels, or of objections with their reasons.
            body: 16 * 1024,
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
    pub address: Brake<IpAddr>,
    pub arrivals: Brake<IpAddr>,
    pub reads: Brake<String>,
    pub writes: Brake<String>,
    pub words: Brake<IpAddr>,
    pub all_words: Brake<()>,
}

impl Brakes {
    pub fn new(limits: &Limits) -> Self {
        Self {
            address: Brake::new(limits.address),
            arrivals: Brake::new(limits.arrivals),
            reads: Brake::new(limits.reads),
            writes: Brake::new(limits.writes),
            words: Brake::new(limits.words),
            all_words: Brake::new(limits.all_words),
        }
    }

    /// Forgets those who have not been heard of for long enough to be as good as new.
    pub fn forget(&self) {
        self.address.forget();
        self.arrivals.forget();
        self.reads.forget();
        self.writes.forget();
        self.words.forget();
    }
}

/// An allowance for each key: so much at once, filled again so fast (a token bucket).
pub struct Brake<K> {
    at_once: f64,
    a_second: f64,
    seen: Mutex<HashMap<K, (f64, Instant)>>,
}

impl<K: Eq + Hash + Clone> Brake<K> {
    fn new((at_once, a_minute): (NonZeroU32, NonZeroU32)) -> Self {
        Self { at_once: at_once.get().into(), a_second: f64::from(a_minute.get()) / 60.0, seen: Mutex::default() }
    }

    /// Takes one of the key's allowance; false if none is left.
    pub fn allow(&self, key: &K) -> bool {
        self.allow_at(key, Instant::now())
    }

    /// Whether something of the key's allowance is left; takes nothing.
    pub fn has(&self, key: &K) -> bool {
        self.has_at(key, Instant::now())
    }

    fn has_at(&self, key: &K, now: Instant) -> bool {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(key).is_none_or(|was| self.left(*was, now) >= 1.0)
    }

    fn allow_at(&self, key: &K, now: Instant) -> bool {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let left = seen.get(key).map_or(self.at_once, |was| self.left(*was, now));
        let allowed = left >= 1.0;
        seen.insert(key.clone(), (if allowed { left - 1.0 } else { left }, now));
        allowed
    }

    fn left(&self, (left, then): (f64, Instant), now: Instant) -> f64 {
        (left + (now - then).as_secs_f64() * self.a_second).min(self.at_once)
    }

    fn forget(&self) {
        self.forget_at(Instant::now());
    }

    fn forget_at(&self, now: Instant) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.retain(|_, was| self.left(*was, now) < self.at_once);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn an_allowance_is_spent_and_fills_again_for_each_alone() {
        let brake = Brake::new(quota(3, 60));
        let start = Instant::now();
        let spent: Vec<bool> = (0..5).map(|_| brake.allow_at(&"one", start)).collect();
        assert_eq!(spent, [true, true, true, false, false]);
        assert!(!brake.has_at(&"one", start) && brake.has_at(&"other", start), "looking takes nothing");
        assert!(brake.allow_at(&"other", start));
        let later = start + Duration::from_secs(1);
        assert_eq!((brake.allow_at(&"one", later), brake.allow_at(&"one", later)), (true, false), "one a second");
        brake.forget_at(later + Duration::from_secs(60));
        assert!(brake.seen.lock().unwrap().is_empty(), "as good as new");
    }
}
