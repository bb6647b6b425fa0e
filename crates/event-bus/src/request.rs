//! Request and reply: questions on one topic, answers on another, matched by a correlation id.
//!
//! Each question gets exactly one [`Answer`]: a reply, a failure, a timeout, or that there are no responders. It goes
//! to the asker's group, if that is subscribed with [`subscribe_answers`](crate::RequestExt::subscribe_answers).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::bus::TimedTask;
use crate::engine::time::Timestamp;
use crate::error::PublishError;
use crate::handler_error::HandlerError;
use crate::hub::Hub;
use crate::topic::Topic;

/// A question, as published to its topic.
#[derive(Clone, PartialEq, Debug)]
pub struct Request<Q> {
    /// The correlation id. The answer has the same.
    pub id: u64,
    /// Who asks: the group that gets the answer.
    pub asker: Cow<'static, str>,
    /// The question.
    pub question: Q,
}

/// The answer to a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer<A> {
    /// The correlation id of the question.
    pub id: u64,
    /// Who has asked.
    pub asker: Cow<'static, str>,
    /// The reply, or why there is none.
    pub outcome: Result<A, NoAnswer>,
}

/// Why a question has no reply.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum NoAnswer {
    /// There was no reply before the deadline.
    TimedOut,
    /// No group is subscribed to these questions.
    NoResponders,
    /// The responder said that it cannot reply.
    Failed(HandlerError),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TimedOut => f.write_str("no reply before the deadline"),
            Self::NoResponders => f.write_str("no responders"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NoAnswer {}

/// The questions of one kind that wait for an answer. Every operation takes logarithmic time.
#[derive(Default)]
pub(crate) struct Open {
    next_id: u64,
    /// The deadline and the asker of each question.
    waiting: BTreeMap<u64, (Timestamp, Cow<'static, str>)>,
    deadlines: BTreeSet<(Timestamp, u64)>,
}

impl Open {
    fn insert(&mut self, id: u64, deadline: Timestamp, asker: Cow<'static, str>) {
        self.waiting.insert(id, (deadline, asker));
        self.deadlines.insert((deadline, id));
    }

    fn remove(&mut self, id: u64) {
        if let Some((deadline, _)) = self.waiting.remove(&id) {
            self.deadlines.remove(&(deadline, id));
        }
    }
}

/// The questions of one kind, shared by its askers, its responders and the bus.
pub(crate) struct Shared<Q: Send + Sync + 'static, A: Send + Sync + 'static> {
    pub(crate) open: Mutex<Open>,
    /// The most questions that may be open.
    pub(crate) limit: usize,
    pub(crate) timeout: Duration,
    pub(crate) requests: Topic<Request<Q>>,
    pub(crate) answers: Topic<Answer<A>>,
    pub(crate) hub: Arc<Hub>,
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Shared<Q, A> {
    fn open(&self) -> MutexGuard<'_, Open> {
        // Only code of the questions and answers can panic while it is locked, and then nothing was changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ask(
        &self,
        asker: Cow<'static, str>,
        question: Q,
        deadline: Timestamp,
    ) -> Result<u64, PublishError<Q>> {
        let mut open = self.open();
        let id = open.next_id;
        if open.waiting.len() >= self.limit {
            return Err(PublishError::Full(question));
        }
        if self.requests.has_groups() {
            let request = Request { id, asker: asker.clone(), question };
            self.requests.publish(request).map_err(|error| match error {
                PublishError::Closed(request) => PublishError::Closed(request.question),
                PublishError::Full(request) | PublishError::NoTopic(request) => PublishError::Full(request.question),
            })?;
            open.insert(id, deadline, asker);
        } else {
            let answer = Answer { id, asker, outcome: Err(NoAnswer::NoResponders) };
            if self.answers.publish(answer).is_err() {
                return Err(PublishError::Full(question));
            }
        }
        open.next_id += 1;
        Ok(id)
    }

    fn answer(&self, id: u64, outcome: Result<A, NoAnswer>) -> Result<bool, PublishError<Answer<A>>> {
        let mut open = self.open();
        let Some((_, asker)) = open.waiting.get(&id) else { return Ok(false) };
        self.answers.publish(Answer { id, asker: asker.clone(), outcome })?;
        open.remove(id);
        Ok(true)
    }
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> TimedTask for Shared<Q, A> {
    /// Answers the questions whose deadline has passed. Returns the next deadline.
    fn run(&self, now: Timestamp) -> Timestamp {
        loop {
            let first = self.open().deadlines.first().copied();
            match first {
                None => return Timestamp::MAX,
                Some((deadline, _)) if deadline > now => return deadline,
                Some((_, id)) => {
                    if self.answer(id, Err(NoAnswer::TimedOut)).is_err() {
                        // The topic of answers is full. The question is still open, and is tried again.
                        return now + Duration::from_millis(1);
                    }
                }
            }
        }
    }

    fn due(&self) -> Timestamp {
        self.open().deadlines.first().map_or(Timestamp::MAX, |(deadline, _)| *deadline)
    }
}

/// The requests of one kind.
#[derive(Resource)]
pub(crate) struct Requests<Q: Send + Sync + 'static, A: Send + Sync + 'static>(pub(crate) Arc<Shared<Q, A>>);

/// A system parameter that asks questions of one kind.
#[derive(SystemParam)]
pub struct Requester<'w, Q: Send + Sync + 'static, A: Send + Sync + 'static> {
    requests: Res<'w, Requests<Q, A>>,
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> fmt::Debug for Requester<'_, Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Requester").finish_non_exhaustive()
    }
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Requester<'_, Q, A> {
    /// Asks a question in the name of a group, which gets the answer. Returns the correlation id of the answer, which
    /// comes after the timeout at the latest. That counts from the delivery that is running or was the last.
    ///
    /// # Errors
    /// [`PublishError`], with the question, if too many questions are open, or the topic of questions or that of
    /// answers is full or closed.
    pub fn ask(&self, asker: impl Into<Cow<'static, str>>, question: Q) -> Result<u64, PublishError<Q>> {
        self.ask_until(asker, question, self.requests.0.hub.now() + self.requests.0.timeout)
    }

    /// Does the same with a deadline.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_until(
        &self,
        asker: impl Into<Cow<'static, str>>,
        question: Q,
        deadline: Timestamp,
    ) -> Result<u64, PublishError<Q>> {
        self.requests.0.ask(asker.into(), question, deadline)
    }
}

/// A system parameter that replies to questions of one kind.
#[derive(SystemParam)]
pub struct Replier<'w, Q: Send + Sync + 'static, A: Send + Sync + 'static> {
    requests: Res<'w, Requests<Q, A>>,
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> fmt::Debug for Replier<'_, Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replier").finish_non_exhaustive()
    }
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Replier<'_, Q, A> {
    /// Replies to a question. Returns `true` if the reply counts: it is the first, and in time. Takes logarithmic time.
    ///
    /// # Errors
    /// [`PublishError`] if the topic of answers is full or closed. Then the question is still open.
    pub fn reply(&self, id: u64, answer: A) -> Result<bool, PublishError<Answer<A>>> {
        self.requests.0.answer(id, Ok(answer))
    }

    /// Says that a question cannot be answered. Returns `true` if that counts, as with a reply.
    ///
    /// # Errors
    /// As [`Self::reply`].
    pub fn fail(&self, id: u64, error: impl Into<HandlerError>) -> Result<bool, PublishError<Answer<A>>> {
        self.requests.0.answer(id, Err(NoAnswer::Failed(error.into())))
    }
}
