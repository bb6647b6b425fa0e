//! Which pointers act on the shape that the keyboard holds.

use bevy_ecs::prelude::*;

use crate::events::PointerKind;
use blockers_rules::Slot;

/// The state of these pointers.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct Leading {
    /// The pointer that moves the held shape over the board: its id and its kind.
    pub by: Option<(i32, PointerKind)>,
    /// The kind of the pointer that has tapped the held shape; `None` if a key has chosen it.
    pub tapped_by: Option<PointerKind>,
    /// The last shape that a press has put back, and the `seq` of that press. If it becomes a tap on that shape, the
    /// tap does not pick the shape up again.
    pub put_back: Option<(Slot, u64)>,
}
