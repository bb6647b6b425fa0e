//! Request and reply: questions on one topic, answers on another, matched by a correlation id.
//!
//! Each question gets exactly one [`Answer`]: a reply, a timeout, or that there are no responders.

use std::fmt;

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemParam;

use super::error::WiringError;
use super::registry::Bus;
use super::retention::Discard;
use super::subscription::check;
use super::topic::{Event, Full, Topic};
use super::world::BusExt;

/// A question, as published to its topic.
#[derive(Clone, PartialEq, Debug)]
pub struct Request<Q> {
    /// The correlation id. The answer has the same.
    pub id: u64,
    /// The question.
    pub question: Q,
}

/// The answer to a question.
#[derive(Clone, PartialEq, Debug)]
pub struct Answer<A> {
    /// The correlation id of the question.
    pub id: u64,
    /// The reply, or why there is none.
    pub outcome: Result<A, NoAnswer>,
}

/// Why a question has no reply.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoAnswer {
    /// There was no reply before the deadline.
    TimedOut,
    /// No group is subscribed to these questions.
    NoResponders,
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TimedOut => "no reply before the deadline",
            Self::NoResponders => "no responders",
        })
    }
}

/// The questions of one kind that wait for an answer.
#[derive(Resource)]
struct Open<Q: Event, A: Event> {
    next_id: u64,
    /// Correlation ids and deadlines.
    waiting: Vec<(u64, u64)>,
    kinds: std::marker::PhantomData<fn(Q) -> A>,
}

/// A system parameter that asks questions of one kind.
#[derive(SystemParam)]
pub struct Requester<'w, Q: Event, A: Event> {
    open: ResMut<'w, Open<Q, A>>,
    requests: Res<'w, Topic<Request<Q>>>,
    answers: Res<'w, Topic<Answer<A>>>,
}

impl<Q: Event, A: Event> Requester<'_, Q, A> {
    /// Asks a question. Returns the correlation id of the answer, which comes at `deadline` at the latest, in
    /// milliseconds on the bus's clock.
    ///
    /// # Errors
    /// [`Full`] if the topic of questions or that of answers is full. Then the question is not asked.
    pub fn ask(&mut self, question: Q, deadline: u64) -> Result<u64, Full> {
        let id = self.open.next_id;
        if self.requests.has_groups() {
            self.requests.publish(Request { id, question })?;
            self.open.waiting.push((id, deadline));
        } else {
            self.answers.publish(Answer { id, outcome: Err(NoAnswer::NoResponders) })?;
        }
        self.open.next_id += 1;
        Ok(id)
    }
}

/// A system parameter that replies to questions of one kind.
#[derive(SystemParam)]
pub struct Replier<'w, Q: Event, A: Event> {
    open: ResMut<'w, Open<Q, A>>,
    answers: Res<'w, Topic<Answer<A>>>,
}

impl<Q: Event, A: Event> Replier<'_, Q, A> {
    /// Replies to a question. Returns `true` if the reply counts: it is the first, and in time.
    ///
    /// # Errors
    /// [`Full`] if the topic of answers is full. Then the question is still open.
    pub fn reply(&mut self, id: u64, answer: A) -> Result<bool, Full> {
        let Some(place) = self.open.waiting.iter().position(|(open, _)| *open == id) else { return Ok(false) };
        self.answers.publish(Answer { id, outcome: Ok(answer) })?;
        self.open.waiting.swap_remove(place);
        Ok(true)
    }
}

/// Request and reply on a `World`.
pub trait RequestExt {
    /// Creates the topics for the questions of one kind and their answers, `NAME.request` and `NAME.answer`. Each
    /// retains 1024 events. A question that exceeds them is refused.
    ///
    /// # Errors
    /// [`WiringError::TopicExists`] if one of the types already has a topic, or a name is taken.
    fn add_requests<Q: Event + Clone, A: Event + Clone>(&mut self, name: &str) -> Result<(), WiringError>;
}

impl RequestExt for World {
    fn add_requests<Q: Event + Clone, A: Event + Clone>(&mut self, name: &str) -> Result<(), WiringError> {
        let (questions, answers) = (format!("{name}.request"), format!("{name}.answer"));
        check::<Answer<A>>(self, &answers)?;
        self.add_topic::<Request<Q>>(questions).discard(Discard::New).create()?;
        self.add_topic::<Answer<A>>(answers).create()?;
        self.insert_resource(Open::<Q, A> { next_id: 0, waiting: Vec::new(), kinds: std::marker::PhantomData });
        self.resource::<Bus>().add_chore(time_out::<Q, A>);
        Ok(())
    }
}

/// Answers the questions whose deadline has passed. Returns the next deadline, `u64::MAX` if there is none.
fn time_out<Q: Event, A: Event>(world: &mut World, now: u64) -> u64 {
    let Some(mut open) = world.get_resource_mut::<Open<Q, A>>() else { return u64::MAX };
    let mut late: Vec<u64> = Vec::new();
    open.waiting.retain(|&(id, deadline)| {
        let waits = deadline > now;
        late.extend((!waits).then_some(id));
        waits
    });
    let next = open.waiting.iter().map(|&(_, deadline)| deadline).min().unwrap_or(u64::MAX);
    if let Some(answers) = world.get_resource::<Topic<Answer<A>>>() {
        for id in late {
            // A full topic counts what it refuses.
            let _ = answers.publish(Answer { id, outcome: Err(NoAnswer::TimedOut) });
        }
    }
    next
}
