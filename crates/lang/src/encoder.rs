//! Token vectors: hashed embeddings of a token's features, mixed into one vector, then made to know its neighbours by
//! four windows of one token to each side.
//!
//! A row depends on its token and four to each side, nothing else; beyond the ends of a text are rows of zeros. So any
//! range of rows can be computed by itself, to the same bits. Not for: what the vectors are used for.

use std::ops::Range;

use pulp::Arch;

use crate::file::{Attribute, EncoderData, FeatureData, File, MaxoutData, ModelError};
use crate::forms::{Form, FormId, Forms};
use crate::hash::rows;
use crate::simd::{Dense, LayerNorm, layer_norm};
use crate::tokenizer::{RawToken, Tokens};

/// Vectors of word forms that are kept: the 16,000 commonest forms of news cover 98 % of it, at 384 bytes a vector.
const KEPT_VECTORS: usize = 20_000;

/// Rows that are mixed at once.
const BATCH: usize = 64;

struct Feature {
    attribute: Attribute,
    seed: u32,
    table: Vec<f32>,
}

struct Maxout {
    dense: Dense,
    norm: LayerNorm,
}

/// An embedding and the windows over it.
pub(crate) struct Encoder {
    arch: Arch,
    width: usize,
    features: Vec<Feature>,
    mix: Maxout,
    windows: Vec<Maxout>,
}

/// What a worker remembers and reuses.
#[derive(Default)]
pub(crate) struct EncoderMemory {
    /// Where the vector of a form is, without and with a space after it; zero for nowhere, else the place from one.
    places: Vec<u32>,
    vectors: Vec<f32>,
    embedded: Vec<f32>,
    rows: Vec<f32>,
    next: Vec<f32>,
}

impl Encoder {
    pub(crate) fn new(file: &File, data: &EncoderData) -> Result<Self, ModelError> {
        let (mix, windows) = data.layers.split_first().ok_or_else(|| ModelError::Shape("no layers".into()))?;
        let width = *mix.b.shape.first().ok_or_else(|| ModelError::Shape("a bias without a shape".into()))?;
        if width == 0 || data.features.is_empty() {
            return Err(ModelError::Shape("an encoder without features or width".into()));
        }
        let features =
            data.features.iter().map(|feature| read_feature(file, feature, width)).collect::<Result<Vec<_>, _>>()?;
        let mix = read_maxout(file, mix, width, width * features.len())?;
        let windows = windows.iter().map(|data| read_maxout(file, data, width, 3 * width)).collect::<Result<_, _>>()?;
        Ok(Encoder { arch: Arch::new(), width, features, mix, windows })
    }

    /// Numbers of a token vector.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many tokens to each side a row depends on.
    pub(crate) fn reach(&self) -> usize {
        self.windows.len()
    }

    /// The vectors of `range`, one after the other.
    pub(crate) fn encode<'m>(&self, tokens: Tokens, range: Range<usize>, memory: &'m mut EncoderMemory) -> &'m [f32] {
        let (width, reach) = (self.width, self.reach());
        let seen = range.start.saturating_sub(reach)..(range.end + reach).min(tokens.len());
        self.learn(&tokens.list[seen], tokens.forms, memory);
        let EncoderMemory { places, vectors, rows, next, .. } = memory;
        rows.clear();
        for row in 0..range.len() + 2 * reach {
            match (range.start + row).checked_sub(reach).and_then(|at| tokens.list.get(at)) {
                Some(token) => {
                    let place = places[place_of(token)] as usize - 1;
                    rows.extend_from_slice(&vectors[place * width..][..width]);
                }
                None => rows.resize(rows.len() + width, 0.0),
            }
        }
        for (layer, window) in self.windows.iter().enumerate() {
            let count = range.len() + 2 * (reach - layer - 1);
            next.resize(count * width, 0.0);
            window.dense.apply(rows, width, count, next);
            layer_norm(self.arch, &window.norm, next, Some(&rows[width..]));
            std::mem::swap(rows, next);
        }
        &rows[..range.len() * width]
    }

    /// Makes sure that the vectors of these tokens are remembered.
    fn learn(&self, tokens: &[RawToken], forms: &Forms, memory: &mut EncoderMemory) {
        let wanted = tokens.iter().map(place_of).max().map_or(0, |place| place + 1);
        if memory.places.len() < wanted {
            memory.places.resize(wanted.next_power_of_two(), 0);
        }
        if memory.vectors.len() / self.width + tokens.len() > KEPT_VECTORS.max(tokens.len()) {
            memory.vectors.clear();
            memory.places.fill(0);
        }
        let mut new: Vec<(FormId, bool)> = Vec::new();
        for token in tokens {
            let place = &mut memory.places[place_of(token)];
            if *place == 0 {
                new.push((token.form, token.space));
                *place = (memory.vectors.len() / self.width + new.len()) as u32;
            }
        }
        for batch in new.chunks(BATCH) {
            memory.embedded.clear();
            for (form, space) in batch {
                self.embed(forms.get(*form), *space, &mut memory.embedded);
            }
            let start = memory.vectors.len();
            memory.vectors.resize(start + batch.len() * self.width, 0.0);
            let out = &mut memory.vectors[start..];
            self.mix.dense.apply(&memory.embedded, self.mix.dense.inputs(), batch.len(), out);
            layer_norm(self.arch, &self.mix.norm, out, None);
        }
    }

    /// Appends the embeddings of a form's features: for each the sum of four rows of its table.
    fn embed(&self, form: &Form, space: bool, out: &mut Vec<f32>) {
        for feature in &self.features {
            let key = match feature.attribute {
                Attribute::Norm => form.keys.norm,
                Attribute::Prefix => form.keys.prefix,
                Attribute::Suffix => form.keys.suffix,
                Attribute::Shape => form.keys.shape,
                Attribute::Spacy => space.into(),
                Attribute::IsSpace => form.blank.into(),
            };
            let height = feature.table.len() / self.width;
            let [a, b, c, d] = rows(key, feature.seed).map(|row| {
                let row = row as usize % height;
                &feature.table[row * self.width..][..self.width]
            });
            out.extend((0..self.width).map(|i| a[i] + b[i] + c[i] + d[i]));
        }
    }
}

fn place_of(token: &RawToken) -> usize {
    2 * Forms::index(token.form) + usize::from(token.space)
}

fn read_feature(file: &File, data: &FeatureData, width: usize) -> Result<Feature, ModelError> {
    let table = file.array(&data.table)?;
    if data.table.shape.get(1) != Some(&width) || table.is_empty() {
        return Err(ModelError::Shape(format!("a table of shape {:?} for width {width}", data.table.shape)));
    }
    Ok(Feature { attribute: data.attr, seed: data.seed, table })
}

fn read_maxout(file: &File, data: &MaxoutData, width: usize, inputs: usize) -> Result<Maxout, ModelError> {
    let pieces = data.b.shape.get(1).copied().unwrap_or(0);
    if !(1..=4).contains(&pieces) {
        return Err(ModelError::Shape(format!("a maxout layer of {pieces} pieces")));
    }
    let weights = file.array_of(&data.w, &[width, pieces, inputs])?;
    let bias = file.array_of(&data.b, &[width, pieces])?;
    let gain = file.array_of(&data.gain, &[width])?;
    let shift = file.array_of(&data.shift, &[width])?;
    Ok(Maxout { dense: Dense::maxout(&weights, &bias, pieces), norm: LayerNorm { gain, shift } })
}
