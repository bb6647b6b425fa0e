//! Writes changed records to the storage, and acks or nacks them when the browser reports the result.
//!
//! The pull group `storage` takes everything that changed since the last frame and writes it in one transaction. A few
//! writes may be in flight. If the storage is slower than the player, changes wait; of each record only the newest is
//! written. When the page is hidden, nothing waits, because it may be closed. The bus does the retries, the backoff and
//! the dead letters.

use std::mem;

use bevy_ecs::prelude::*;

use crate::events::RecordChanged;
use crate::ports::Storage;
use crate::records::Records;
use crate::world::StorageState;
use blockers_event_bus::{Consumer, Envelope, HandlerError, Timestamp, WorldBusExt};

/// The changes that are waiting or in flight.
#[derive(Resource)]
pub struct StorageWriter {
    consumer: Consumer<RecordChanged>,
    /// The `seq` of the newest change of each record. Older ones are out of date, even if they are redelivered.
    newest: Vec<(String, u64)>,
    /// The changes of the next write, the newest of each record.
    waiting: Vec<Envelope<RecordChanged>>,
    /// The `seq`s of the changes in each write that is in flight, by its ticket.
    in_flight: Vec<(u64, Vec<u64>)>,
    tickets: u64,
}

/// The largest number of changes that are pulled at once.
const MAX_PULL: usize = 256;

/// The largest number of writes in flight.
pub const MAX_IN_FLIGHT: usize = 4;

impl StorageWriter {
    /// Returns a writer with nothing in flight.
    #[must_use]
    pub fn new(consumer: Consumer<RecordChanged>) -> Self {
        Self { consumer, newest: Vec::new(), waiting: Vec::new(), in_flight: Vec::new(), tickets: 0 }
    }

    /// Puts a change into the next write. Returns the `seq` of the change that need not be written any more, if there
    /// is one.
    fn add(&mut self, change: Envelope<RecordChanged>) -> Option<u64> {
        let seq = change.seq();
        match self.newest.iter_mut().find(|(key, _)| *key == change.key) {
            Some((_, newest)) if seq < *newest => return Some(seq),
            Some((_, newest)) => *newest = seq,
            None => self.newest.push((change.key.clone(), seq)),
        }
        match self.waiting.iter_mut().find(|waiting| waiting.key == change.key) {
            Some(waiting) => Some(mem::replace(waiting, change).seq()),
            None => {
                self.waiting.push(change);
                None
            }
        }
    }
}

/// Pulls what has changed and what is to be retried, and begins a write if fewer than `max_in_flight` are in flight.
pub fn begin(world: &mut World, now: Timestamp, max_in_flight: usize) {
    loop {
        // The group exists as long as the program runs, so a pull does not fail.
        let changes = world.pull(consumer(world), MAX_PULL, now).unwrap_or_default();
        if changes.is_empty() {
            break;
        }
        let mut writer = world.resource_mut::<StorageWriter>();
        let stale: Vec<u64> = changes.into_iter().filter_map(|change| writer.add(change)).collect();
        for seq in stale {
            // The topic may have evicted it meanwhile; then there is a dead letter already.
            let _ = world.ack(consumer(world), seq);
        }
    }
    let mut writer = world.resource_mut::<StorageWriter>();
    let waiting = mem::take(&mut writer.waiting);
    if waiting.is_empty() {
        return;
    }
    if writer.in_flight.len() >= max_in_flight {
        let mut storage = world.non_send_mut::<Box<dyn Storage>>();
        // An export has what waits, too.
        for change in &waiting {
            storage.set(&change.key, &change.text);
        }
        world.resource_mut::<StorageWriter>().waiting = waiting;
        return;
    }
    writer.tickets += 1;
    let ticket = writer.tickets;
    writer.in_flight.push((ticket, waiting.iter().map(Envelope::seq).collect()));
    let mut records = Records::new();
    // `collect` would compile a sort.
    records.extend(waiting.iter().map(|change| (change.key.clone(), change.text.clone())));
    world.non_send_mut::<Box<dyn Storage>>().write(ticket, records);
}

/// Acks or nacks the changes of finished writes, and puts the result into [`StorageState`].
pub fn finish(world: &mut World, now: Timestamp) {
    let finished = world.non_send_mut::<Box<dyn Storage>>().take_finished();
    for (ticket, outcome) in finished {
        let mut writer = world.resource_mut::<StorageWriter>();
        let place = writer.in_flight.iter().position(|(other, _)| *other == ticket);
        let seqs = place.map(|place| writer.in_flight.remove(place).1).unwrap_or_default();
        let is_newest = |(_, seq): &&(String, u64)| outcome.is_ok() && seqs.contains(seq);
        let stored: Vec<String> = writer.newest.iter().filter(is_newest).map(|(key, _)| key.clone()).collect();
        let mut state = world.resource_mut::<StorageState>();
        state.error = outcome.as_ref().err().map(ToString::to_string);
        state.stored.extend(stored);
        for seq in seqs {
            // As above.
            let _ = match &outcome {
                Ok(()) => world.ack(consumer(world), seq),
                Err(error) => world.nack(consumer(world), seq, now, HandlerError::new(error.to_string())),
            };
        }
    }
}

fn consumer(world: &World) -> &Consumer<RecordChanged> {
    &world.resource::<StorageWriter>().consumer
}
