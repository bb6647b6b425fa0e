//! Finds out what the main button of a pointer does: the left button of a mouse, the tip of a pen, or a finger.
//!
//! The browser sends `pointerdown` only for the first button that goes down and `pointerup` only for the last one that
//! goes up. In between, buttons change with `pointermove`. So each event is compared with what was known before.

use crate::events::{PointerKind, PointerPhase};

/// An event of a pointer, as the browser describes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ButtonEvent {
    /// The kind of event.
    pub signal: Signal,
    /// The browser's id of the pointer.
    pub pointer: i32,
    /// The kind of pointer.
    pub kind: PointerKind,
    /// The button that changed: 0 is the main one, and -1 is none.
    pub button: i16,
    /// The buttons that are down now, one bit each; the lowest bit is the main one.
    pub buttons: u16,
}

/// The kind of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Signal {
    /// `pointerdown`.
    Down,
    /// `pointermove`.
    Move,
    /// `pointerup`.
    Up,
    /// `pointercancel` or `lostpointercapture`: no more events of this press will follow.
    Lost,
}

/// The pointers whose main button went down here and is still down.
#[derive(Default, Debug)]
pub struct MainButtons(Vec<i32>);

impl MainButtons {
    /// Returns what the main button did with this event, and remembers it. Other buttons do nothing, and neither does a
    /// pointer that was pressed elsewhere.
    pub fn after(&mut self, event: ButtonEvent) -> impl Iterator<Item = PointerPhase> + use<> {
        let ButtonEvent { signal, pointer, kind, button, buttons } = event;
        let was_down = self.0.contains(&pointer);
        // A finger moves only while it is down.
        let is_down = kind == PointerKind::Touch || buttons & 1 != 0;
        let is_main = button == 0;
        // If the first button goes down while the main one is thought to be down, its release was missed.
        let missed = (was_down && signal == Signal::Down).then_some(PointerPhase::Cancelled);
        let phase = match (signal, was_down) {
            (Signal::Down, _) => is_main.then_some(PointerPhase::Pressed),
            (Signal::Move, false) => (is_main && is_down).then_some(PointerPhase::Pressed),
            (Signal::Move, true) if is_down => Some(PointerPhase::Moved),
            // If all buttons are up, there was a `pointerup`, but it was not sent here. It is unknown where it happened.
            (Signal::Move, true) if buttons == 0 => Some(PointerPhase::Cancelled),
            (Signal::Move, true) => Some(PointerPhase::Released),
            (Signal::Up, true) if is_main => Some(PointerPhase::Released),
            (Signal::Up | Signal::Lost, true) => Some(PointerPhase::Cancelled),
            (Signal::Up | Signal::Lost, false) => None,
        };
        if missed.is_some() || phase.is_some_and(|phase| phase != PointerPhase::Moved) {
            self.0.retain(|&down| down != pointer);
        }
        if phase == Some(PointerPhase::Pressed) {
            self.0.push(pointer);
        }
        missed.into_iter().chain(phase)
    }
}
