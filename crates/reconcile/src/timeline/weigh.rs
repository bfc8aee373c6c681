//! How much an event matters in its story.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use wirecopy_model::{Account, ContentId, Interval};

use super::Recounted;
use super::join::Group;
use super::params::{AHEAD, BESIDE, LOOKING_BACK, LOOKING_BACK_DAYS, UNDATED};

/// The accounts that tell an event. An article that carries none is one of its own.
pub(super) fn accounts(group: &Group, articles: &[&Recounted]) -> BTreeSet<ContentId> {
    group.all().flat_map(|teller| carried(articles[teller.article])).collect()
}

fn carried(recounted: &Recounted) -> Vec<ContentId> {
    if recounted.accounts.is_empty() {
        vec![Account::id_of(&recounted.article.id)]
    } else {
        recounted.accounts.to_vec()
    }
}

/// The weight of each group. What an account says of some days counts once, shared out among its rows, so that the
/// sum over the rows of a day is the weight of the day.
pub(super) fn weigh(groups: &[Group], articles: &[&Recounted]) -> Vec<f64> {
    // For each stretch of days and account: what it counts, and in how many rows it is shared out.
    let mut voices: BTreeMap<(Interval, ContentId), (f64, usize)> = BTreeMap::new();
    for (group, interval) in groups.iter().filter_map(|group| Some((group, group.interval?))) {
        let mut here: BTreeMap<ContentId, f64> = BTreeMap::new();
        for teller in &group.tellers {
            let recounted = articles[teller.article];
            let counts = voice(interval, recounted.written);
            for account in carried(recounted) {
                let held = here.entry(account).or_default();
                *held = held.max(counts);
            }
        }
        for (account, counts) in here {
            let voice = voices.entry((interval, account)).or_default();
            *voice = (voice.0.max(counts), voice.1 + 1);
        }
    }
    let mut sums: BTreeMap<Interval, f64> = BTreeMap::new();
    for ((interval, _), (counts, _)) in &voices {
        *sums.entry(*interval).or_default() += counts;
    }
    let weight = |group: &Group| {
        let Some(interval) = group.interval else { return UNDATED * accounts(group, articles).len() as f64 };
        let told: BTreeSet<ContentId> =
            group.tellers.iter().flat_map(|teller| carried(articles[teller.article])).collect();
        let shares =
            told.iter().map(|account| voices[&(interval, *account)]).map(|(counts, rows)| counts / rows as f64);
        shares.sum::<f64>() * echo(interval, &sums)
    };
    groups.iter().map(weight).collect()
}

/// What an article counts that was written on this day.
fn voice(interval: Interval, written: Option<Date>) -> f64 {
    let Some(written) = written else { return 1.0 };
    let days = interval.start.duration_until(written).as_hours() as f64 / 24.0;
    if days < 0.0 { AHEAD } else { 1.0 + LOOKING_BACK * days.min(LOOKING_BACK_DAYS).ln_1p() }
}

/// What is left of a day beside a heavier one.
fn echo(interval: Interval, sums: &BTreeMap<Interval, f64>) -> f64 {
    let is_day = Interval::day(interval.start) == Some(interval);
    let own = sums.get(&interval).copied().unwrap_or(0.0);
    if !is_day || own <= 0.0 {
        return 1.0;
    }
    let beside = [interval.start.checked_sub(1.day()).ok(), Some(interval.end)];
    let heaviest = beside
        .into_iter()
        .flatten()
        .filter_map(|day| sums.get(&Interval::day(day)?))
        .fold(own, |heaviest, sum| heaviest.max(*sum));
    ((own - BESIDE * (heaviest - own)) / own).max(0.0)
}
