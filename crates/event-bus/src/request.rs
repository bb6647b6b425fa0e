//! Request and reply: questions on one topic, answers on another, matched by a correlation id.
//!
//! Each question gets exactly one [`Answer`]: a reply, a failure, a timeout, or that there are no responders. It goes
//! to the asker's group, if that is subscribed with [`subscribe_answers`](crate::RequestExt::subscribe_answers). A
//! question has no answer only if the topic of answers is closed, as by [`Bus::close`](crate::Bus::close).

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use std::{fmt, mem};

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use crate::bus::TimedTask;
use crate::engine::time::Timestamp;
use crate::error::{AskError, PublishError};
use crate::handler_error::HandlerError;
use crate::topic::Topic;

/// A question, as published to its topic.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
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
#[non_exhaustive]
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
            Self::Failed(_) => f.write_str("the responder failed"),
        }
    }
}

impl std::error::Error for NoAnswer {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Failed(error) => Some(error.inner()),
            _ => None,
        }
    }
}

/// Until when a question waits for its reply.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Wait {
    /// Until the timeout after the delivery that publishes the question, which may be the next one.
    Timeout,
    /// Until this time.
    Until(Timestamp),
}

/// The questions of one kind that wait for an answer. Every operation takes logarithmic time for each question.
#[derive(Default)]
pub(crate) struct Open {
    next_id: u64,
    /// How long each question waits, and its asker.
    waiting: BTreeMap<u64, (Wait, Cow<'static, str>)>,
    /// The questions with a deadline.
    deadlines: BTreeSet<(Timestamp, u64)>,
    /// The questions with a timeout. The next delivery sets their deadlines. Some may have an answer already.
    undated: Vec<u64>,
}

impl Open {
    fn insert(&mut self, id: u64, wait: Wait, asker: Cow<'static, str>) {
        self.waiting.insert(id, (wait, asker));
        match wait {
            Wait::Timeout => self.undated.push(id),
            Wait::Until(deadline) => drop(self.deadlines.insert((deadline, id))),
        }
    }

    fn remove(&mut self, id: u64) {
        if let Some((Wait::Until(deadline), _)) = self.waiting.remove(&id) {
            self.deadlines.remove(&(deadline, id));
        }
    }

    /// Gives this deadline to the questions with a timeout. Returns the question with the first deadline.
    fn set_deadlines(&mut self, deadline: Timestamp) -> Option<(Timestamp, u64)> {
        for id in mem::take(&mut self.undated) {
            if let Some((wait, _)) = self.waiting.get_mut(&id) {
                *wait = Wait::Until(deadline);
                self.deadlines.insert((deadline, id));
            }
        }
        self.deadlines.first().copied()
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
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> Shared<Q, A> {
    fn open(&self) -> MutexGuard<'_, Open> {
        // Only code of the questions and answers can panic while it is locked, and then nothing was changed.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn ask(&self, asker: Cow<'static, str>, question: Q, wait: Wait) -> Result<u64, AskError<Q>> {
        let mut open = self.open();
        let id = open.next_id;
        if open.waiting.len() >= self.limit {
            return Err(AskError::TooManyOpen(question));
        }
        if self.requests.has_groups() {
            let request = Request { id, asker: asker.clone(), question };
            self.requests.publish(request).map_err(|error| match error {
                PublishError::Closed(request) => AskError::Closed(request.question),
                PublishError::Full(request) | PublishError::NoTopic(request) => AskError::Full(request.question),
            })?;
            open.insert(id, wait, asker);
        } else {
            let answer = Answer { id, asker, outcome: Err(NoAnswer::NoResponders) };
            match self.answers.publish(answer) {
                Ok(_) => {}
                Err(PublishError::Closed(_)) => return Err(AskError::Closed(question)),
                Err(PublishError::Full(_) | PublishError::NoTopic(_)) => return Err(AskError::Full(question)),
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
    /// Sets the deadlines of new questions, and answers those whose deadline has passed. Returns the next deadline.
    fn run(&self, now: Timestamp) -> Timestamp {
        loop {
            let first = self.open().set_deadlines(now + self.timeout);
            match first {
                None => return Timestamp::MAX,
                Some((deadline, _)) if deadline > now => return deadline,
                Some((_, id)) => match self.answer(id, Err(NoAnswer::TimedOut)) {
                    Ok(_) => {}
                    // There can be no answer any more.
                    Err(PublishError::Closed(_)) => self.open().remove(id),
                    // The topic of answers is full. The question is still open, and is tried again.
                    Err(_) => return now + Duration::from_millis(1),
                },
            }
        }
    }

    fn due(&self, now: Timestamp) -> Timestamp {
        let open = self.open();
        let is_waiting = open.undated.iter().any(|id| open.waiting.contains_key(id));
        let undated = is_waiting.then(|| now + self.timeout);
        let first = open.deadlines.first().map(|(deadline, _)| *deadline);
        first.into_iter().chain(undated).min().unwrap_or(Timestamp::MAX)
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
    /// comes after the timeout at the latest. That counts from the delivery that is running or is the next one.
    ///
    /// # Errors
    /// [`AskError`], with the question, if too many questions are open, or the topic of questions or that of answers is
    /// full or closed.
    pub fn ask(&self, asker: impl Into<Cow<'static, str>>, question: Q) -> Result<u64, AskError<Q>> {
        self.requests.0.ask(asker.into(), question, Wait::Timeout)
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
    ) -> Result<u64, AskError<Q>> {
        self.requests.0.ask(asker.into(), question, Wait::Until(deadline))
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
