//! The bar of a story: its pages, grouped by account.

use wirecopy::Dossier;
use wirecopy::model::{Account, ArticleId};

use crate::words::counted;

/// One page, or many of one account where single ones would be too thin to see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub x: usize,
    pub width: usize,
    /// Whether it is a page that tells something first.
    pub first: bool,
}

/// A bar that is laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bar {
    pub parts: Vec<Part>,
    pub says: String,
}

/// The width of a bar.
pub(crate) const WIDTH: usize = 600;
const GAP: usize = 6;
/// A page is drawn alone while it has so much room.
const ALONE: usize = 6;

/// The bar of a story.
pub(crate) fn bar(dossier: &Dossier) -> Bar {
    of_accounts(&dossier.accounts, &dossier.story.articles)
}

/// The bar of a story with these accounts and articles.
pub(crate) fn of_accounts(accounts: &[Account], ids: &[ArticleId]) -> Bar {
    let ids: Vec<&ArticleId> = ids.iter().collect();
    of(&groups(accounts, &ids))
}

/// How many pages each account has, counting a page of several only with the first: with its own, else with the
/// largest. The largest group comes first.
fn groups(accounts: &[Account], ids: &[&ArticleId]) -> Vec<usize> {
    let mut order: Vec<&Account> = accounts.iter().collect();
    order.sort_by_key(|account| std::cmp::Reverse(account.articles.len()));
    let mut home = std::collections::HashMap::new();
    for (number, account) in order.iter().enumerate() {
        home.insert(&account.root, number);
    }
    for (number, account) in order.iter().enumerate() {
        for id in &account.articles {
            home.entry(id).or_insert(number);
        }
    }
    let mut groups = vec![0; order.len()];
    let mut none = 0;
    for id in ids {
        match home.get(*id) {
            Some(&number) => groups[number] += 1,
            None => none += 1,
        }
    }
    groups.extend((none > 0).then_some(none));
    groups.sort_unstable_by(|one, other| other.cmp(one));
    groups
}

fn of(groups: &[usize]) -> Bar {
    let pages: usize = groups.iter().sum();
    let room = WIDTH.saturating_sub(GAP * groups.len().saturating_sub(1)).max(1);
    let unit = (room / pages.max(1)).min(26);
    let mut parts = Vec::new();
    let mut x = 0;
    for &pages_of in groups {
        if unit >= ALONE {
            parts.extend((0..pages_of).map(|at| Part { x: x + at * unit, width: unit - 2, first: at == 0 }));
            x += pages_of * unit + GAP;
        } else {
            let width = (room * pages_of / pages.max(1)).max(2);
            if x + width <= WIDTH {
                let head = (width / 4).clamp(1, ALONE);
                parts.push(Part { x, width: head, first: true });
                parts.extend((width > head).then(|| Part { x: x + head, width: width - head, first: false }));
            }
            x += width + if groups.len() * GAP < WIDTH / 2 { GAP } else { 1 };
        }
    }
    let most: Vec<String> = groups.iter().take(8).map(ToString::to_string).collect();
    let rest = if groups.len() > most.len() { " and smaller ones" } else { "" };
    let says = format!(
        "{} in {}: {}{rest}",
        counted(pages, "page", "pages"),
        counted(groups.len(), "group", "groups"),
        most.join(", ")
    );
    Bar { parts, says }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_leaves_its_room() {
        for groups in [vec![], vec![1], vec![9, 4, 2, 1, 1], vec![5_000], vec![1; 700], vec![900, 1, 1, 1]] {
            for part in of(&groups).parts {
                assert!(part.width > 0 && part.x + part.width <= WIDTH, "{groups:?}: {part:?}");
            }
        }
    }

    #[test]
    fn each_account_has_one_page_that_tells_first() {
        let bar = of(&[3, 1]);
        let firsts: Vec<bool> = bar.parts.iter().map(|part| part.first).collect();
        assert_eq!(firsts, [true, false, false, true]);
        assert_eq!(bar.says, "4 pages in 2 groups: 3, 1");
    }
}
