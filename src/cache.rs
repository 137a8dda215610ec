//! What earlier builds made, by a hash of all that it was made from.
//!
//! What is taken from here is what would be made anew, byte for byte; a test makes random edits and
//! compares. So a key holds everything that a value depends on, and there is nothing to invalidate.

use std::collections::HashMap;
use std::convert::Infallible;
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The hash of all that a value was made from.
pub type Key = blake3::Hash;

/// Builds that are not whole after which a value that none of them asked for is forgotten.
const KEPT: u64 = 8;

/// Values of one kind. One that is off keeps nothing, and asks for no key.
#[derive(Debug, Default)]
pub struct Store<V> {
    kept: Option<Mutex<HashMap<Key, Kept<V>>>>,
    /// The number of the build that is under way.
    build: AtomicU64,
}

#[derive(Debug)]
struct Kept<V> {
    value: Arc<V>,
    /// The build that asked for it last.
    used: u64,
}

impl<V> Store<V> {
    /// One that keeps nothing, for a build that is the only one.
    #[must_use]
    pub fn off() -> Self {
        Self { kept: None, build: AtomicU64::new(0) }
    }

    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self { kept: Some(Mutex::default()), build: AtomicU64::new(0) }
    }

    /// The value under `key`, made where it is not there.
    pub fn get(&self, key: impl FnOnce() -> Key, make: impl FnOnce() -> V) -> Arc<V> {
        let Ok(value) = self.try_get(key, || Ok::<_, Infallible>(make()));
        value
    }

    /// The value under `key`, made where it is not there. A failure is not kept.
    ///
    /// # Errors
    /// Those of `make`.
    pub fn try_get<E>(
        &self,
        key: impl FnOnce() -> Key,
        make: impl FnOnce() -> Result<V, E>,
    ) -> Result<Arc<V>, E> {
        let Some(kept) = &self.kept else { return make().map(Arc::new) };
        let key = key();
        let build = self.build.load(Ordering::Relaxed);
        // Nothing panics while it holds the lock; what is in there is whole in any case.
        let lock = || kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(found) = lock().get_mut(&key) {
            found.used = build;
            return Ok(Arc::clone(&found.value));
        }
        let value = Arc::new(make()?);
        lock().insert(key, Kept { value: Arc::clone(&value), used: build });
        Ok(value)
    }

    /// Ends a build. One that is whole has asked for all that is wanted, so the rest is forgotten.
    /// What a mistake or the next change has kept others from asking for is soon wanted again: of that
    /// what [`KEPT`] builds did without is forgotten.
    pub fn end_build(&self, is_whole: bool) {
        let build = self.build.fetch_add(1, Ordering::Relaxed);
        let least = if is_whole { build } else { build.saturating_sub(KEPT) };
        if let Some(kept) = &self.kept {
            kept.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, kept| kept.used >= least);
        }
    }

    /// How many values there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.as_ref().map_or(0, |kept| kept.lock().unwrap_or_else(PoisonError::into_inner).len())
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Puts a key together from parts. Each part is told from the next by its length.
#[derive(Debug, Default)]
pub struct Parts(blake3::Hasher);

impl Parts {
    /// No parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// And these bytes.
    #[must_use]
    pub fn and(mut self, part: impl AsRef<[u8]>) -> Self {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes()).update(part);
        self
    }

    /// And this value, as JSON.
    #[must_use]
    pub fn and_json(self, value: &impl serde::Serialize) -> Self {
        let mut inner = BufWriter::with_capacity(16 * 1024, blake3::Hasher::new());
        let written =
            serde_json::to_writer(&mut inner, value).map_err(io::Error::from).and_then(|()| inner.flush());
        // What cannot be written as JSON has no key that stands for it, so none is found again.
        let end = written.map_or_else(|error| error.to_string().into_bytes(), |()| Vec::new());
        let hash = inner.get_ref().finalize();
        self.and(hash.as_bytes()).and(end)
    }

    /// The key.
    #[must_use]
    pub fn key(&self) -> Key {
        self.0.finalize()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        Parts::new().and(text).key()
    }

    #[test]
    fn a_value_is_made_once_and_forgotten_when_a_build_does_without_it() {
        let store = Store::new();
        assert_eq!(*store.get(|| key("a"), || 1), 1);
        assert_eq!(*store.get(|| key("a"), || 2), 1);
        store.end_build(true);
        assert_eq!(*store.get(|| key("a"), || 3), 1, "the build before asked for it");
        store.end_build(true);
        store.end_build(true);
        assert_eq!(*store.get(|| key("a"), || 4), 4);
    }

    #[test]
    fn builds_that_are_not_whole_keep_what_they_did_without_for_a_while() {
        let store = Store::new();
        store.get(|| key("kept"), || 1);
        for build in 0..100 {
            store.get(|| key(&format!("edit {build}")), || 1);
            store.end_build(false);
            if build < 5 {
                assert_eq!(*store.get(|| key("kept"), || 2), 1);
            }
        }
        assert!(store.len() < 20, "{} values", store.len());
    }

    #[test]
    fn a_failure_is_not_kept() {
        let store: Store<u8> = Store::new();
        assert_eq!(store.try_get(|| key("a"), || Err("no")), Err("no"));
        assert_eq!(store.try_get(|| key("a"), || Ok::<_, &str>(1)), Ok(Arc::new(1)));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(Parts::new().and("ab").and("c").key(), Parts::new().and("a").and("bc").key());
    }
}
