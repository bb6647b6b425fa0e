//! Handles on groups and their members, and snapshots of topics and groups.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use crate::engine::config::{GroupConfig, TopicConfig};
use crate::engine::stats::{GroupStats, TopicStats};
use crate::envelope::TopicId;

/// A handle on a group with handlers. It is never a handle on a later group of the same name.
pub struct Group<E> {
    pub(crate) name: Cow<'static, str>,
    pub(crate) id: u64,
    event: PhantomData<fn() -> E>,
}

impl<E> Group<E> {
    pub(crate) fn new(name: Cow<'static, str>, id: u64) -> Self {
        Self { name, id, event: PhantomData }
    }

    /// Returns the name of the group.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the member that the group was subscribed with.
    #[must_use]
    pub fn first_member(&self) -> Member<E> {
        Member { group: self.clone(), number: 0 }
    }
}

impl<E> Clone for Group<E> {
    fn clone(&self) -> Self {
        Self::new(self.name.clone(), self.id)
    }
}

impl<E> fmt::Debug for Group<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Group").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Two handles are equal if they are the same group.
impl<E> PartialEq for Group<E> {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.id == other.id
    }
}

impl<E> Eq for Group<E> {}

/// A handle on one handler of a group.
pub struct Member<E> {
    pub(crate) group: Group<E>,
    pub(crate) number: u64,
}

impl<E> Clone for Member<E> {
    fn clone(&self) -> Self {
        Self { group: self.group.clone(), number: self.number }
    }
}

/// Two handles are equal if they are the same member.
impl<E> PartialEq for Member<E> {
    fn eq(&self, other: &Self) -> bool {
        self.group == other.group && self.number == other.number
    }
}

impl<E> Eq for Member<E> {}

impl<E> fmt::Debug for Member<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Member").field("group", &self.group.name).field("number", &self.number).finish()
    }
}

/// A snapshot of a group.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the types describe the fields")]
#[non_exhaustive]
pub struct GroupReport {
    pub name: Cow<'static, str>,
    pub config: GroupConfig,
    pub stats: GroupStats,
}

/// A snapshot of a topic and its groups.
#[derive(Clone, PartialEq, Debug)]
#[expect(missing_docs, reason = "the types describe the fields; groups are in order of subscription")]
#[non_exhaustive]
pub struct TopicReport {
    pub name: Cow<'static, str>,
    pub id: TopicId,
    pub config: TopicConfig,
    pub stats: TopicStats,
    pub groups: Vec<GroupReport>,
}
