//! The text of the inspector: the counters of every topic and group of the bus, and the last drops.

use bevy_ecs::prelude::*;

use crate::world::Inspector;
use blockers_event_bus::{Timestamp, WorldBusExt};

/// Returns the text at this time, in milliseconds; `None` while the inspector is closed.
#[must_use]
pub fn text(world: &World, now: f64) -> Option<String> {
    let inspector = world.get_resource::<Inspector>()?;
    let mut lines = vec![format!(
        "{:<22}{:>9}{:>7}{:>7}{:>6}{:>6}{:>6}",
        "topic / group", "published", "depth", "acked", "fail", "dead", "lag"
    )];
    for topic in world.topic_reports(Timestamp::from_millis(now.max(0.0) as u64)) {
        lines.push(format!("{:<22}{:>9}{:>7}", topic.name, topic.stats.published, topic.stats.len));
        for group in topic.groups {
            let (name, stats) = (format!("  {}", group.name), group.stats);
            lines.push(format!("{name:<38}{:>7}{:>6}{:>6}{:>6}", stats.acked, stats.failed, stats.dead, stats.lag));
        }
    }
    lines.push(String::new());
    lines.extend(inspector.drops.iter().cloned());
    Some(lines.join("\n"))
}
