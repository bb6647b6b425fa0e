//! Gives the storage what has changed, and deals with what becomes of it.
//!
//! The group `storage` is one that asks: it takes everything that changed since the last frame and has it written together, so that
//! what changed together is stored together. A few writes may be out, so that nothing waits here while the page may be closed; when
//! the storage is slower than the player, what changes waits, the newest of each record. An answer comes later, and is an ack or a
//! nack; the bus keeps the order, the time of the next try, and what was tried too often.

use std::collections::BTreeMap;

use bevy_ecs::prelude::*;

use crate::bus::{BusExt, Consumer, Envelope, Topic};
use crate::events::RecordChanged;
use crate::ports::{Records, Storage};

/// What is on its way to the storage.
#[derive(Resource)]
pub struct Storing {
    consumer: Consumer<RecordChanged>,
    /// The newest change of each record that was taken: older ones are stale, also when they are tried again.
    newest: BTreeMap<String, u64>,
    /// The changes that are written next, the newest of each record.
    waiting: BTreeMap<String, Envelope<RecordChanged>>,
    /// The changes that each unfinished write has, by their numbers.
    out: BTreeMap<u64, Vec<u64>>,
    tickets: u64,
    /// What the storage said when it failed last; `None` if it has not failed since it last succeeded.
    pub trouble: Option<String>,
}

/// After so many milliseconds it is looked whether something is to be tried again.
const RETRY: f64 = 250.0;

/// Most changes that are taken at once.
const TOGETHER: usize = 256;

/// Most writes that are out.
pub const OUT: usize = 4;

impl Storing {
    /// Nothing is on its way yet.
    #[must_use]
    pub fn new(consumer: Consumer<RecordChanged>) -> Self {
        let (newest, waiting) = (BTreeMap::new(), BTreeMap::new());
        Self { consumer, newest, waiting, out: BTreeMap::new(), tickets: 0, trouble: None }
    }

    /// Lets a change wait for the next write. Returns the number of the one that need not be written any more.
    fn take(&mut self, change: Envelope<RecordChanged>) -> Option<u64> {
        let newest = self.newest.entry(change.key.clone()).or_default();
        if change.seq() < *newest {
            return Some(change.seq());
        }
        *newest = change.seq();
        self.waiting.insert(change.key.clone(), change).map(|stale| stale.seq())
    }
}

/// In how many milliseconds to look whether something is to be tried again; `None` if nothing is.
pub fn retry(world: &World, now: u64) -> Option<f64> {
    let storing = world.get_resource::<Storing>()?;
    let topic = world.get_resource::<Topic<RecordChanged>>()?;
    let stats = topic.group(storing.consumer.group(), now)?;
    (stats.in_backoff > 0).then_some(RETRY)
}

/// Takes what has changed and what is to be tried again, and gives it to the storage, if that has not too much to write.
pub fn begin(world: &mut World, now: u64) {
    let Some(mut storing) = world.remove_resource::<Storing>() else { return };
    loop {
        // The group lives as long as the program; without it nothing would be due.
        let changes = world.pull(&storing.consumer, TOGETHER, now).unwrap_or_default();
        if changes.is_empty() {
            break;
        }
        for stale in changes.into_iter().filter_map(|change| storing.take(change)).collect::<Vec<_>>() {
            // The topic may have forgotten it meanwhile; then there is a dead letter already.
            let _ = world.ack(&storing.consumer, stale);
        }
    }
    if storing.out.len() < OUT && !storing.waiting.is_empty() {
        storing.tickets += 1;
        let fresh = std::mem::take(&mut storing.waiting);
        storing.out.insert(storing.tickets, fresh.values().map(Envelope::seq).collect());
        let records: Records = fresh.into_iter().map(|(key, change)| (key, change.text.clone())).collect();
        world.non_send_mut::<Box<dyn Storage>>().write(storing.tickets, records);
    }
    world.insert_resource(storing);
}

/// Answers for what the storage has finished. Returns the keys of the records whose newest text is stored now.
pub fn finish(world: &mut World, now: u64) -> Vec<String> {
    let Some(mut storing) = world.remove_resource::<Storing>() else { return Vec::new() };
    let mut stored = Vec::new();
    let finished = world.non_send_mut::<Box<dyn Storage>>().take_finished();
    for (ticket, outcome) in finished {
        storing.trouble = outcome.as_ref().err().map(ToString::to_string);
        let seqs = storing.out.remove(&ticket).unwrap_or_default();
        if outcome.is_ok() {
            stored.extend(storing.newest.iter().filter(|(_, seq)| seqs.contains(seq)).map(|(key, _)| key.clone()));
        }
        for seq in seqs {
            // The topic may have forgotten it meanwhile; then there is a dead letter already.
            let _ = match outcome {
                Ok(()) => world.ack(&storing.consumer, seq),
                Err(_) => world.nack(&storing.consumer, seq, now),
            };
        }
    }
    world.insert_resource(storing);
    stored
}
