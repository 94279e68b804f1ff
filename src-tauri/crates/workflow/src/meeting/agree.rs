//! Agreeing on who may read and on the key: what the rings there say is put together with what this laptop knows, before anything
//! is put under a key.

use super::Meeting;
use crate::Failure;
use moisson_exchange::{Belief, ExchangeError, Listing, Name, Ring, Sort};
use std::io::Write;

/// A ring that lies there.
struct There {
    name: Name,
    ring: Ring,
    belief: Belief,
}

impl Meeting<'_> {
    /// # Errors
    /// [`ExchangeError::NotAdmitted`] if what lies there is for other laptops; nothing was put then.
    pub(super) fn agree(&mut self, listing: &Listing) -> Result<(), Failure> {
        let known = self.keys.ring.clone();
        let (mut there, mut altered, mut closed) = (Vec::new(), Vec::new(), false);
        for name in &listing.rings {
            match self.read_ring(&known, name) {
                Ok(Some(found)) => there.push(found),
                Ok(None) => {}
                Err(Failure::Exchange(ExchangeError::Closed { .. })) => closed = true,
                Err(Failure::Exchange(ExchangeError::Altered { .. })) => altered.push(name.clone()),
                Err(failure) => return Err(failure),
            }
        }
        let believed = || there.iter().filter(|one| one.belief == Belief::Whole);
        believed().for_each(|one| self.keys.ring.union(&one.ring));
        let past = there.iter().filter(|one| one.belief == Belief::Past);
        past.for_each(|one| self.keys.ring.learn(&one.ring));
        self.keys.present(&self.reader.store.replica()?);
        let own = self.keys.own.public();
        if (closed && believed().next().is_none()) || !self.keys.ring.admits(own) {
            let (address, key) = (self.report.place.clone(), own.to_owned());
            return Err(ExchangeError::NotAdmitted { address, key }.into());
        }
        // Kept before it is put: a key that others lock with must never be lost here.
        self.keys.keep()?;
        let ring = &self.keys.ring;
        // Of several that say the same the first by name stays, whoever looks.
        let said = believed().filter(|one| one.ring == *ring).map(|one| one.name.clone()).min();
        let kept = match said {
            Some(name) => name,
            None => self.put_ring()?,
        };
        let past = there.iter().filter(|one| one.name != kept && ring.includes(&one.ring)).map(|one| &one.name);
        for name in past.chain(&altered) {
            self.storage.remove(&self.process, name, self.stop)?;
        }
        self.report.segments_restored += super::clamp(altered.len() as u64);
        Ok(())
    }

    fn read_ring(&self, known: &Ring, name: &Name) -> Result<Option<There>, Failure> {
        let mut file = tempfile::tempfile().map_err(ExchangeError::Local)?;
        match self.storage.fetch(&self.process, name, &mut file, self.stop) {
            // Someone put a newer one in its place since it was listed.
            Err(ExchangeError::Gone { .. }) => return Ok(None),
            fetched => fetched?,
        }
        let (ring, belief) = known.read(&name.file(), &mut file, &self.keys.own, &self.keys.first)?;
        Ok(Some(There { name: name.clone(), ring, belief }))
    }

    fn put_ring(&self) -> Result<Name, Failure> {
        let mut file = tempfile::tempfile().map_err(ExchangeError::Local)?;
        self.keys.ring.seal(&self.keys.first, &mut file)?;
        file.flush().map_err(ExchangeError::Local)?;
        Ok(self.storage.put(&self.process, Sort::Ring, &mut file, self.stop)?.name)
    }
}
