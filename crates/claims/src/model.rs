//! The learned part: two taggers and their file.
//!
//! The first labels each token of a paragraph as source, cue, content or none of these; the second, for one cue, each
//! token around it as this cue's source or content.

use std::borrow::Cow;

use thiserror::Error;

use crate::tagger::{MOST_LABELS, Weights};

/// Labels of the first tagger: nothing, source, cue, content.
pub(crate) const FIRST_LABELS: usize = 7;
/// Labels of the second: nothing, source, content.
pub(crate) const ROLE_LABELS: usize = 5;

const MAGIC: &[u8; 8] = b"wcclaim1";

/// The weights that find claims beyond what rules find; `models/claims/README.md` says what they were made from.
#[derive(Clone, Debug)]
pub struct Model {
    pub(crate) first: Weights,
    pub(crate) roles: Weights,
}

/// Why bytes are no model.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ModelError {
    /// The file does not begin like one.
    #[error("this is no model of claims of this version")]
    NoModel,
    /// The file ends too early, or has bytes too many.
    #[error("the model file is damaged: {0}")]
    Damaged(&'static str),
}

/// Trained on news; see the model card in `models/claims`.
static BUILT_IN: &[u8] = include_bytes!("../../../models/claims/claims.bin");

impl Model {
    /// The model that is part of the program.
    pub fn built_in() -> Self {
        Model::from_bytes(BUILT_IN).expect("the model that was built in can be read")
    }

    /// A model from the bytes of its file.
    ///
    /// # Errors
    /// If the bytes are no such file or do not fit together.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, ModelError> {
        let bytes = bytes.into();
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::NoModel)?;
        let mut at = bytes.len() - rest.len();
        let first = read(&bytes, &mut at)?;
        let roles = read(&bytes, &mut at)?;
        if first.labels != FIRST_LABELS || roles.labels != ROLE_LABELS {
            return Err(ModelError::Damaged("it has other labels"));
        }
        if at != bytes.len() {
            return Err(ModelError::Damaged("there are bytes after its end"));
        }
        Ok(Model { first, roles })
    }

    /// The bytes of its file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for weights in [&self.first, &self.roles] {
            bytes.extend((weights.labels as u32).to_le_bytes());
            bytes.extend((weights.table.len() as u32).to_le_bytes());
            bytes.extend(weights.scale.to_le_bytes());
            weights.transitions.iter().for_each(|value| bytes.extend(value.to_le_bytes()));
            bytes.extend(weights.table.iter());
        }
        bytes
    }
}

fn read(bytes: &Cow<'static, [u8]>, at: &mut usize) -> Result<Weights, ModelError> {
    let labels = word(bytes, at)? as usize;
    let length = word(bytes, at)? as usize;
    if !(1..=MOST_LABELS).contains(&labels) || length % Weights::slot_bytes(labels) != 0 || length == 0 {
        return Err(ModelError::Damaged("its head does not fit together"));
    }
    let scale = f32::from_bits(word(bytes, at)?);
    let transitions: Vec<f32> =
        (0..(labels + 1) * labels).map(|_| word(bytes, at).map(f32::from_bits)).collect::<Result<_, _>>()?;
    if !scale.is_finite() || transitions.iter().any(|value| !value.is_finite()) {
        return Err(ModelError::Damaged("a weight is no number"));
    }
    let range = *at..at.checked_add(length).ok_or(ModelError::Damaged("it is too long"))?;
    *at = range.end;
    let cut = ModelError::Damaged("it is cut short");
    let table = match bytes {
        Cow::Borrowed(bytes) => Cow::Borrowed(bytes.get(range).ok_or(cut)?),
        Cow::Owned(bytes) => Cow::Owned(bytes.get(range).ok_or(cut)?.to_vec()),
    };
    Ok(Weights { labels, scale, transitions, table })
}

fn word(bytes: &[u8], at: &mut usize) -> Result<u32, ModelError> {
    let four = bytes.get(*at..*at + 4).and_then(|four| four.try_into().ok());
    *at += 4;
    four.map(u32::from_le_bytes).ok_or(ModelError::Damaged("it is cut short"))
}
