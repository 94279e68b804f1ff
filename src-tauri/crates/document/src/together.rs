//! Several documents or formats at once, on as many cores as the computer has.

use std::{
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// What each piece of work gives, in the order of the pieces. Threads of their own: a document is laid out by a pool of threads,
/// which must not be held up by others that wait for it.
pub fn together<T: Sync, R: Send>(works: &[T], make: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from).min(works.len());
    if cores < 2 {
        return works.iter().map(make).collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let take = || {
            let at = next.fetch_add(1, Ordering::Relaxed);
            Some((at, works.get(at)?))
        };
        std::iter::from_fn(take).map(|(at, work)| (at, make(work))).collect::<Vec<_>>()
    };
    let mut made: Vec<(usize, R)> = thread::scope(|scope| {
        // The thread that asks works as well: each has memory of its own that it does not give back.
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
        let mut made = work();
        made.extend(others.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|cause| resume_unwind(cause))));
        made
    });
    made.sort_unstable_by_key(|(at, _)| *at);
    made.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_in_the_order_of_what_was_asked_for() {
        let works: Vec<u32> = (0..500).collect();
        let made = together(&works, |number| number * 2);
        assert_eq!(made, works.iter().map(|number| number * 2).collect::<Vec<_>>());
        assert_eq!(together(&[] as &[u32], |number| *number), Vec::<u32>::new());
    }
}
