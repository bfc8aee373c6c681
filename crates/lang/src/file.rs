//! The model file: what `models/en/convert.py` writes and the rest of the crate is built from.
//!
//! ```text
//! "wclang", 0, version 1     8 bytes
//! length of the header       u32, little-endian
//! header                     JSON: labels, moves, patterns, tables, and where the arrays are
//! data                       f32 arrays (little-endian, row-major) and word lists, from a multiple of 16
//! ```
//!
//! Not for: meaning. A file that can be read may still describe layers that do not fit together; the parts check that
//! when they are built.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

const MAGIC: &[u8; 8] = b"wclang\0\x01";

/// Why a model file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not begin like a model file of this version.
    #[error("not a model file of version 1")]
    Magic,
    /// It ends before what its header promises.
    #[error("the model file is cut short: {0}")]
    Short(&'static str),
    /// The header is not what it should be.
    #[error("the header of the model file: {0}")]
    Header(String),
    /// Layers that do not fit together, or of a kind that this crate does not compute.
    #[error("the model: {0}")]
    Shape(String),
}

/// A model file in memory.
pub(crate) struct File<'a> {
    pub(crate) header: Header,
    data: &'a [u8],
}

impl<'a> File<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Magic)?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(ModelError::Short("no header"))?;
        let length = u32::from_le_bytes(*length) as usize;
        let header = rest.get(..length).ok_or(ModelError::Short("header"))?;
        let header = serde_json::from_slice(header).map_err(|error| ModelError::Header(error.to_string()))?;
        Ok(File { header, data: &rest[length..] })
    }

    /// The numbers of an array.
    pub(crate) fn array(&self, array: &Array) -> Result<Vec<f32>, ModelError> {
        let count = array.shape.iter().try_fold(4usize, |all, n| all.checked_mul(*n));
        let bytes = count.and_then(|count| self.data.get(array.at..)?.get(..count));
        let bytes = bytes.ok_or(ModelError::Short("array"))?;
        let (numbers, _) = bytes.as_chunks::<4>();
        Ok(numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    /// The numbers of an array that must have this shape.
    pub(crate) fn array_of(&self, array: &Array, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        if array.shape != shape {
            return Err(ModelError::Shape(format!("an array of shape {:?} where {shape:?} belongs", array.shape)));
        }
        self.array(array)
    }

    /// The words of a list.
    pub(crate) fn text(&self, text: &Text) -> Result<&'a str, ModelError> {
        let bytes = self.data.get(text.at..).and_then(|data| data.get(..text.len));
        let bytes = bytes.ok_or(ModelError::Short("word list"))?;
        std::str::from_utf8(bytes).map_err(|error| ModelError::Header(error.to_string()))
    }
}

/// The header of a model file.
#[derive(Deserialize)]
pub(crate) struct Header {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) tokenizer: TokenizerData,
    pub(crate) symbols: HashMap<String, u64>,
    pub(crate) norms: Norms,
    pub(crate) classes: ClassesData,
    pub(crate) tok2vec: EncoderData,
    pub(crate) ner_tok2vec: EncoderData,
    pub(crate) tagger: TaggerData,
    pub(crate) parser: TransitionsData,
    pub(crate) ner: TransitionsData,
    pub(crate) ruler: Vec<RuleData>,
    pub(crate) lemmas: BTreeMap<String, LemmaData>,
}

/// Where an array of `f32` is.
#[derive(Deserialize)]
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    at: usize,
}

/// Where a word list is: sorted by bytes, one word a line.
#[derive(Deserialize)]
pub(crate) struct Text {
    at: usize,
    len: usize,
}

/// A linear layer.
#[derive(Deserialize)]
pub(crate) struct LinearData {
    pub(crate) w: Array,
    pub(crate) b: Array,
}

#[derive(Deserialize)]
pub(crate) struct TokenizerData {
    pub(crate) prefixes: Vec<AffixData>,
    pub(crate) suffixes: Vec<AffixData>,
    pub(crate) infixes: Vec<AffixData>,
    pub(crate) url_tld: usize,
    pub(crate) exceptions: Vec<ExceptionData>,
}

/// One alternative of an affix pattern: `body`, whose last element may repeat, between what must and must not be around.
#[derive(Deserialize)]
pub(crate) struct AffixData {
    #[serde(default)]
    pub(crate) behind: Vec<Element>,
    pub(crate) body: Vec<Element>,
    #[serde(default)]
    pub(crate) repeat: bool,
    pub(crate) ahead: Option<Element>,
    pub(crate) not_ahead: Option<Element>,
}

/// What one character must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Element {
    /// One of a class of characters.
    Class(u8),
    /// This character.
    Char(char),
}

#[derive(Deserialize)]
pub(crate) struct ExceptionData {
    pub(crate) text: String,
    /// Its tokens, each with its norm where that is not the usual one.
    pub(crate) parts: Vec<(String, Option<String>)>,
    /// Whether it is sought again over the finished tokens.
    pub(crate) seek: bool,
}

#[derive(Deserialize)]
pub(crate) struct Norms {
    pub(crate) by_key: Vec<(u64, String)>,
    pub(crate) by_form: HashMap<String, String>,
}

#[derive(Deserialize)]
pub(crate) struct ClassesData {
    pub(crate) named: NamedClasses,
    /// From this code point on: the set of the classes that hold it, a bit each.
    pub(crate) segments: Vec<(u32, u64)>,
}

/// The classes of Python's `str` methods.
#[derive(Clone, Copy, Deserialize)]
pub(crate) struct NamedClasses {
    pub(crate) alpha: u8,
    pub(crate) digit: u8,
    pub(crate) decimal: u8,
    pub(crate) space: u8,
    pub(crate) word: u8,
}

#[derive(Deserialize)]
pub(crate) struct EncoderData {
    pub(crate) features: Vec<FeatureData>,
    /// The layer that mixes the features, then the windows.
    pub(crate) layers: Vec<MaxoutData>,
}

#[derive(Deserialize)]
pub(crate) struct FeatureData {
    pub(crate) attr: Attribute,
    pub(crate) seed: u32,
    pub(crate) table: Array,
}

/// What of a token a table embeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Attribute {
    Norm,
    Prefix,
    Suffix,
    Shape,
    Spacy,
    IsSpace,
}

#[derive(Deserialize)]
pub(crate) struct MaxoutData {
    pub(crate) w: Array,
    pub(crate) b: Array,
    pub(crate) gain: Array,
    pub(crate) shift: Array,
}

#[derive(Deserialize)]
pub(crate) struct TaggerData {
    pub(crate) labels: Vec<String>,
    #[serde(flatten)]
    pub(crate) layer: LinearData,
}

#[derive(Deserialize)]
pub(crate) struct TransitionsData {
    /// Action and label of every class.
    pub(crate) moves: Vec<(char, String)>,
    pub(crate) hidden: LinearData,
    pub(crate) lower: LowerData,
    pub(crate) upper: LinearData,
}

#[derive(Deserialize)]
pub(crate) struct LowerData {
    pub(crate) w: Array,
    pub(crate) b: Array,
    pub(crate) pad: Array,
}

#[derive(Deserialize)]
pub(crate) struct RuleData {
    pub(crate) patterns: Vec<Vec<TokenTest>>,
    pub(crate) index: usize,
    pub(crate) set: RuleSet,
}

/// Tests on one token; all must hold.
#[derive(Clone, Deserialize)]
pub(crate) struct TokenTest {
    pub(crate) tag: Option<StringTest>,
    pub(crate) lower: Option<StringTest>,
    pub(crate) dep: Option<StringTest>,
    pub(crate) space: Option<bool>,
}

#[derive(Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum StringTest {
    In(Vec<String>),
    NotIn(Vec<String>),
}

#[derive(Deserialize)]
pub(crate) struct RuleSet {
    pub(crate) tag: Option<String>,
    pub(crate) pos: Option<String>,
    pub(crate) morph: Option<String>,
    pub(crate) lemma: Option<String>,
    pub(crate) dep: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct LemmaData {
    /// Old ending, new ending.
    pub(crate) rules: Vec<(String, String)>,
    pub(crate) exceptions: HashMap<String, Vec<String>>,
    pub(crate) index: Text,
}
