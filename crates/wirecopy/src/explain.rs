use wirecopy_copies::{Document, explain};
use wirecopy_model::{Account, ArticleId, CopyEdge, Direction, PROBABLE, STATED};

use crate::diff::ordered;
use crate::{Error, Library};

/// Why two articles are, or are not, copies: a few sentences for a person, the verdict first.
pub fn explain_pair(library: &Library, one: &str, other: &str) -> Result<Vec<String>, Error> {
    let (one, other) = (library.article(one)?, library.article(other)?);
    if one.id == other.id {
        return Ok(vec![format!("{} is one article; name two.", one.id)]);
    }
    let (a, b) = ordered(&one.id, &other.id);
    let kept = library.store().pairs_of(a.as_str())?.into_iter().find(|pair| &pair.edge.a == a && &pair.edge.b == b);
    let mut reasons = Vec::new();
    if let Some(pair) = &kept {
        reasons.push(verdict(&pair.edge));
        reasons.extend(pair.edge.evidence.iter().map(|evidence| evidence.detail.clone()));
    } else {
        reasons.push(format!("{a} and {b} are not taken for copies of each other."));
        reasons.extend(explain(&Document::of(&one), &Document::of(&other)));
    }
    Ok(reasons)
}

/// What is claimed of a pair, in a sentence that does not claim more.
pub(crate) fn verdict(edge: &CopyEdge) -> String {
    let (a, b) = (&edge.a, &edge.b);
    if !edge.relation.is_copy() {
        return format!("{a} and {b} quote or report the same statement; neither is taken for a copy of the other.");
    }
    let how = edge.relation.as_str();
    let made = |copy: &ArticleId, source: &ArticleId| {
        if edge.certainty >= STATED {
            format!("{copy} was made from {source} ({how}, certainty {:.2}).", edge.certainty)
        } else if edge.certainty >= PROBABLE {
            format!("{copy} was probably made from {source} ({how}, certainty {:.2}).", edge.certainty)
        } else {
            format!("{a} and {b} share a text ({how}); which came first cannot be told.")
        }
    };
    match edge.direction {
        Direction::AToB => made(b, a),
        Direction::BToA => made(a, b),
        Direction::Undecided => format!("{a} and {b} share a text ({how}); which came first cannot be told."),
    }
}

/// Why an article roots an account or does not, what it has from whom, and what is believed of its date.
pub fn explain_article(library: &Library, id: &str) -> Result<Vec<String>, Error> {
    let article = library.article(id)?;
    let carried: Vec<Account> = library.store().accounts_of(article.id.as_str())?;
    let own = carried.iter().find(|account| account.root == article.id);
    let mut reasons = Vec::new();
    match own {
        Some(account) => {
            reasons.push(format!("{id} roots an account of {} page(s).", account.articles.len()));
            if account.orphan {
                reasons.push("It was visibly made from something that is not in this store.".into());
            }
            reasons.extend(account.evidence.iter().map(|evidence| evidence.detail.clone()));
        }
        None => reasons.push(format!("{id} roots no account: too little of it is found in no earlier article.")),
    }
    for account in carried.iter().filter(|account| account.root != article.id) {
        reasons.push(format!("It belongs to the account of {}.", account.root));
    }
    for pair in library.store().pairs_of(id)? {
        reasons.push(verdict(&pair.edge));
    }
    let head = library.store().head(article.id.as_str())?;
    if let Some(date) = head.and_then(|head| head.published) {
        let believed = match (&date.value, &date.interval) {
            (Some(value), _) => format!("It is dated {value}: {}.", date.why),
            (None, Some(days)) => format!("It is of {} or later, before {}: {}.", days.start, days.end, date.why),
            (None, None) => "No date of it is believed.".to_owned(),
        };
        reasons.push(believed);
        for rejected in &date.rejected {
            reasons.push(format!("The date {} ({}) was rejected: {}.", rejected.value, rejected.basis, rejected.why));
        }
    }
    Ok(reasons)
}
