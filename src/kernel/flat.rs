//! A small map in one list, ordered by key: for maps that hold few entries and are many.

use std::fmt;

/// A map whose entries lie in one list in the order of their keys.
///
/// An empty one takes no memory of its own; putting an entry in before others moves those.
#[derive(Clone, PartialEq, Eq)]
pub struct Flat<K, V>(Vec<(K, V)>);

impl<K, V> Default for Flat<K, V> {
    fn default() -> Self {
        Flat(Vec::new())
    }
}

impl<K: Ord, V> Flat<K, V> {
    fn place(&self, key: &K) -> Result<usize, usize> {
        self.0.binary_search_by(|(other, _)| other.cmp(key))
    }

    /// Returns the value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        let at = self.place(key).ok()?;
        self.0.get(at).map(|(_, value)| value)
    }

    /// Returns the value of a key to change.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let at = self.place(key).ok()?;
        self.0.get_mut(at).map(|(_, value)| value)
    }

    /// Says whether a key is there.
    pub fn contains_key(&self, key: &K) -> bool {
        self.place(key).is_ok()
    }

    /// Changes the value of a key, which is put in first if it is not there.
    pub fn change(&mut self, key: K, fresh: impl FnOnce() -> V, change: impl FnOnce(&mut V)) {
        let at = match self.place(&key) {
            Ok(at) => at,
            Err(at) => {
                self.0.insert(at, (key, fresh()));
                at
            }
        };
        if let Some((_, value)) = self.0.get_mut(at) {
            change(value);
        }
    }

    /// Puts a value in, in place of the one that the key has.
    pub fn insert(&mut self, key: K, value: V) {
        match self.place(&key) {
            Ok(at) => {
                if let Some(entry) = self.0.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => self.0.insert(at, (key, value)),
        }
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        let at = self.place(key).ok()?;
        Some(self.0.remove(at).1)
    }

    /// Keeps some of the entries.
    pub fn retain(&mut self, keeps: impl Fn(&K, &V) -> bool) {
        self.0.retain(|(key, value)| keeps(key, value));
    }

    /// Takes all entries out.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Returns how many entries there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Says whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the entries by key.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        self.0.iter().map(|(key, value)| (key, value))
    }

    /// Returns the keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// Returns the values by key.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }
}

impl<K: Ord, V> Extend<(K, V)> for Flat<K, V> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, entries: I) {
        entries.into_iter().for_each(|(key, value)| self.insert(key, value));
    }
}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Flat<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn it_does_what_a_tree_does() {
        let (mut flat, mut tree) = (Flat::default(), BTreeMap::new());
        for n in 0_u32..200 {
            let key = n * 7_919 % 61;
            match n % 4 {
                0 => assert_eq!(flat.remove(&key), tree.remove(&key)),
                1 => flat.change(key, || 0, |value| *value += n),
                _ => flat.insert(key, n),
            }
            match n % 4 {
                0 => {}
                1 => *tree.entry(key).or_insert(0) += n,
                _ => {
                    tree.insert(key, n);
                }
            }
            assert!(flat.iter().eq(tree.iter()) && flat.len() == tree.len());
            assert_eq!(flat.get(&key), tree.get(&key));
            assert_eq!(flat.contains_key(&(n % 61)), tree.contains_key(&(n % 61)));
        }
        flat.retain(|key, _| key % 2 == 0);
        assert!(flat.keys().all(|key| key % 2 == 0) && !flat.is_empty());
        flat.clear();
        assert_eq!(format!("{flat:?}"), "{}");
    }
}
