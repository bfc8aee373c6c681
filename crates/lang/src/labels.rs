//! The strings that tokens share: tags, parts of speech, features, dependencies, entity types.

use std::sync::Arc;

use crate::hash::FastMap;

/// The number of a label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct LabelId(u16);

/// All labels of a model. Number zero is the empty label.
#[derive(Debug)]
pub(crate) struct Labels {
    names: Vec<Arc<str>>,
    ids: FastMap<Arc<str>, LabelId>,
}

impl Labels {
    pub(crate) fn new() -> Self {
        let mut labels = Labels { names: Vec::new(), ids: FastMap::default() };
        labels.add("");
        labels
    }

    /// The number of a label, a new one if need be.
    pub(crate) fn add(&mut self, name: &str) -> LabelId {
        if let Some(id) = self.ids.get(name) {
            return *id;
        }
        // A file with more labels than that is no pipeline; its last labels would share a name.
        let id = LabelId(self.names.len().min(usize::from(u16::MAX)) as u16);
        let name: Arc<str> = name.into();
        self.names.push(name.clone());
        self.ids.insert(name, id);
        id
    }

    pub(crate) fn name(&self, id: LabelId) -> &Arc<str> {
        &self.names[usize::from(id.0)]
    }
}
