//! The text of the inspector: the last drops, and the counters of every topic and group of the bus.

use std::iter;

use bevy_ecs::prelude::*;

use crate::ports::timestamp;
use crate::world::Inspector;
use blockers_event_bus::WorldBusExt;

/// Returns the text at this time, in milliseconds; `None` while the inspector is closed.
#[must_use]
pub fn text(world: &World, now: f64) -> Option<String> {
    let inspector = world.get_resource::<Inspector>()?;
    let mut lines: Vec<String> = inspector.drops.iter().cloned().chain(iter::once(String::new())).collect();
    // Each line of the table has 45 characters, which fit on a phone.
    lines.push(format!("{:<21}{:>12}{:>12}", "topic", "published", "depth"));
    lines.push(format!("{:<21}{:>6}{:>6}{:>6}{:>6}", "  group", "acked", "fail", "dead", "lag"));
    for topic in world.topic_reports(timestamp(now)) {
        lines.push(format!("{:<21}{:>12}{:>12}", topic.name, topic.stats.published, topic.stats.len));
        for group in topic.groups {
            let (name, stats) = (format!("  {}", group.name), group.stats);
            lines.push(format!("{name:<21}{:>6}{:>6}{:>6}{:>6}", stats.acked, stats.failed, stats.dead, stats.lag));
        }
    }
    Some(lines.join("\n"))
}
