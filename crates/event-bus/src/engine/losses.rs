//! Which groups lose an event that a topic drops.

use std::sync::Arc;

use super::attempt::{GivenUp, Loss};
use super::config::GroupConfig;
use super::counters::GroupCounters;
use super::group::GroupCore;
use super::in_flight::Key;
use crate::dead_letter::Reason;

fn evicted(counters: &GroupCounters, given_up: GivenUp) -> Loss {
    Loss { group: counters.name.clone(), reason: Reason::Evicted, given_up }
}

/// Returns the groups that retry and have not seen this event of the inbox yet. Push groups come before pull groups, as
/// in other evictions.
pub(crate) fn waiting_for(groups: &[(Arc<GroupCounters>, GroupConfig)], seq: u64) -> Vec<Loss> {
    let given_up = || GivenUp { key: Key::in_log(seq), attempts: 0, last_error: None };
    let of_kind = |pulls: bool| groups.iter().filter(move |(counters, _)| counters.pulls == pulls);
    let groups = of_kind(false).chain(of_kind(true));
    let groups = groups.filter(|(counters, config)| config.retry.is_some() && counters.next() <= seq);
    groups.map(|(counters, _)| evicted(counters, given_up())).collect()
}

/// Evicts the `excess` events from `start` on for a group, and notes those that it loses, by their place.
pub(crate) fn lose_for(
    core: &mut GroupCore,
    start: u64,
    excess: usize,
    wants: &dyn Fn(u64) -> bool,
    lost: &mut Vec<Vec<Loss>>,
) {
    for given_up in core.evict(start, start + excess as u64, wants) {
        if core.config.retry.is_some() {
            lost.resize_with(excess, Vec::new);
            lost[(given_up.key.seq - start) as usize].push(evicted(&core.counters, given_up));
        }
    }
}

/// Returns the lowest `seq` that one of these groups is not done with; `None` if there are none.
pub(crate) fn wanted(
    groups: &[(Arc<GroupCounters>, GroupConfig)],
    which: &dyn Fn(&GroupConfig) -> bool,
) -> Option<u64> {
    groups.iter().filter(|(_, config)| which(config)).map(|(counters, _)| counters.wanted()).min()
}
