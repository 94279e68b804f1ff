//! The keys of this laptop for one démarche: its own, and the ring as it was last seen. They stay in a folder of the laptop: a copy
//! of the démarche's file is another laptop, and no dossier, no journal and no backup holds a key.

use crate::{
    Failure, Session,
    views::{LaptopRow, LaptopState, LaptopsView},
};
use moisson_exchange::{ExchangeError, Key, Ring, is_public_key};
use serde::{Deserialize, Serialize};
use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};
use tempfile::NamedTempFile;

/// Keys, as they are kept.
#[derive(Serialize, Deserialize)]
struct Kept {
    secret: String,
    ring: Ring,
}

/// The keys of this laptop.
pub(crate) struct Keys {
    folder: PathBuf,
    process: String,
    /// The laptop's own.
    pub own: Key,
    /// That of whoever holds the démarche, in use until the first turn.
    pub first: Key,
    /// Laptops and keys, as last seen.
    pub ring: Ring,
}

impl Keys {
    /// Reads the keys, or draws them the first time. The laptop is let in by itself as long as the key was never turned: until then
    /// whoever holds the démarche may read.
    pub fn load(session: &Session, folder: &Path) -> Result<Self, Failure> {
        let process = session.store.process();
        let Some(founding) = session.store.founding()? else {
            return Err(Failure::NotBegun);
        };
        let secret = [&process.as_bytes()[..], &founding.0].concat();
        let mut keys = Self {
            folder: folder.to_owned(),
            process: process.to_string(),
            own: Key::draw(),
            first: Key::derived(&secret),
            ring: Ring::default(),
        };
        keys.alone(|keys| match keys.kept()? {
            Some((own, ring)) => {
                (keys.own, keys.ring) = (own, ring);
                Ok(())
            }
            None => keys.write(),
        })?;
        keys.present(&session.store.replica()?);
        Ok(keys)
    }

    /// Enters this laptop under its name, where it needs no one's leave.
    pub fn present(&mut self, name: &str) {
        let own = self.own.public().to_owned();
        if self.ring.admits(&own) || (self.ring.generation() == 0 && !self.ring.removed(&own)) {
            self.ring.admit(&own, name);
            self.ring.mend();
        }
    }

    /// Keeps the ring, with what someone else on this laptop kept meanwhile.
    pub fn keep(&mut self) -> Result<(), Failure> {
        self.alone(|keys| {
            if let Some((_, ring)) = keys.kept()? {
                keys.ring.union(&ring);
            }
            keys.write()
        })
    }

    /// Runs while no other program of this laptop reads or writes these keys.
    fn alone<T>(&mut self, run: impl FnOnce(&mut Self) -> io::Result<T>) -> Result<T, Failure> {
        let done = (|| -> io::Result<T> {
            fs::create_dir_all(&self.folder)?;
            let lock = File::create(self.folder.join(format!("{}.lock", self.process)))?;
            lock.lock()?;
            run(self)
        })();
        done.map_err(|source| Failure::Io { path: self.path(), source })
    }

    fn kept(&self) -> io::Result<Option<(Key, Ring)>> {
        let text = match fs::read_to_string(self.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            text => text?,
        };
        let kept: Kept = serde_json::from_str(&text)?;
        let own = Key::parse(&kept.secret).ok_or_else(|| io::Error::from(io::ErrorKind::InvalidData))?;
        Ok(Some((own, kept.ring)))
    }

    /// For the owner's eyes only, as the system makes temporary files; whole or not at all.
    fn write(&mut self) -> io::Result<()> {
        let kept = Kept { secret: self.own.secret(), ring: self.ring.clone() };
        let mut file = NamedTempFile::new_in(&self.folder)?;
        file.write_all(&serde_json::to_vec_pretty(&kept)?)?;
        file.as_file().sync_all()?;
        file.persist(self.path()).map(drop).map_err(|error| error.error)
    }

    fn path(&self) -> PathBuf {
        self.folder.join(format!("{}.json", self.process))
    }
}

impl Session {
    /// The laptops that may read what is exchanged, and the key of this one.
    ///
    /// # Errors
    /// [`Failure::Io`] if the keys of this laptop cannot be read, or what the store reports.
    pub fn laptops(&self, keys: &Path) -> Result<LaptopsView, Failure> {
        Ok(view(&Keys::load(self, keys)?))
    }

    /// Lets a laptop read, from the next exchange on.
    ///
    /// # Errors
    /// [`Failure::NoLaptopKey`] if that is no key, [`ExchangeError::NotAdmitted`] if this laptop is not in itself.
    pub fn admit_laptop(&self, keys: &Path, public: &str, name: &str) -> Result<LaptopsView, Failure> {
        let public = public.trim();
        if !is_public_key(public) {
            return Err(Failure::NoLaptopKey { key: public.to_owned() });
        }
        self.change(keys, |ring| {
            let name = if name.trim().is_empty() { known_name(ring, public) } else { name.trim().to_owned() };
            ring.admit(public, &name);
            Ok(())
        })
    }

    /// Keeps a laptop from reading, from the next exchange on: the key is turned.
    ///
    /// # Errors
    /// [`Failure::NoSuch`] if no laptop that is in is called so, [`ExchangeError::NotAdmitted`] if this laptop is not in itself.
    pub fn remove_laptop(&self, keys: &Path, reference: &str) -> Result<LaptopsView, Failure> {
        let reference = reference.trim();
        self.change(keys, |ring| {
            let is_meant = |public: &str, name: &str| public == reference || name == reference;
            let found: Vec<String> = ring
                .laptops()
                .iter()
                .filter(|(public, laptop)| laptop.is_admitted() && is_meant(public, laptop.name()))
                .map(|(public, _)| public.clone())
                .collect();
            match found.as_slice() {
                [] => Err(Failure::NoSuch { what: None, reference: reference.to_owned() }),
                [public] => {
                    ring.remove(public);
                    Ok(())
                }
                several => Err(Failure::Ambiguous { reference: reference.to_owned(), count: several.len() }),
            }
        })
    }

    fn change(
        &self,
        folder: &Path,
        change: impl FnOnce(&mut Ring) -> Result<(), Failure>,
    ) -> Result<LaptopsView, Failure> {
        let mut keys = Keys::load(self, folder)?;
        if !keys.ring.admits(keys.own.public()) {
            let (address, key) = (self.title()?, keys.own.public().to_owned());
            return Err(ExchangeError::NotAdmitted { address, key }.into());
        }
        change(&mut keys.ring)?;
        keys.ring.mend();
        keys.keep()?;
        Ok(view(&keys))
    }
}

fn known_name(ring: &Ring, public: &str) -> String {
    ring.laptops().get(public).map(|laptop| laptop.name().to_owned()).unwrap_or_default()
}

fn view(keys: &Keys) -> LaptopsView {
    let own = keys.own.public();
    let mut laptops: Vec<LaptopRow> = keys
        .ring
        .laptops()
        .iter()
        .map(|(public, laptop)| LaptopRow {
            key: public.clone(),
            name: laptop.name().to_owned(),
            here: public == own,
            state: if laptop.is_admitted() { LaptopState::Admitted } else { LaptopState::Removed },
        })
        .collect();
    laptops.sort_by(|one, other| {
        (!one.here, one.state, &one.name, &one.key).cmp(&(!other.here, other.state, &other.name, &other.key))
    });
    LaptopsView { key: own.to_owned(), admitted: keys.ring.admits(own), turned: keys.ring.generation(), laptops }
}
