//! What most programs need. It has no name of `bevy_ecs::prelude`, so both can be imported.
//!
//! ```
//! use bevy_ecs::prelude::*;
//! use blockers_event_bus::prelude::*;
//! ```

pub use crate::{
    Answer, AskError, Backoff, Batch, Bus, Consumer, DeadLetter, Delivery, DeliveryOrder, DiscardPolicy, Envelope,
    ErrorKind, Failure, Group, GroupConfig, GroupStats, HandlerError, HandlerResult, Member, NoAnswer, PublishError,
    PublishOptions, Publisher, PullError, Puller, Reason, Replier, Request, RequestExt, Requester, StartAt, Timestamp,
    Topic, TopicConfig, TopicStats, WiringError, WorldBusExt,
};
