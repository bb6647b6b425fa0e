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
    /// `pointercancel`: no more events of this press will follow.
    Cancel,
    /// `lostpointercapture`: events of this press may go elsewhere.
    Lost,
}

/// The pointers whose main button went down here and is still down.
#[derive(Default, Debug)]
pub struct MainButtons(Vec<Press>);

/// The main button of a pointer is down.
#[derive(Clone, Copy, Debug)]
struct Press {
    pointer: i32,
    /// Whether another button was down, too. When that goes up, Chromium lets go of the capture, which then means
    /// nothing.
    shared: bool,
}

impl MainButtons {
    /// Returns what the main button did with this event, and remembers it. Other buttons do nothing, and neither does a
    /// pointer that was pressed elsewhere.
    pub fn after(&mut self, event: ButtonEvent) -> impl Iterator<Item = PointerPhase> + use<> {
        let ButtonEvent { signal, pointer, kind, button, buttons } = event;
        let press = self.0.iter().position(|press| press.pointer == pointer).map(|n| self.0.swap_remove(n));
        // A finger moves only while it is down.
        let is_down = kind == PointerKind::Touch || buttons & 1 != 0;
        let is_main = button == 0;
        // If the first button goes down while the main one is thought to be down, its release was missed.
        let missed = press.filter(|_| signal == Signal::Down).map(|_| PointerPhase::Cancelled);
        let phase = match (signal, press) {
            (Signal::Down, _) => is_main.then_some(PointerPhase::Pressed),
            (Signal::Move, None) => (is_main && is_down).then_some(PointerPhase::Pressed),
            (Signal::Move, Some(_)) if is_down => Some(PointerPhase::Moved),
            // If all buttons are up, there was a `pointerup`, but it was not sent here. It is unknown where it was.
            (Signal::Move, Some(_)) if buttons == 0 => Some(PointerPhase::Cancelled),
            (Signal::Move, Some(_)) => Some(PointerPhase::Released),
            (Signal::Up, Some(_)) if is_main => Some(PointerPhase::Released),
            (Signal::Lost, Some(Press { shared: true, .. })) => None,
            (Signal::Up | Signal::Cancel | Signal::Lost, Some(_)) => Some(PointerPhase::Cancelled),
            (Signal::Up | Signal::Cancel | Signal::Lost, None) => None,
        };
        let others = buttons & !1 != 0;
        self.0.extend(match phase {
            Some(PointerPhase::Pressed) => Some(Press { pointer, shared: others }),
            Some(PointerPhase::Moved) => press.map(|press| Press { shared: press.shared || others, ..press }),
            None if signal == Signal::Lost => press,
            _ => None,
        });
        missed.into_iter().chain(phase)
    }

    /// Returns `true` if the main button of this pointer went down here and is still down.
    #[must_use]
    pub fn is_down(&self, pointer: i32) -> bool {
        self.0.iter().any(|press| press.pointer == pointer)
    }
}
