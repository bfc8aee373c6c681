//! Analyses in the shape that the stages pass on.

use std::sync::Arc;

use wirecopy_model::{Annotation, Article, ArticleId, Sentence, Token};

use crate::analysis::Analysis;
use crate::cache::Cache;
use crate::hash::FastMap;
use crate::language::Language;

/// The annotation of an article: all of its text, boilerplate and title lines included.
///
/// `cache` may be shared by all articles; it changes nothing but the time.
pub fn annotate(article: &Article, language: &Language, cache: &Cache) -> Annotation {
    annotation(&article.id, &language.analyse_with(&article.text, cache))
}

/// An analysis as the annotation of the article `id`.
pub fn annotation(id: &ArticleId, analysis: &Analysis) -> Annotation {
    let mut entity_tags: FastMap<String, Arc<str>> = FastMap::default();
    let sentences = analysis.sentences().map(|tokens| {
        let piece = analysis.piece(tokens.clone());
        let sentence = tokens.clone();
        let token = |index: usize| {
            let row = analysis.row(index);
            let entity = analysis.token(index).entity_tag();
            let head = row.head as usize;
            Token {
                start: row.chars.start,
                end: row.chars.end,
                lemma: row.lemma.clone(),
                tag: analysis.label(row.tag).clone(),
                pos: analysis.label(row.pos).clone(),
                head: if sentence.contains(&head) { head } else { index } - sentence.start,
                dep: analysis.label(row.dep).clone(),
                ent: entity_tags.entry(entity).or_insert_with_key(|tag| tag.as_str().into()).clone(),
            }
        };
        Sentence { start: piece.start, end: piece.end, tokens: tokens.map(token).collect() }
    });
    Annotation { id: id.clone(), sentences: sentences.collect() }
}
