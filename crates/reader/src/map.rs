//! A small sorted map: what a query needs has tens of entries, and the module that pages load holds
//! the code of a tree for every type of entry otherwise.

use std::borrow::Borrow;

/// Keys with a value each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<K, V>(Vec<(K, V)>);

impl<K, V> Default for Map<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord, V> Map<K, V> {
    fn place<Q: Ord + ?Sized>(&self, key: &Q) -> Result<usize, usize>
    where
        K: Borrow<Q>,
    {
        self.0.binary_search_by(|(other, _)| other.borrow().cmp(key))
    }

    /// The value of `key`.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.place(key).ok().and_then(|at| self.0.get(at)).map(|(_, value)| value)
    }

    /// The value of `key` to change: `fresh` where it has none.
    pub fn entry(&mut self, key: K, fresh: V) -> Option<&mut V> {
        let at = self.place(&key).unwrap_or_else(|at| {
            self.0.insert(at, (key, fresh));
            at
        });
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Gives `key` the value `value`.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => {
                if let Some(slot) = self.0.get_mut(at) {
                    slot.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// The keys and values, in order of the keys.
    pub fn iter(&self) -> std::slice::Iter<'_, (K, V)> {
        self.0.iter()
    }
}

#[cfg(test)]
#[allow(clippy::expect_used)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_in_order() {
        let mut map = Map::default();
        for (key, value) in [("b", 1), ("a", 2), ("c", 3), ("a", 4)] {
            map.insert(key.to_owned(), value);
        }
        assert_eq!(map.get("a"), Some(&4));
        assert_eq!(map.get("d"), None);
        assert_eq!(map.get("c"), Some(&3));
        *map.entry("d".to_owned(), 0).expect("it was just put there") += 5;
        let all: Vec<_> = map.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_eq!(all, [("a", 4), ("b", 1), ("c", 3), ("d", 5)]);
    }
}
