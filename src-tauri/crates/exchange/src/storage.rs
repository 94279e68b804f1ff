//! A storage and the segments in it.

use crate::{
    Access, ExchangeError, Name, Sort,
    address::{self, Objects, Opened},
    folder::Folder,
};
use futures_util::StreamExt;
use object_store::{Error, ObjectMeta, ObjectStore, ObjectStoreExt, PutPayload, path::Path as Within};
use std::{
    fs::File,
    future::Future,
    io::{Read, Seek, Write},
    time::Duration,
};
use tokio::runtime::Runtime;

/// How often whoever waits is asked whether they still do.
const ASKED: Duration = Duration::from_millis(100);

/// What a file is written under while it shows before it is whole.
const UNFINISHED: &str = ".part";

/// A storage that laptops share. Its calls block, and end soon after the person asks to stop.
pub struct Storage(Kind);

enum Kind {
    Folder(Folder, String),
    Server(Server),
}

struct Server {
    objects: Objects,
    runtime: Runtime,
}

/// What lies in the folder of a démarche.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Its segments, the first put there first.
    pub segments: Vec<Listed>,
    /// What says who may read them, by name.
    pub rings: Vec<Name>,
    /// How many other démarches meet there.
    pub others: usize,
}

impl Listing {
    pub(crate) fn add(&mut self, listed: Listed) {
        match listed.name.sort() {
            Sort::Segment => self.segments.push(listed),
            Sort::Ring => self.rings.push(listed.name),
        }
    }
}

/// A file as it is listed: its bytes were not looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: Name,
    /// What changes when someone writes over it: its size, with its ETag or its date.
    pub stamp: String,
    /// When it was put there, by the clock of whoever keeps it: a hint of what came first, trusted for nothing.
    pub put: i64,
}

impl Storage {
    /// Understands an address. Nothing is asked of a server yet.
    ///
    /// # Errors
    /// [`ExchangeError::Address`], [`ExchangeError::NoCredentials`], and for a folder [`ExchangeError::NoSuchPlace`].
    pub fn open(address: &str, access: &Access) -> Result<Self, ExchangeError> {
        Ok(Self(match address::open(address, access)? {
            Opened::Folder(folder) => {
                let shown = folder.path.display().to_string();
                Kind::Folder(folder, shown)
            }
            Opened::Objects(objects) => {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
                Kind::Server(Server { objects, runtime })
            }
        }))
    }

    /// Its address as it may be shown and kept: without password.
    #[must_use]
    pub fn address(&self) -> &str {
        match &self.0 {
            Kind::Folder(_, shown) => shown,
            Kind::Server(server) => &server.objects.shown,
        }
    }

    /// What lies in the folder of a démarche; nothing if it is not there yet.
    ///
    /// # Errors
    /// Why the storage cannot be read.
    pub fn list(&self, process: &str, stop: &dyn Fn() -> bool) -> Result<Listing, ExchangeError> {
        if stop() {
            return Err(ExchangeError::Stopped);
        }
        let mut listing = match &self.0 {
            Kind::Folder(folder, _) => folder.list(process)?,
            Kind::Server(server) => server.run(stop, server.list(process))?,
        };
        listing.segments.sort_by(|one, other| (one.put, &one.name).cmp(&(other.put, &other.name)));
        listing.segments.dedup();
        listing.rings.sort();
        listing.rings.dedup();
        Ok(listing)
    }

    /// Copies a file into one of this laptop, and checks that it is what its name says.
    ///
    /// # Errors
    /// [`ExchangeError::Altered`], [`ExchangeError::Gone`], or why it cannot be read.
    pub fn fetch(
        &self,
        process: &str,
        name: &Name,
        to: &mut File,
        stop: &dyn Fn() -> bool,
    ) -> Result<(), ExchangeError> {
        match &self.0 {
            Kind::Folder(folder, _) => folder.fetch(process, name, to, stop)?,
            Kind::Server(server) => server.run(stop, server.fetch(process, name, to))?,
        }
        to.rewind()?;
        let is = Name::of(name.sort(), &*to)?;
        to.rewind()?;
        if is == *name { Ok(()) } else { Err(ExchangeError::Altered { file: name.file() }) }
    }

    /// Puts a file under its name; one that is there already is put again, being the same.
    ///
    /// # Errors
    /// Why it cannot be written; it is not there then.
    pub fn put(
        &self,
        process: &str,
        sort: Sort,
        file: &mut File,
        stop: &dyn Fn() -> bool,
    ) -> Result<Listed, ExchangeError> {
        file.rewind()?;
        let name = Name::of(sort, &*file)?;
        match &self.0 {
            Kind::Folder(folder, _) => folder.put(process, name, file, stop),
            Kind::Server(server) => {
                let mut bytes = Vec::new();
                file.rewind()?;
                file.read_to_end(&mut bytes)?;
                server.run(stop, server.put(process, name, bytes))
            }
        }
    }

    /// Puts files under paths of their own, for others to read: what is published, written over each time. Each is whole or not
    /// there; where one cannot be put, those that are new are taken away again.
    ///
    /// # Errors
    /// Why the storage cannot be written.
    pub fn deposit(&self, files: &[(String, Vec<u8>)], stop: &dyn Fn() -> bool) -> Result<(), ExchangeError> {
        let mut new = Vec::new();
        for (path, bytes) in files {
            let put = match &self.0 {
                Kind::Folder(folder, _) => folder.deposit(path, bytes),
                Kind::Server(server) => server.run(stop, server.deposit(path, bytes.clone())),
            };
            match put {
                Ok(true) => new.push(path),
                Ok(false) => {}
                Err(error) => {
                    // As far as the storage still answers; who asked to stop does not stop this.
                    for path in new {
                        match &self.0 {
                            Kind::Folder(folder, _) => folder.take_away(path),
                            Kind::Server(server) => server.run(&|| false, server.take_away(path)).unwrap_or_default(),
                        }
                    }
                    return Err(error);
                }
            }
        }
        Ok(())
    }

    /// Takes away a file, and what was left of an upload of it; one that is gone is no error.
    ///
    /// # Errors
    /// Why it cannot be taken away.
    pub fn remove(&self, process: &str, name: &Name, stop: &dyn Fn() -> bool) -> Result<(), ExchangeError> {
        match &self.0 {
            Kind::Folder(folder, _) => folder.remove(process, name),
            Kind::Server(server) => server.run(stop, server.remove(process, name)),
        }
    }
}

impl Server {
    async fn list(&self, process: &str) -> Result<Listing, ExchangeError> {
        let Objects { store, root, .. } = &self.objects;
        let around = (!root.as_ref().is_empty()).then_some(root);
        let around = store.list_with_delimiter(around).await.map_err(|error| self.failed(error))?;
        // Folders of démarches are named by ids; others are none of our business.
        let folders = around.common_prefixes.iter().filter_map(Within::filename);
        let others = folders.filter(|name| *name != process && is_process(name)).count();
        let listed = match store.list_with_delimiter(Some(&root.clone().join(process))).await {
            Err(Error::NotFound { .. }) => Vec::new(),
            listed => listed.map_err(|error| self.failed(error))?.objects,
        };
        let mut listing = Listing { others, ..Listing::default() };
        listed.iter().filter_map(Listed::of).for_each(|one| listing.add(one));
        Ok(listing)
    }

    async fn fetch(&self, process: &str, name: &Name, to: &mut File) -> Result<(), ExchangeError> {
        let mut parts = match self.objects.store.get(&self.place(process, &name.file())).await {
            Err(Error::NotFound { .. }) => return Err(ExchangeError::Gone { file: name.file() }),
            got => got.map_err(|error| self.failed(error))?.into_stream(),
        };
        while let Some(part) = parts.next().await {
            to.write_all(&part.map_err(|error| self.failed(error))?)?;
        }
        Ok(())
    }

    async fn put(&self, process: &str, name: Name, bytes: Vec<u8>) -> Result<Listed, ExchangeError> {
        let there = self.whole(&self.place(process, &name.file()), &self.part(process, &name), bytes).await?;
        Ok(Listed { name, stamp: stamp(&there), put: there.last_modified.timestamp_micros() })
    }

    /// Puts a file, under another name while it is not whole where it would show; says what is there then.
    async fn whole(&self, place: &Within, unfinished: &Within, bytes: Vec<u8>) -> Result<ObjectMeta, ExchangeError> {
        let size = bytes.len() as u64;
        if self.objects.shows_unfinished {
            self.write(unfinished, bytes.into()).await?;
            self.objects.store.rename(unfinished, place).await.map_err(|error| self.failed(error))?;
        } else {
            self.write(place, bytes.into()).await?;
        }
        let there = self.objects.store.head(place).await.map_err(|error| self.failed(error))?;
        if there.size != size {
            return Err(ExchangeError::Altered { file: place.filename().unwrap_or_default().to_owned() });
        }
        Ok(there)
    }

    /// Puts what is published; says whether nothing was there before.
    async fn deposit(&self, path: &str, bytes: Vec<u8>) -> Result<bool, ExchangeError> {
        let place = self.below(path);
        let is_new = match self.objects.store.head(&place).await {
            Err(Error::NotFound { .. }) => true,
            there => there.map(|_| false).map_err(|error| self.failed(error))?,
        };
        self.whole(&place, &self.below(&format!("{path}{UNFINISHED}")), bytes).await?;
        Ok(is_new)
    }

    async fn take_away(&self, path: &str) -> Result<(), ExchangeError> {
        self.delete(&self.below(path)).await
    }

    /// A path below the address.
    fn below(&self, path: &str) -> Within {
        path.split('/').fold(self.objects.root.clone(), Within::join)
    }

    async fn write(&self, place: &Within, bytes: PutPayload) -> Result<(), ExchangeError> {
        let Objects { store, shows_unfinished, .. } = &self.objects;
        let put = match store.put(place, bytes.clone()).await {
            // Two laptops that make the same folder at the same moment: one is told that it is there.
            Err(Error::Generic { .. }) if *shows_unfinished => store.put(place, bytes).await,
            put => put,
        };
        put.map(|_| ()).map_err(|error| self.failed(error))
    }

    async fn remove(&self, process: &str, name: &Name) -> Result<(), ExchangeError> {
        if self.objects.shows_unfinished {
            self.delete(&self.part(process, name)).await?;
        }
        self.delete(&self.place(process, &name.file())).await
    }

    async fn delete(&self, place: &Within) -> Result<(), ExchangeError> {
        match self.objects.store.delete(place).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.failed(error)),
        }
    }

    fn part(&self, process: &str, name: &Name) -> Within {
        self.place(process, &format!("{}{UNFINISHED}", name.file()))
    }

    fn place(&self, process: &str, file: &str) -> Within {
        self.objects.root.clone().join(process).join(file)
    }

    fn failed(&self, error: Error) -> ExchangeError {
        ExchangeError::of(&self.objects.shown, error)
    }

    /// Runs to the end, unless the person asks to stop.
    fn run<T>(
        &self,
        stop: &dyn Fn() -> bool,
        work: impl Future<Output = Result<T, ExchangeError>>,
    ) -> Result<T, ExchangeError> {
        let asked = async {
            while !stop() {
                tokio::time::sleep(ASKED).await;
            }
            Err(ExchangeError::Stopped)
        };
        self.runtime.block_on(async {
            tokio::select! {
                biased;
                stopped = asked => stopped,
                done = work => done,
            }
        })
    }
}

impl Listed {
    /// Only the last part of where it lies is looked at: WebDAV gives all of the path, others what follows the root.
    fn of(object: &ObjectMeta) -> Option<Self> {
        let name = Name::of_file(object.location.filename()?)?;
        Some(Self { name, stamp: stamp(object), put: object.last_modified.timestamp_micros() })
    }
}

/// Whole seconds: one storage gives more in a list than for one object.
fn stamp(object: &ObjectMeta) -> String {
    let version = object.e_tag.clone().unwrap_or_else(|| object.last_modified.timestamp().to_string());
    format!("{} {version}", object.size)
}

/// Whether a folder is named as one of a démarche: a UUID.
pub(crate) fn is_process(folder: &str) -> bool {
    let groups: Vec<&str> = folder.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
