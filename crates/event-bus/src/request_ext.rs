//! Builds the topics of requests, and asks from outside of a system.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy_ecs::prelude::*;

use crate::bus::Bus;
use crate::engine::config::{DiscardPolicy, TopicConfig};
use crate::error::{AskError, WiringError};
use crate::request::{Answer, Request, Requests, Shared, Wait};
use crate::subscription::{AtLeastOnce, Subscription};
use crate::topic_builder::{TopicBuilder, check};

/// Builds the topics of a kind of requests. [`RequestsBuilder::create`] completes them.
#[must_use = "the topics do not exist before `create`"]
pub struct RequestsBuilder<'w, Q, A> {
    world: &'w mut World,
    name: String,
    limit: usize,
    timeout: Duration,
    kinds: PhantomData<fn(Q) -> A>,
}

impl<Q, A> fmt::Debug for RequestsBuilder<'_, Q, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestsBuilder").field("name", &self.name).finish_non_exhaustive()
    }
}

impl<Q: Send + Sync + 'static, A: Send + Sync + 'static> RequestsBuilder<'_, Q, A> {
    /// Lets at most this many questions be open, and retains as many. Further ones are refused. The default is 1024. As
    /// many answers are retained, and more while an asker is not done with them.
    pub fn max_len(mut self, questions: usize) -> Self {
        self.limit = questions;
        self
    }

    /// Sets how long a question waits for its reply, unless its asker sets a deadline. The default is a second.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Creates the topics `NAME.request` and `NAME.answer`.
    ///
    /// # Errors
    /// [`WiringError::EventHasTopic`] if the types already have topics, or [`WiringError::TopicExists`] if a name is
    /// taken.
    pub fn create(self) -> Result<(), WiringError> {
        let Self { world, name, limit, timeout, .. } = self;
        let (questions, answers) = (format!("{name}.request"), format!("{name}.answer"));
        check::<Answer<A>>(world, &answers)?;
        let requests = TopicBuilder::<Request<Q>>::new(world, questions.into());
        let requests = requests.max_len(limit).discard(DiscardPolicy::New).create()?;
        let answers = TopicBuilder::<Answer<A>>::new(world, answers.into());
        let answers = answers.max_len(limit).keep_until_done().create()?;
        let bus = world.resource::<Bus>();
        let open = Mutex::default();
        let shared = Arc::new(Shared { open, limit, timeout, requests, answers });
        bus.add_task(shared.clone());
        world.insert_resource(Requests(shared));
        Ok(())
    }
}

/// Request and reply on a `World`.
///
/// ```
/// use bevy_ecs::prelude::*;
/// use blockers_event_bus::prelude::*;
///
/// #[derive(Clone)]
/// struct Quote(u32);
/// #[derive(Clone)]
/// struct Price(u32);
/// #[derive(Resource, Default)]
/// struct Shown(Vec<u32>);
///
/// let mut world = World::new();
/// world.init_resource::<Shown>();
/// world.add_requests::<Quote, Price>("quote").create()?;
/// world.subscribe::<Request<Quote>>("carrier").handler(|batch: Batch<Request<Quote>>, prices: Replier<Quote, Price>| {
///     for request in batch {
///         prices.reply(request.id, Price(request.question.0 * 2))?;
///     }
///     HandlerResult::Ok(())
/// })?;
/// world.subscribe_answers::<Price>("shop").handler(|batch: Batch<Answer<Price>>, mut shown: ResMut<Shown>| {
///     shown.0.extend(batch.filter_map(|answer| answer.outcome.as_ref().ok().map(|price| price.0)));
/// })?;
/// world.ask::<Quote, Price>("shop", Quote(21))?;
/// world.ask::<Quote, Price>("somebody else", Quote(1))?;
/// world.deliver(Timestamp::ZERO);
/// assert_eq!(world.resource::<Shown>().0, [42]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait RequestExt {
    /// Starts to build the topics for the questions of one kind and their answers.
    fn add_requests<Q: Send + Sync + 'static, A: Send + Sync + 'static>(
        &mut self,
        name: impl Into<String>,
    ) -> RequestsBuilder<'_, Q, A>;

    /// Starts to build the subscription of a group that gets the answers to its own questions, and no others.
    ///
    /// It is at least once, so the topic of answers keeps each answer until the group is done with it. A consumer that
    /// pulls its answers must ack them. All askers share that topic, and each is called for its own answers only.
    fn subscribe_answers<A: Send + Sync + 'static>(
        &mut self,
        asker: impl Into<Cow<'static, str>>,
    ) -> Subscription<'_, Answer<A>, AtLeastOnce>;

    /// Asks a question from outside of a system. As [`Requester::ask`](crate::Requester::ask).
    ///
    /// # Errors
    /// As [`Requester::ask`](crate::Requester::ask); [`AskError::NoRequests`] if there are no requests of this kind.
    fn ask<Q: Send + Sync + 'static, A: Send + Sync + 'static>(
        &self,
        asker: impl Into<Cow<'static, str>>,
        question: Q,
    ) -> Result<u64, AskError<Q>>;
}

impl RequestExt for World {
    fn add_requests<Q: Send + Sync + 'static, A: Send + Sync + 'static>(
        &mut self,
        name: impl Into<String>,
    ) -> RequestsBuilder<'_, Q, A> {
        let timeout = Duration::from_secs(1);
        let kinds = PhantomData;
        RequestsBuilder { world: self, name: name.into(), limit: TopicConfig::LEN, timeout, kinds }
    }

    fn subscribe_answers<A: Send + Sync + 'static>(
        &mut self,
        asker: impl Into<Cow<'static, str>>,
    ) -> Subscription<'_, Answer<A>, AtLeastOnce> {
        let asker: Cow<'static, str> = asker.into();
        let name = asker.clone();
        Subscription::new(self, name).at_least_once().filter(move |answer: &Answer<A>| answer.asker == asker)
    }

    fn ask<Q: Send + Sync + 'static, A: Send + Sync + 'static>(
        &self,
        asker: impl Into<Cow<'static, str>>,
        question: Q,
    ) -> Result<u64, AskError<Q>> {
        match self.get_resource::<Requests<Q, A>>() {
            None => Err(AskError::NoRequests(question)),
            Some(Requests(shared)) => shared.ask(asker.into(), question, Wait::Timeout),
        }
    }
}
