//! The alignment of two texts, word by word: tiles of equal stems that may have moved, and what was put in the place
//! of what between them.

use std::collections::BinaryHeap;

use crate::document::{Document, Word, flag, neighbours};
use crate::params::align as params;

/// A stretch of equal stems: words `a .. a + len` of one text and `b .. b + len` of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tile {
    pub a: usize,
    pub b: usize,
    pub len: usize,
    /// Whether it stands out of the order of the others.
    pub moved: bool,
}

/// Words in the place of others: `a.0 .. a.1` and `b.0 .. b.1`, one of them possibly empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Gap {
    pub a: (usize, usize),
    pub b: (usize, usize),
}

/// The alignment of two texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Stretches of equal stems, sorted by their place in `a`; they share no word.
    pub tiles: Vec<Tile>,
    /// What stands between the tiles that kept their order, sorted. Words of moved tiles are not in them.
    pub gaps: Vec<Gap>,
}

/// The first half of an alignment, which is enough to tell whether two texts are kin: the stretches of equal stems.
pub(crate) fn tiled(a: &Document, b: &Document) -> Vec<Tile> {
    let matches = maximal_matches(a, b);
    let mut tiles = tile(matches, a.words.len(), b.words.len());
    let kept = heaviest_chain(&tiles, b.words.len());
    for (tile, kept) in tiles.iter_mut().zip(&kept) {
        tile.moved = !kept;
    }
    tiles.retain(|tile| !tile.moved || says_something(&a.words[tile.a..tile.a + tile.len]));
    tiles
}

/// The second half: what stands between the tiles, aligned word by word.
pub(crate) fn filled(a: &Document, b: &Document, tiles: Vec<Tile>) -> Alignment {
    settle(&a.words, &b.words, tiles)
}

/// Stretches of equal stems that run forward in both of two sequences of words: the place in each, and the length.
/// What stands between them is aligned word by word.
pub(crate) fn in_place(a: &[Word], b: &[Word]) -> Vec<(usize, usize, usize)> {
    let tiles = tile(matches_of((a, &neighbours(a)), (b, &neighbours(b))), a.len(), b.len());
    let kept = heaviest_chain(&tiles, b.len());
    let tiles = tiles.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(tile, _)| tile).collect();
    settle(a, b, tiles).tiles.iter().map(|tile| (tile.a, tile.b, tile.len)).collect()
}

/// Aligns two short stretches of words without looking for tiles first.
pub(crate) fn align_short(a: &[Word], b: &[Word]) -> Alignment {
    let mut tiles = Vec::new();
    fill((0, a.len()), (0, b.len()), a, b, &mut tiles);
    // Words that went elsewhere: the longest common stretches of what is left.
    let mut used = Used::new(a.len(), b.len());
    tiles.iter().for_each(|tile| used.take(*tile));
    if a.len() * b.len() <= params::CELLS {
        let mut moved = Vec::new();
        for i in 0..a.len() {
            for j in 0..b.len() {
                let begins = i == 0 || j == 0 || a[i - 1].stem != b[j - 1].stem;
                if begins && a[i].stem == b[j].stem {
                    let len = (0..).take_while(|&k| same(a, b, i + k, j + k)).count();
                    moved.push(Tile { a: i, b: j, len, moved: true });
                }
            }
        }
        let enough = |tile: &Tile| a[tile.a..tile.a + tile.len].iter().any(|word| word.is_content());
        place(moved, &mut used, 1, &mut |tile| {
            if enough(&tile) {
                tiles.push(tile);
            }
            enough(&tile)
        });
    }
    tiles.sort_unstable_by_key(|tile| tile.a);
    let gaps = gaps(&tiles, a.len(), b.len());
    Alignment { tiles, gaps }
}

fn same(a: &[Word], b: &[Word], i: usize, j: usize) -> bool {
    matches!((a.get(i), b.get(j)), (Some(x), Some(y)) if x.stem == y.stem)
}

/// All stretches of equal stems that hold a pair of neighbours in common and cannot be made longer.
fn maximal_matches(a: &Document, b: &Document) -> Vec<Tile> {
    matches_of((&a.words, &a.pairs), (&b.words, &b.pairs))
}

/// A text's words and the places of its neighbouring ones, by their hash.
type Anchored<'w> = (&'w [Word], &'w [(u32, u32)]);

fn matches_of((a, a_pairs): Anchored, (b, b_pairs): Anchored) -> Vec<Tile> {
    let mut hits: Vec<(u32, u32)> = Vec::with_capacity(a_pairs.len().min(b_pairs.len()));
    let (mut i, mut j) = (0, 0);
    while i < a_pairs.len() && j < b_pairs.len() {
        let (left, right) = (a_pairs[i].0, b_pairs[j].0);
        if left < right {
            i += 1;
        } else if right < left {
            j += 1;
        } else {
            let i_end = i + a_pairs[i..].iter().take_while(|pair| pair.0 == left).count();
            let j_end = j + b_pairs[j..].iter().take_while(|pair| pair.0 == left).count();
            // What both texts repeat over and over anchors nothing.
            if (i_end - i) * (j_end - j) <= params::REPEATS {
                for x in &a_pairs[i..i_end] {
                    hits.extend(b_pairs[j..j_end].iter().map(|y| (x.1, y.1)));
                }
            }
            (i, j) = (i_end, j_end);
        }
    }
    hits.sort_unstable();
    // How far on each diagonal matches have been followed.
    let mut followed = vec![0usize; a.len() + b.len() + 1];
    let mut found = Vec::new();
    for (i, j) in hits {
        let (i, j) = (i as usize, j as usize);
        let diagonal = i + b.len() - j;
        if i < followed[diagonal] {
            continue;
        }
        let back = (1..=i.min(j)).take_while(|&k| a[i - k].stem == b[j - k].stem).count();
        let on = (0..).take_while(|&k| same(a, b, i + k, j + k)).count();
        if on >= 2 {
            followed[diagonal] = i + on;
            found.push(Tile { a: i - back, b: j - back, len: back + on, moved: false });
        }
    }
    found
}

/// Which words have found their place.
struct Used {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Used {
    fn new(a: usize, b: usize) -> Self {
        Used { a: vec![false; a], b: vec![false; b] }
    }

    fn take(&mut self, tile: Tile) {
        self.a[tile.a..tile.a + tile.len].fill(true);
        self.b[tile.b..tile.b + tile.len].fill(true);
    }

    /// The stretches of a tile of which no word is used in either text.
    fn free(&self, tile: Tile) -> Vec<Tile> {
        let mut free = Vec::new();
        let mut from = 0;
        for at in 0..=tile.len {
            if at == tile.len || self.a[tile.a + at] || self.b[tile.b + at] {
                if at > from {
                    free.push(Tile { a: tile.a + from, b: tile.b + from, len: at - from, ..tile });
                }
                from = at + 1;
            }
        }
        free
    }
}

/// Lays the tiles longest first, each word once in either text (Wise's greedy string tiling).
fn tile(matches: Vec<Tile>, a: usize, b: usize) -> Vec<Tile> {
    let mut used = Used::new(a, b);
    let mut tiles = Vec::new();
    place(matches, &mut used, 2, &mut |tile| {
        tiles.push(tile);
        true
    });
    tiles.sort_unstable_by_key(|tile| tile.a);
    tiles
}

fn place(matches: Vec<Tile>, used: &mut Used, shortest: usize, accept: &mut dyn FnMut(Tile) -> bool) {
    // Of equally long ones that nearest to its own place in the other text, then the first.
    let rank = |tile: &Tile| (tile.len, std::cmp::Reverse((tile.a.abs_diff(tile.b), tile.a, tile.b)));
    let mut queue: BinaryHeap<_> = matches.iter().map(rank).collect();
    while let Some((len, std::cmp::Reverse((_, a, b)))) = queue.pop() {
        let tile = Tile { a, b, len, moved: matches.first().is_some_and(|tile| tile.moved) };
        let free = used.free(tile);
        if free.first() == Some(&tile) {
            if accept(tile) {
                used.take(tile);
            }
        } else {
            queue.extend(free.iter().filter(|part| part.len >= shortest).map(rank));
        }
    }
}

/// Aligns what stands between the tiles that kept their order.
fn settle(a: &[Word], b: &[Word], tiles: Vec<Tile>) -> Alignment {
    let mut all = tiles.clone();
    let mut from = (0, 0);
    let in_order: Vec<Tile> = tiles.iter().copied().filter(|tile| !tile.moved).collect();
    let (mut a_taken, mut b_taken) = (vec![false; a.len()], vec![false; b.len()]);
    for tile in tiles.iter().filter(|tile| tile.moved) {
        a_taken[tile.a..tile.a + tile.len].fill(true);
        b_taken[tile.b..tile.b + tile.len].fill(true);
    }
    let end = Tile { a: a.len(), b: b.len(), len: 0, moved: false };
    for tile in in_order.iter().chain([&end]) {
        let free = |from: usize, to: usize, taken: &[bool]| !taken[from..to].contains(&true);
        if free(from.0, tile.a, &a_taken) && free(from.1, tile.b, &b_taken) {
            fill((from.0, tile.a), (from.1, tile.b), a, b, &mut all);
        }
        from = (tile.a + tile.len, tile.b + tile.len);
    }
    all.sort_unstable_by_key(|tile| tile.a);
    let gaps = gaps(&all, a.len(), b.len());
    Alignment { tiles: all, gaps }
}

/// Whether words that stand elsewhere are more than a turn of phrase.
fn says_something(words: &[Word]) -> bool {
    words.len() >= params::MOVED_WORDS && words.iter().filter(|word| word.is_content()).count() >= params::MOVED_CONTENT
}

/// The tiles of the heaviest chain that runs forward in both texts.
fn heaviest_chain(tiles: &[Tile], b: usize) -> Vec<bool> {
    // A Fenwick tree over the places of `b` of the heaviest chain that ends before each.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); b + 2];
    let mut before = vec![usize::MAX; tiles.len()];
    let mut best = (0, usize::MAX);
    for (index, tile) in tiles.iter().enumerate() {
        let mut at = tile.b + 1;
        let mut last = (0, usize::MAX);
        while at > 0 {
            if tree[at].0 > last.0 {
                last = tree[at];
            }
            at &= at - 1;
        }
        before[index] = last.1;
        // Squared, so that one long stretch stays in place where several short ones would push it out.
        let weight = (last.0 + tile.len * tile.len, index);
        let mut at = tile.b + tile.len + 1;
        while at < tree.len() {
            if weight.0 > tree[at].0 {
                tree[at] = weight;
            }
            at += at & at.wrapping_neg();
        }
        if weight.0 > best.0 {
            best = weight;
        }
    }
    let mut kept = vec![false; tiles.len()];
    let mut at = best.1;
    while at != usize::MAX {
        kept[at] = true;
        at = before[at];
    }
    kept
}

/// What stands between the tiles that kept their order, without the words of those that moved.
fn gaps(tiles: &[Tile], a: usize, b: usize) -> Vec<Gap> {
    let mut b_moved: Vec<(usize, usize)> =
        tiles.iter().filter(|tile| tile.moved).map(|tile| (tile.b, tile.b + tile.len)).collect();
    b_moved.sort_unstable();
    let a_moved: Vec<(usize, usize)> =
        tiles.iter().filter(|tile| tile.moved).map(|tile| (tile.a, tile.a + tile.len)).collect();
    let mut found = Vec::new();
    let mut from = (0, 0);
    let end = Tile { a, b, len: 0, moved: false };
    for tile in tiles.iter().filter(|tile| !tile.moved).chain([&end]) {
        let left = without((from.0, tile.a), &a_moved);
        let right = without((from.1, tile.b), &b_moved);
        if left.len() == 1 && right.len() == 1 {
            found.push(Gap { a: left[0], b: right[0] });
        } else {
            // Beside moved passages nothing stands in the place of anything.
            found.extend(left.iter().map(|&a| Gap { a, b: (from.1, from.1) }));
            found.extend(right.iter().map(|&b| Gap { a: (tile.a, tile.a), b }));
        }
        from = (tile.a + tile.len, tile.b + tile.len);
    }
    found
}

/// The parts of a range that lie in none of the others, which are sorted.
fn without(range: (usize, usize), others: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut left = Vec::new();
    let mut from = range.0;
    let first = others.partition_point(|other| other.1 <= range.0);
    for &(start, end) in others[first..].iter().take_while(|other| other.0 < range.1) {
        if start > from {
            left.push((from, start));
        }
        from = end;
    }
    if from < range.1 {
        left.push((from, range.1));
    }
    left
}

/// Aligns two stretches word by word with affine gaps (Gotoh) and adds the equal words as tiles. Stretches too long for
/// that are left as they are: what they have in common would have made tiles.
fn fill(a_range: (usize, usize), b_range: (usize, usize), a: &[Word], b: &[Word], tiles: &mut Vec<Tile>) {
    let (left, right) = (&a[a_range.0..a_range.1], &b[b_range.0..b_range.1]);
    if left.is_empty() || right.is_empty() || left.len() * right.len() > params::CELLS {
        return;
    }
    let first = tiles.len();
    for (i, j) in gotoh(left, right) {
        let (i, j) = (a_range.0 + i, b_range.0 + j);
        match tiles[first..].last_mut() {
            Some(last) if last.a + last.len == i && last.b + last.len == j => last.len += 1,
            _ => tiles.push(Tile { a: i, b: j, len: 1, moved: false }),
        }
    }
}

/// How well one word stands for another.
fn score(a: Word, b: Word) -> i32 {
    if a.stem == b.stem {
        return if a.is(flag::FUNCTION) { params::SAME_FUNCTION } else { params::SAME };
    }
    let alike = |flags| a.is(flags) == b.is(flags);
    if alike(flag::FUNCTION) && alike(flag::NUMBER) && alike(flag::CAPITAL) {
        params::LIKE_KIND
    } else {
        params::UNLIKE_KIND
    }
}

/// The places of equal stems in the best alignment of two stretches.
fn gotoh(a: &[Word], b: &[Word]) -> Vec<(usize, usize)> {
    const LOW: i32 = i32::MIN / 4;
    let width = b.len() + 1;
    // For each cell, from which state each of the three states came: two bits each.
    let mut came = vec![0u8; (a.len() + 1) * width];
    let mut pairs = vec![LOW; width];
    let mut up = vec![LOW; width];
    let mut across = vec![LOW; width];
    pairs[0] = 0;
    for j in 1..width {
        across[j] = params::OPEN + params::EXTEND * (j as i32 - 1);
        came[j] = if j == 1 { 0 } else { 2 << 4 };
    }
    let best = |pair: i32, up: i32, across: i32| {
        if pair >= up && pair >= across {
            (pair, 0u8)
        } else if up >= across {
            (up, 1)
        } else {
            (across, 2)
        }
    };
    for i in 1..=a.len() {
        let mut diagonal = (pairs[0], up[0], across[0]);
        pairs[0] = LOW;
        across[0] = LOW;
        up[0] = params::OPEN + params::EXTEND * (i as i32 - 1);
        came[i * width] = u8::from(i > 1) << 2;
        for j in 1..width {
            let above = (pairs[j], up[j], across[j]);
            let (value, from_pair) = best(diagonal.0, diagonal.1, diagonal.2);
            pairs[j] = value + score(a[i - 1], b[j - 1]);
            let (value, from_up) = best(above.0 + params::OPEN, above.1 + params::EXTEND, above.2 + params::OPEN);
            up[j] = value;
            let (value, from_across) =
                best(pairs[j - 1] + params::OPEN, up[j - 1] + params::OPEN, across[j - 1] + params::EXTEND);
            across[j] = value;
            came[i * width + j] = from_pair | from_up << 2 | from_across << 4;
            diagonal = above;
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut state = best(pairs[j], up[j], across[j]).1;
    let mut found = Vec::new();
    while i > 0 || j > 0 {
        let from = came[i * width + j];
        match state {
            0 if i > 0 && j > 0 => {
                (i, j) = (i - 1, j - 1);
                if a[i].stem == b[j].stem {
                    found.push((i, j));
                }
                state = from & 3;
            }
            1 if i > 0 => {
                i -= 1;
                state = from >> 2 & 3;
            }
            _ if j > 0 => {
                j -= 1;
                state = from >> 4 & 3;
            }
            _ => i -= 1,
        }
    }
    found.reverse();
    found
}
