use wirecopy_model::{Article, ArticleId, Piece, Span};
use wirecopy_text::{Points, quotations, sentences, words};

/// What the accounts must know of an article's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// The article.
    pub id: ArticleId,
    /// The sentences of its kept text, in order.
    pub sentences: Vec<Sentence>,
}

/// A sentence and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where it stands.
    pub piece: Piece,
    /// Its words.
    pub words: Vec<Piece>,
    /// How many of them stand outside quotation marks.
    pub unquoted: usize,
}

impl Body {
    /// Reads the kept text of an article, but for its headline: what a page puts above a story says nothing of whose
    /// story it is.
    pub fn of(article: &Article) -> Self {
        let text = Points::new(&article.text);
        let quoted = Span::from_pieces(quotations(&text, &article.kept).iter().map(|quote| quote.outer));
        let mut all = words(&article.text).into_iter().map(|word| word.piece).peekable();
        let read = |piece: Piece| {
            while all.next_if(|word| word.start < piece.start).is_some() {}
            let mut words = Vec::new();
            while let Some(word) = all.next_if(|word| word.start < piece.end) {
                words.push(word);
            }
            let unquoted = words.iter().filter(|word| !quoted.contains(word.start)).count();
            Sentence { piece, words, unquoted }
        };
        let found = sentences(&text, &article.kept, article.lang.as_deref());
        let sentences = found.into_iter().map(read).filter(|sentence| !sentence.words.is_empty()).collect();
        Body { id: article.id.clone(), sentences }
    }

    /// How many of its words stand outside quotation marks.
    pub fn unquoted(&self) -> usize {
        self.sentences.iter().map(|sentence| sentence.unquoted).sum()
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.sentences.iter().map(|sentence| sentence.words.len()).sum()
    }
}
