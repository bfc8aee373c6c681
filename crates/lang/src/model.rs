//! A model ready to use, and the analysis of one text with it, part after part.
//!
//! tokeniser → tok2vec (vectors for tagger and parser) → tagger → parser → attribute ruler → lemmatiser → entity
//! recogniser, which has an encoder of its own and reads the parser's sentence starts. Nothing else flows between them.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::{Analysis, Row};
use crate::cache::{AFTER, BEFORE, Cache, Entry};
use crate::encoder::{Encoder, EncoderMemory};
use crate::feed::{Feed, FeedMemory};
use crate::file::{File, ModelError};
use crate::forms::{FormId, Forms};
use crate::hash::FastMap;
use crate::labels::{LabelId, Labels};
use crate::lemmas::Lemmas;
use crate::lexicon::Lexicon;
use crate::ner::{RawEntity, Recogniser, RecogniserMemory};
use crate::parser::{Arcs, Buffers, Parser, State};
use crate::ruler::{Attributes, Before, Ruler};
use crate::simd::Dense;
use crate::tokenizer::{RawToken, Tokenizer, Tokens};
use crate::tree::{Lifted, settle};

/// All parts of a pipeline.
pub(crate) struct Model {
    pub(crate) name: String,
    pub(crate) labels: Arc<Labels>,
    lexicon: Lexicon,
    tokenizer: Tokenizer,
    encoder: Encoder,
    tagger: Dense,
    tags: Vec<LabelId>,
    parser: Parser,
    lifted: Lifted,
    ruler: Ruler,
    lemmas: Lemmas,
    recogniser: Recogniser,
}

/// Lemmas found before, by form, part of speech and features.
type LemmaMemory = FastMap<(FormId, LabelId, LabelId), Arc<str>>;

/// Tokens of a text after which a worker gives its memory back.
const LONG: usize = 1 << 18;

/// What one worker remembers and reuses; dropping it changes no result.
#[derive(Default)]
pub(crate) struct Worker {
    forms: Forms,
    lemmas: LemmaMemory,
    tokens: Vec<RawToken>,
    networks: NetworkMemory,
}

/// What the networks of a worker remember and reuse.
#[derive(Default)]
struct NetworkMemory {
    encoder: EncoderMemory,
    feed: FeedMemory,
    buffers: Buffers,
    recogniser: RecogniserMemory,
}

/// A stretch between two clean points, with what was known of it.
struct Stretch {
    range: Range<usize>,
    known: Option<Arc<Entry>>,
}

impl Model {
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut file = File::read(bytes)?;
        let lexicon = Lexicon::new(&mut file.header)?;
        let mut labels = Labels::new();
        let encoder = Encoder::new(&file, &file.header.tok2vec)?;
        if encoder.reach() > BEFORE || encoder.reach() + 2 > AFTER {
            return Err(ModelError::Shape(format!("{} windows", encoder.reach())));
        }
        let parser = Parser::new(&file, &file.header.parser, encoder.width(), &mut labels)?;
        let names = file.header.parser.moves.iter().map(|(_, label)| label.as_str());
        let lifted = Lifted::new(names, &mut labels);
        let tags: Vec<LabelId> = file.header.tagger.labels.iter().map(|label| labels.add(label)).collect();
        if tags.is_empty() {
            return Err(ModelError::Shape("a tagger without tags".into()));
        }
        let layer = &file.header.tagger.layer;
        let weights = file.array_of(&layer.w, &[tags.len(), encoder.width()])?;
        let tagger = Dense::linear(&weights, &file.array_of(&layer.b, &[tags.len()])?);
        let ruler = Ruler::new(&file.header.ruler, &tags, |word| lexicon.word(word), &mut labels);
        let ner_encoder = Encoder::new(&file, &file.header.ner_tok2vec)?;
        let recogniser = Recogniser::new(&file, &file.header.ner, ner_encoder, &mut labels)?;
        let tables = std::mem::take(&mut file.header.lemmas);
        let lemmas = Lemmas::new(&file, tables)?;
        let name = format!("{} {}", file.header.name, file.header.version);
        let tokenizer = Tokenizer::new(file.header.tokenizer, &lexicon.classes)?;
        let labels = Arc::new(labels);
        Ok(Model { name, labels, lexicon, tokenizer, encoder, tagger, tags, parser, lifted, ruler, lemmas, recogniser })
    }

    pub(crate) fn analyse(&self, text: &str, cache: Option<&Cache>, worker: &mut Worker) -> Analysis {
        if worker.forms.is_full() || worker.tokens.capacity() > LONG {
            *worker = Worker::default();
        }
        let Worker { forms, lemmas, tokens, networks } = worker;
        self.tokenizer.tokenize(text, &self.lexicon, forms, tokens);
        let tokens = Tokens { list: tokens, forms };
        let signatures = cache.map(|_| signatures(tokens)).unwrap_or_default();
        let cache = cache.map(|cache| (cache, &signatures[..]));

        let mut tags = vec![0; tokens.len()];
        let (raw, stretches) = self.parse(tokens, &mut tags, cache, networks);
        let mut arcs = raw.clone();
        let (edges, starts) = settle(&mut arcs, &self.lifted, |at| tokens.form(at).blank);
        let entities = self.entities(tokens, &stretches, &starts, &mut networks.recogniser);
        if let Some((cache, signatures)) = cache {
            for stretch in stretches.iter().filter(|stretch| stretch.known.is_none()) {
                let entry = |around| entry(around, &stretch.range, &tags, &raw, &starts, &entities);
                cache.keep(signatures, stretch.range.clone(), entry);
            }
        }
        let attributes = self.attributes(tokens, &tags, &arcs);
        let rows = self.rows(text, tokens, &arcs, &starts, attributes, lemmas);
        Analysis::new(text, self.labels.clone(), rows, edges, &starts, entities)
    }

    /// Tags and arcs, stretch by stretch.
    fn parse(
        &self,
        tokens: Tokens,
        tags: &mut [u16],
        cache: Option<(&Cache, &[u64])>,
        memory: &mut NetworkMemory,
    ) -> (Arcs, Vec<Stretch>) {
        let NetworkMemory { encoder, feed, buffers, .. } = memory;
        let mut state = State::new(tokens.len(), self.parser.root());
        let mut stretches = Vec::new();
        let scorer = &self.parser.scorer;
        let mut feed = Feed::new(&self.encoder, &self.tagger, scorer, tokens, encoder, feed, tags);
        while state.position() < tokens.len() {
            let start = state.position();
            let known = cache.and_then(|(cache, signatures)| cache.find(signatures, start));
            match &known {
                Some(entry) => {
                    state.skip_to(start + entry.len());
                    feed.tags()[start..state.position()].copy_from_slice(&entry.tags);
                    for (i, (head, label)) in entry.heads.iter().zip(&entry.labels).enumerate() {
                        state.arcs.heads[start + i] = start as u32 + head;
                        state.arcs.labels[start + i] = *label;
                    }
                }
                None => self.parser.parse_stretch(&mut state, &mut feed, buffers),
            }
            feed.release(state.position(), known.is_some());
            stretches.push(Stretch { range: start..state.position(), known });
        }
        (state.arcs, stretches)
    }

    /// The entities of all stretches: remembered ones where the sentences are the same, the others found in one go.
    fn entities(
        &self,
        tokens: Tokens,
        stretches: &[Stretch],
        starts: &[bool],
        memory: &mut RecogniserMemory,
    ) -> Vec<RawEntity> {
        let mut entities = Vec::new();
        let mut unknown = 0..0;
        let mut find = |range: Range<usize>, entities: &mut Vec<RawEntity>| {
            self.recogniser.find(tokens, range, starts, memory, entities);
        };
        for stretch in stretches {
            let range = &stretch.range;
            let starts_here = starts_in(starts, range);
            let begins = starts[range.start] && starts_here.last() == Some(&true);
            match &stretch.known {
                Some(known) if begins && starts_here == *known.starts => {
                    find(std::mem::replace(&mut unknown, range.end..range.end), &mut entities);
                    let place = |at: u32| range.start + at as usize;
                    entities.extend(known.entities.iter().map(|(tokens, label)| RawEntity {
                        tokens: place(tokens.start)..place(tokens.end),
                        label: *label,
                    }));
                }
                _ => unknown.end = range.end,
            }
        }
        find(unknown, &mut entities);
        entities
    }

    fn attributes(&self, tokens: Tokens, tags: &[u16], arcs: &Arcs) -> Vec<Attributes> {
        let mut attributes = Vec::with_capacity(tokens.len());
        let before =
            |at: usize| Before { form: tokens.form(at), tag: self.tags[usize::from(tags[at])], dep: arcs.labels[at] };
        self.ruler.apply(tokens.len(), before, &mut attributes);
        attributes
    }

    fn rows(
        &self,
        text: &str,
        tokens: Tokens,
        arcs: &Arcs,
        starts: &[bool],
        attributes: Vec<Attributes>,
        lemmas: &mut LemmaMemory,
    ) -> Vec<Row> {
        let (mut byte, mut point) = (0, 0);
        let mut advance = |to: usize| {
            point += text[byte..to].chars().count();
            byte = to;
            point
        };
        let mut sentence = 0;
        let mut rows = Vec::with_capacity(tokens.len());
        for ((at, token), attributes) in tokens.list.iter().enumerate().zip(attributes) {
            let form = &tokens.form(at).text;
            let end = token.start + form.len();
            let Attributes { tag, pos, morph, dep, lemma } = attributes;
            let lemma = lemma.unwrap_or_else(|| {
                let name = |label| self.labels.name(label);
                let make = || self.lemmas.lemma(form, name(pos), name(morph), &self.lexicon.classes);
                lemmas.entry((token.form, pos, morph)).or_insert_with(make).clone()
            });
            sentence += usize::from(starts[at] && at > 0);
            rows.push(Row {
                chars: advance(token.start)..advance(end),
                bytes: token.start..end,
                space: token.space,
                tag,
                pos,
                morph,
                dep,
                head: arcs.heads[at],
                sentence: sentence as u32,
                lemma,
            });
        }
        rows
    }
}

/// For each token a number that tells it from all tokens that the encoders could see otherwise.
fn signatures(tokens: Tokens) -> Vec<u64> {
    let mix = |hash: u64, key: u64| (hash.rotate_left(29) ^ key).wrapping_mul(0x9fb2_1c65_1e98_df25);
    let signature = |token: &RawToken| {
        let form = tokens.forms.get(token.form);
        let keys = form.keys;
        let flags = u64::from(form.blank) << 1 | u64::from(token.space);
        let hash = [keys.norm, keys.prefix, keys.suffix, keys.shape, flags].into_iter().fold(0, mix);
        hash ^ hash >> 31
    };
    tokens.list.iter().map(signature).collect()
}

/// Where sentences begin in a stretch and right after it; the end of the text counts as one.
fn starts_in(starts: &[bool], range: &Range<usize>) -> Vec<bool> {
    (range.start..=range.end).map(|at| starts.get(at).copied().unwrap_or(true)).collect()
}

fn entry(
    around: Box<[u64]>,
    range: &Range<usize>,
    tags: &[u16],
    raw: &Arcs,
    starts: &[bool],
    entities: &[RawEntity],
) -> Entry {
    let from = entities.partition_point(|entity| entity.tokens.start < range.start);
    let place = |at: usize| (at - range.start) as u32;
    let inside = entities[from..].iter().take_while(|entity| entity.tokens.end <= range.end);
    Entry::new(
        around,
        &tags[range.clone()],
        raw.heads[range.clone()].iter().map(|head| head - range.start as u32).collect(),
        &raw.labels[range.clone()],
        starts_in(starts, range).into(),
        inside.map(|entity| (place(entity.tokens.start)..place(entity.tokens.end), entity.label)).collect(),
    )
}
