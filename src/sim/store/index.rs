//! Artifacts by content hash, in layers that copies share.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::id::ArtifactIx;

/// Entries of the newest layer after which it is shared.
const LAYER: usize = 1024;

/// An index that only grows: a layer of its own over layers that copies share.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Each at least twice as large as the next.
    shared: Vec<Arc<BTreeMap<u64, ArtifactIx>>>,
    own: BTreeMap<u64, ArtifactIx>,
}

impl Index {
    /// Returns the artifact of a hash.
    pub fn get(&self, hash: u64) -> Option<ArtifactIx> {
        let below = || self.shared.iter().rev().find_map(|layer| layer.get(&hash));
        self.own.get(&hash).or_else(below).copied()
    }

    /// Notes the artifact of a hash that has none yet.
    pub fn insert(&mut self, hash: u64, at: ArtifactIx) {
        self.own.insert(hash, at);
        if self.own.len() < LAYER {
            return;
        }
        let mut layer = std::mem::take(&mut self.own);
        // Layers of like size become one, so that there are few of them.
        while let Some(last) = self.shared.pop_if(|last| last.len() < 2 * layer.len()) {
            layer.extend(last.iter().map(|(&hash, &at)| (hash, at)));
        }
        self.shared.push(Arc::new(layer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_is_found_and_layers_stay_few() {
        let mut index = Index::default();
        let hash = |n: u32| u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (0..10_000).for_each(|n| index.insert(hash(n), ArtifactIx(n)));
        assert!((0..10_000).all(|n| index.get(hash(n)) == Some(ArtifactIx(n))));
        assert_eq!(index.get(hash(10_000)), None);
        assert!(index.shared.len() <= 4, "{}", index.shared.len());
    }
}
