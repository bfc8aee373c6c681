//! Claims that only a copyist's wording makes.
//!
//! A copy retells a passage of its source in other words: what was one statement falls into two, or an attribution is
//! garbled into one that nobody made. Such claims are no statements of their own. Not for: what the copyist added.

use std::collections::HashSet;

use wirecopy_model::{Claim, Piece, Span};

use crate::join::{Aligned, ClaimRef, Told, agree, claim_of, overlap};

/// A claim stands in a passage that was taken over if this share of it is word for word in the source ...
const TAKEN: f64 = 0.2;
/// ... and the source's stretch for it is at most so many times as long,
const LONGEST: usize = 3;
/// ... and so many code points.
const SLACK: usize = 60;
/// A claim of the source is its counterpart if this share of the shorter lies in the stretch.
const SAME_STRETCH: f64 = 0.5;

/// Claims of a copy without a counterpart of their own, in passages that it took over: each with the claim of the
/// source that it is a part or another reading of, or with none, where its attribution is in nobody's words but the
/// copyist's.
pub(crate) fn leftovers(
    told: &[Told],
    pair: &Aligned,
    joined: &[(ClaimRef, ClaimRef)],
) -> Vec<(ClaimRef, Option<ClaimRef>)> {
    let Some(copy) = pair.copy else { return Vec::new() };
    let source = if copy == pair.a { pair.b } else { pair.a };
    let mut runs: Vec<(Piece, Piece)> =
        pair.runs.iter().map(|run| if copy == pair.a { (run.a, run.b) } else { (run.b, run.a) }).collect();
    runs.sort_unstable();
    let has_partner: HashSet<ClaimRef> = joined.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let theirs: Vec<(Piece, usize)> = {
        let claims = told[source].claims.claims.iter().enumerate();
        let mut hulls: Vec<(Piece, usize)> = claims.map(|(claim, own)| (hull(own), claim)).collect();
        hulls.sort_unstable();
        hulls
    };
    let longest = theirs.iter().map(|(hull, _)| hull.len()).max().unwrap_or(0);
    let mut found = Vec::new();
    for (claim, own) in told[copy].claims.claims.iter().enumerate() {
        let at = ClaimRef { article: copy, claim };
        let Some(stretch) = (!has_partner.contains(&at)).then(|| stretch(hull(own), &runs)).flatten() else { continue };
        let from = theirs.partition_point(|(hull, _)| hull.start + longest < stretch.start);
        let near = theirs[from..].iter().take_while(|(hull, _)| hull.start < stretch.end);
        let score = |(hull, claim): &(Piece, usize)| {
            let common = overlap(*hull, stretch) as f64;
            let other = claim_of(told, ClaimRef { article: source, claim: *claim });
            let fits = common >= SAME_STRETCH * hull.len().min(stretch.len()).max(1) as f64;
            (fits && own.negated == other.negated && share_a_speaker(own, other))
                .then(|| common / hull.len().max(stretch.len()).max(1) as f64)
        };
        let best = near.filter_map(|theirs| Some((score(theirs)?, theirs.1)));
        let best = best.max_by(|x, y| x.0.total_cmp(&y.0).then(y.1.cmp(&x.1)));
        match best {
            Some((_, claim)) => found.push((at, Some(ClaimRef { article: source, claim }))),
            None if is_reworded(own, &runs) => found.push((at, None)),
            None => {}
        }
    }
    found
}

/// Whether somebody stands in both chains: words that a passage has in common with another one make no counterpart.
fn share_a_speaker(one: &Claim, other: &Claim) -> bool {
    let names = |claim: &Claim| claim.chain.iter().filter_map(|link| link.speaker.clone()).collect::<Vec<_>>();
    let theirs = names(other);
    names(one).iter().any(|name| theirs.iter().any(|with| agree(Some(name), Some(with))))
}

/// From the first to the last word of a claim: who, the cue, what.
fn hull(claim: &Claim) -> Piece {
    let links = claim.chain.iter().flat_map(|link| link.source.pieces().iter().chain(link.cue.pieces()));
    let pieces = links.chain(claim.content.pieces());
    let ends = pieces.fold((usize::MAX, 0), |(start, end), piece| (start.min(piece.start), end.max(piece.end)));
    if ends.0 <= ends.1 { Piece::new(ends.0, ends.1) } else { Piece::new(0, 0) }
}

/// The stretch of the source that a stretch of the copy was taken from.
fn stretch(of: Piece, runs: &[(Piece, Piece)]) -> Option<Piece> {
    let from = runs.partition_point(|(own, _)| own.end <= of.start);
    let touching = || runs[from..].iter().take_while(|(own, _)| own.start < of.end);
    let taken: usize = touching().map(|(own, _)| overlap(*own, of)).sum();
    if (taken as f64) < TAKEN * of.len() as f64 || taken == 0 {
        return None;
    }
    // Of a long run that reaches beyond it, only what lies in it.
    let start = touching().map(|(own, theirs)| theirs.start + of.start.saturating_sub(own.start)).min()?;
    let end = touching().map(|(own, theirs)| theirs.end.saturating_sub(own.end.saturating_sub(of.end))).max()?;
    (start < end && end - start <= LONGEST * of.len() + SLACK).then(|| Piece::new(start, end))
}

/// Whether most of the words that attribute it (the cue, or the source where there is none) or of what is said are the
/// copyist's.
fn is_reworded(claim: &Claim, runs: &[(Piece, Piece)]) -> bool {
    let link = claim.last();
    let attribution = if link.cue.pieces().is_empty() { &link.source } else { &link.cue };
    is_new(attribution, runs) || is_new(&claim.content, runs)
}

fn is_new(span: &Span, runs: &[(Piece, Piece)]) -> bool {
    let (mut all, mut taken) = (0, 0);
    for piece in span.pieces() {
        all += piece.len();
        let from = runs.partition_point(|(own, _)| own.end <= piece.start);
        let touching = runs[from..].iter().take_while(|(own, _)| own.start < piece.end);
        taken += touching.map(|(own, _)| overlap(*own, *piece)).sum::<usize>();
    }
    taken * 2 < all
}
