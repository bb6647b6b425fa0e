//! What a bus and its topics share: which topics have work to do, the time, and where failures go.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{OnceLock, Weak};

use crate::dirty::DirtyTopics;
use crate::engine::time::Timestamp;
use crate::failure::{Failure, FailureSink};

/// Shared by a bus and its topics. It must not own a topic: the topics own it.
#[derive(Default)]
pub(crate) struct Hub {
    /// Which topics have work to do.
    pub(crate) dirty: DirtyTopics,
    /// The time of the latest delivery, in milliseconds.
    now: AtomicU64,
    failures: OnceLock<Weak<dyn FailureSink>>,
}

impl Hub {
    /// Returns the time of the latest delivery.
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.now.load(Ordering::Relaxed))
    }

    pub(crate) fn set_now(&self, now: Timestamp) {
        self.now.store(now.as_millis(), Ordering::Relaxed);
    }

    /// Sets where failures go. The first call counts.
    pub(crate) fn set_failures(&self, sink: Weak<dyn FailureSink>) {
        // There is one topic of failures, so it is set once.
        let _ = self.failures.set(sink);
    }

    /// Publishes a failure, if there is a topic of failures.
    pub(crate) fn publish_failure(&self, failure: Failure) {
        if let Some(sink) = self.failures.get().and_then(Weak::upgrade) {
            sink.publish_failure(failure);
        }
    }
}
