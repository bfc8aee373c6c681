//! Who tells what he has from whom: which articles are compared as accounts, and which as source and copy.

use wirecopy_model::{Account, ContentId, DisputeKind};

use super::Told;

/// The accounts that articles root and carry.
pub(super) struct Lineage<'a> {
    own: Vec<ContentId>,
    carried: Vec<&'a [ContentId]>,
}

impl<'a> Lineage<'a> {
    pub fn of<'t>(told: impl Iterator<Item = &'t Told<'a>>) -> Self
    where
        'a: 't,
    {
        let (own, carried) = told.map(|told| (Account::id_of(&told.article.id), told.accounts)).unzip();
        Lineage { own, carried }
    }

    /// Whether an article roots an account.
    pub fn is_root(&self, at: usize) -> bool {
        self.carried[at].is_empty() || self.carried[at].contains(&self.own[at])
    }

    /// Whether `copy` carries the account that `root` roots.
    pub fn is_copy(&self, copy: usize, root: usize) -> bool {
        copy != root && self.carried[copy].contains(&self.own[root])
    }

    /// The articles that carry the account of this one.
    pub fn copies(&self, root: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.own.len()).filter(move |&copy| self.is_copy(copy, root))
    }

    /// As what two articles are compared, if they are.
    pub fn kind(&self, a: usize, b: usize) -> Option<DisputeKind> {
        match () {
            _ if a == b => self.is_root(a).then_some(DisputeKind::SelfContradiction),
            _ if self.is_copy(a, b) || self.is_copy(b, a) => Some(DisputeKind::Alteration),
            _ => (self.is_root(a) && self.is_root(b)).then_some(DisputeKind::Accounts),
        }
    }

    /// How many accounts these articles tell by themselves: those that one of them roots, if it has not the account of
    /// another of them.
    pub fn accounts(&self, articles: &[usize]) -> usize {
        let own = articles
            .iter()
            .filter(|&&article| self.is_root(article) && !articles.iter().any(|&other| self.is_copy(article, other)));
        own.count()
    }
}
