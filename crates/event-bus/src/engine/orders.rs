//! The groups of a topic: how they are added, changed and removed, also while their handlers run.

use std::borrow::Cow;
use std::sync::Arc;

use super::config::{GroupConfig, StartAt};
use super::counters::GroupCounters;
use super::group::GroupCore;
use super::in_flight::Key;
use super::stats::GroupStats;
use super::store::{Place, Store};
use super::time::Timestamp;
use super::topic::locate;
use super::topic_state::{Order, TopicState};

/// A new group.
pub(crate) struct NewGroup {
    pub(crate) name: Cow<'static, str>,
    pub(crate) config: GroupConfig,
    pub(crate) start: StartAt,
    /// The number of keys for deduplication.
    pub(crate) window: Option<usize>,
}

impl TopicState<dyn Store> {
    fn enlist(&mut self, group: NewGroup, pulls: bool) -> GroupCore {
        let NewGroup { name, config, start, window } = group;
        let id = self.core.next_group();
        let counters =
            Arc::new(GroupCounters::new(name, id, pulls, locate(start, &self.store), self.core.lane.clone()));
        self.groups.push((counters.clone(), config));
        GroupCore::new(counters, config, window)
    }

    /// Adds a group with handlers, which the store must have as its last one. Returns its number, and whether the log
    /// already has events for it.
    pub(crate) fn add_push(&mut self, group: NewGroup) -> (u64, bool) {
        let core = self.enlist(group, false);
        let (id, wants) = (core.counters.id, core.next() < self.store.end());
        self.push.push(core);
        self.note_plain(self.push.len() - 1);
        (id, wants)
    }

    /// Adds a group whose consumers pull, which the store must have as its last one. Returns its number.
    pub(crate) fn add_pull(&mut self, group: NewGroup) -> u64 {
        let core = self.enlist(group, true);
        let id = core.counters.id;
        self.pull.push(core);
        id
    }

    /// Removes a group. If it is running, it gets no more events. Returns its counters; `None` if there is no such
    /// group.
    pub(crate) fn remove(&mut self, name: &str, now: Timestamp) -> Option<GroupStats> {
        let place = self.groups.iter().position(|(counters, _)| counters.name == name)?;
        let stats = self.groups(now).nth(place).map(|(.., stats)| stats)?;
        let (counters, _) = self.groups.remove(place);
        counters.end();
        match self.place(counters.id) {
            Some(place) => self.remove_at(place),
            None => self.has_ended = true,
        }
        Some(stats)
    }

    fn remove_at(&mut self, place: Place) {
        match place {
            Place::Push(place) => {
                drop(self.push.remove(place));
                // The others have other places now.
                self.push.iter().for_each(|core| core.counters.leave_lane());
            }
            Place::Pull(place) => drop(self.pull.remove(place)),
        }
        self.leftovers.push(self.store.remove(place));
    }

    /// Returns the place of the group with this number, unless it is lent.
    fn place(&self, id: u64) -> Option<Place> {
        let is_it = |core: &GroupCore| core.counters.id == id;
        let push = self.push.iter().position(is_it).map(Place::Push);
        push.or_else(|| self.pull.iter().position(is_it).map(Place::Pull))
    }

    /// Carries out an order for the group with this number: immediately, or after the running handlers.
    pub(crate) fn order(&mut self, group: u64, order: Order) {
        if let (Order::Configure(config), Some((_, known))) =
            (&order, self.groups.iter_mut().find(|(counters, _)| counters.id == group))
        {
            *known = *config;
        }
        if self.core.lent {
            self.orders.push((group, order));
        } else {
            self.carry_out(group, order);
        }
    }

    fn carry_out(&mut self, id: u64, order: Order) {
        self.core.settled = 0;
        let place = self.place(id);
        let core = match place {
            Some(Place::Push(place)) => self.push.get_mut(place),
            Some(Place::Pull(place)) => self.pull.get_mut(place),
            None => None,
        };
        match (order, place, core) {
            (Order::Join(member), ..) => self.leftovers.extend(self.store.join(place, member)),
            (Order::Redeliver(number), _, mut core) => {
                let (copy, by_key) = core.as_mut().map_or((0, false), |core| (core.next_copy(), core.by_key()));
                match (self.store.redeliver(place, number, copy, by_key), core) {
                    (Ok((seq, lane)), Some(core)) => core.redeliver(Key { seq, copy }, lane),
                    (Ok(_), None) => {}
                    (Err(left), _) => self.leftovers.extend(left),
                }
            }
            (Order::Leave(member), Some(place), _) => self.leftovers.extend(self.store.leave(place, member)),
            (Order::Configure(config), _, Some(core)) => core.config = config,
            (Order::Seek { to, forget_keys }, Some(place), Some(core)) => {
                let end = self.store.end();
                core.seek(locate(to, &self.store).min(end), end, forget_keys);
                self.store.forget_copies(place);
            }
            // The group has ended.
            _ => {}
        }
        if let Some(Place::Push(place)) = place {
            self.note_plain(place);
        }
    }

    /// Puts a group into the fast lane if it qualifies, and otherwise takes it out. Must be called after every change
    /// of the group.
    fn note_plain(&mut self, place: usize) {
        let is_plain = self.store.is_plain(Place::Push(place));
        if let Some(core) = self.push.get_mut(place) {
            core.note_plain(is_plain);
            // During a wave, a new group has no place in the lane yet.
            if !self.core.lent {
                core.enter_lane(place);
            }
        }
    }

    /// Takes all groups out of the fast lane after the panic of a handler, with which those of its wave were lost.
    #[cold]
    pub(super) fn recover(&mut self) {
        self.groups.iter().for_each(|(counters, _)| counters.leave_lane());
        self.core.lane.end();
    }

    /// Takes the push groups back, and does what had to wait until then.
    #[inline(never)]
    pub(super) fn restore_all(&mut self, mut groups: Vec<GroupCore>, settled: u64) {
        self.core.lent = false;
        let others = self.push.iter().chain(&self.pull);
        self.core.settled = others.map(|core| core.counters.wanted()).fold(settled, u64::min);
        // Groups that subscribed in the meantime come last.
        groups.append(&mut self.push);
        self.push = groups;
        if !self.orders.is_empty() || self.has_ended {
            self.catch_up();
        }
    }

    /// Does what had to wait while the push groups were lent.
    #[cold]
    fn catch_up(&mut self) {
        self.has_ended = false;
        for place in (0..self.push.len()).rev() {
            if self.push[place].counters.has_ended() {
                self.remove_at(Place::Push(place));
            }
        }
        for (group, order) in std::mem::take(&mut self.orders) {
            self.carry_out(group, order);
        }
    }
}
