//! The state of a topic that its handles and the bus share, and what it publishes for its groups: failures and dead
//! letters.

use std::any::TypeId;
use std::borrow::Cow;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::dead_letter::{DeadLetter, DeadLetterSink, Reason, Verdict};
use crate::dirty;
use crate::engine::config::TopicConfig;
use crate::engine::counters::GroupCounters;
use crate::engine::group::Failed;
use crate::engine::time::Timestamp;
use crate::envelope::{Envelope, PublishOptions, TopicId};
use crate::error::{PublishError, WiringError};
use crate::failure::{Failure, FailureSink};
use crate::handler_error::{ErrorKind, HandlerError};
use crate::handles::{GroupReport, TopicReport};
use crate::hub::Hub;
use crate::pull::PullFailure;
use crate::reports::Reports;
use crate::selector::Look;
use crate::state::{Evicted, Order, Published, State};

/// The state that the handles and the bus share.
pub(crate) struct Shared<E: Send + Sync + 'static> {
    pub(crate) name: Cow<'static, str>,
    pub(crate) id: TopicId,
    dead_letters: Option<Arc<dyn DeadLetterSink<E>>>,
    pub(crate) hub: Arc<Hub>,
    /// The flag of this topic in [`Hub::dirty`].
    flag: u64,
    /// Incremented when a group is unsubscribed.
    pub(crate) endings: AtomicU64,
    /// The number of members so far. It numbers them.
    pub(crate) members: AtomicU64,
    /// Not locked while handlers run.
    state: Mutex<State<E>>,
    configuring: Mutex<()>,
}

impl<E: Send + Sync + 'static> Shared<E> {
    pub(crate) fn new(
        name: Cow<'static, str>,
        id: TopicId,
        config: TopicConfig,
        size: Option<Look<E, usize>>,
        dead_letters: Option<Arc<dyn DeadLetterSink<E>>>,
        hub: Arc<Hub>,
    ) -> Self {
        Self {
            name,
            id,
            dead_letters,
            hub,
            flag: dirty::flag(id.index()),
            endings: AtomicU64::new(0),
            members: AtomicU64::new(0),
            state: Mutex::new(State::new(config, size)),
            configuring: Mutex::default(),
        }
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State<E>> {
        // The state is usable after a panic. Only code of the event types (`Clone`, `Drop`, size, key) can panic while
        // it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Locked while a configuration is read, changed and written back, so that no change is lost.
    pub(crate) fn configuring(&self) -> MutexGuard<'_, ()> {
        self.configuring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks the topic as having work to do.
    #[inline]
    pub(crate) fn mark_dirty(&self) {
        self.hub.dirty.mark(self.flag);
    }

    /// Publishes the dead letters for evicted events. Marks the topic, because these events no longer hold back their
    /// groups.
    #[cold]
    pub(crate) fn report_evicted(&self, evicted: Vec<Evicted<E>>) {
        self.mark_dirty();
        for Evicted { mut envelope, groups } in evicted {
            envelope.stamp(self.hub.now());
            for (group, given_up) in groups {
                self.publish_dead_letter(&envelope, || {
                    Verdict::new(self.name.clone(), group, Reason::Evicted, given_up)
                });
            }
        }
    }

    fn publish_dead_letter(&self, event: &Envelope<E>, verdict: impl FnOnce() -> Verdict) {
        if let Some(sink) = &self.dead_letters {
            sink.publish_dead_letter(event, verdict());
        }
    }

    pub(crate) fn no_group(&self, name: &str) -> WiringError {
        WiringError::NoGroup { topic: self.name.clone(), group: name.to_owned().into() }
    }

    /// Gives an order to a group.
    pub(crate) fn order(
        &self,
        name: &str,
        is_it: impl Fn(&GroupCounters) -> bool,
        order: Order<E>,
    ) -> Result<(), WiringError> {
        let mut state = self.lock();
        let Some(id) = state.find(is_it).map(|counters| counters.id) else {
            drop(state);
            return Err(self.no_group(name));
        };
        let left = state.order(id, order);
        drop(state);
        // Dropped while nothing is locked: values that handlers own may publish when they are dropped.
        drop(left);
        self.mark_dirty();
        Ok(())
    }
}

impl<E: Send + Sync + 'static> Reports<E> for Shared<E> {
    fn failed(
        &self,
        group: Cow<'static, str>,
        event: Option<&Envelope<E>>,
        seq: u64,
        failed: Failed,
        error: HandlerError,
    ) {
        let Failed { attempts, given_up, is_final } = failed;
        if !is_final && matches!(error.kind(), ErrorKind::Later(_)) {
            return;
        }
        if let (Some(given_up), Some(event)) = (given_up, event) {
            let reason = if error.kind() == ErrorKind::Fatal { Reason::Fatal } else { Reason::MaxDeliver };
            self.publish_dead_letter(event, || Verdict::new(self.name.clone(), group.clone(), reason, given_up));
        }
        // Failures of handlers of failures are only counted: they could repeat for ever.
        if TypeId::of::<E>() != TypeId::of::<Failure>() {
            let topic = self.name.clone();
            self.hub.publish_failure(Failure { topic, group, seq, attempts, given_up: is_final, error });
        }
    }
}

impl<E: Clone + Send + Sync + 'static> DeadLetterSink<E> for Shared<DeadLetter<E>> {
    fn publish_dead_letter(&self, event: &Envelope<E>, verdict: Verdict) {
        // A full topic counts what it refuses.
        let _ = self.publish(DeadLetter { event: event.clone(), verdict }, PublishOptions::default());
    }
}

impl FailureSink for Shared<Failure> {
    fn publish_failure(&self, failure: Failure) {
        // A full topic counts what it refuses.
        let _ = self.publish(failure, PublishOptions::default());
    }
}

impl<E: Send + Sync + 'static> Shared<E> {
    #[inline]
    pub(crate) fn publish(&self, event: E, options: PublishOptions) -> Result<u64, PublishError<E>> {
        let published = self.lock().publish(event, options);
        match published {
            Published::Accepted { seq, dropped } => {
                self.mark_dirty();
                if !dropped.is_empty() {
                    self.report_evicted(dropped);
                }
                Ok(seq)
            }
            Published::Full(event) => Err(PublishError::Full(event)),
            Published::Closed(event) => Err(PublishError::Closed(event)),
        }
    }

    /// Publishes the failed attempt of a pull group.
    pub(crate) fn report_failure(&self, group: Cow<'static, str>, failure: PullFailure<E>) {
        let PullFailure { seq, event, failed, error } = failure;
        self.failed(group, event.as_ref(), seq, failed, error);
    }

    /// Returns a snapshot of the topic and its groups.
    pub(crate) fn report(&self, now: Timestamp) -> TopicReport {
        let state = self.lock();
        let groups = state.groups(now);
        let groups = groups.map(|(name, config, stats)| GroupReport { name: name.clone(), config, stats }).collect();
        let (name, config) = (self.name.clone(), state.core.config);
        TopicReport { name, id: self.id, config, stats: state.stats(now), groups }
    }
}
