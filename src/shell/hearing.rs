//! What becomes of what a listener hears, where it is more than an event for the bus.

use web_sys::console;

use super::{Shell, address, viewport};
use crate::events::CommandEvent;
use crate::input::browser;
use crate::input::keys::Meaning;
use crate::words;
use crate::world::layout::Layout;
use crate::world::{OpenPanel, Play, Settings};

impl Shell {
    /// Shows the game of the address, if another one was put there.
    pub(super) fn open_link(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            if let Some(link) = address::link(&inner.window) {
                inner.address_has_link = true;
                if let Err(error) = inner.app.open(&link) {
                    console::error_1(&error.to_string().into());
                }
            }
        }
        self.wake();
    }

    /// A key was pressed that stands for a button. A replay has buttons of its own, and none for another game. Returns whether it is
    /// taken.
    pub(super) fn press(&self, command: CommandEvent) -> bool {
        let replaying = !self.0.borrow().app.world().resource::<Play>().is_live();
        let hidden = replaying && matches!(command, CommandEvent::GameRequested(_));
        if hidden || self.is_covered() {
            return false;
        }
        if command == CommandEvent::MuteToggled {
            self.0.borrow_mut().page.switching_by_key();
        }
        self.publish(command);
        true
    }

    /// A key was pressed that means something to the table. Returns whether it is taken.
    pub(super) fn take(&self, meaning: Meaning) -> bool {
        if self.is_covered() {
            return false;
        }
        match meaning {
            Meaning::Hand(event) => self.publish(event),
            Meaning::Focus(slot) => {
                if let Err(error) = self.0.borrow().page.focus(slot) {
                    console::error_1(&error);
                }
            }
        }
        true
    }

    /// What is open over the table has the keys for itself.
    pub(super) fn is_covered(&self) -> bool {
        self.0.borrow().app.world().resource::<OpenPanel>().0.is_some()
    }

    pub(super) fn resize(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let viewport = viewport(&inner.window, &inner.stage);
            if inner.app.world().resource::<Layout>().viewport == viewport {
                return;
            }
            if let Err(error) = inner.app.resize(viewport) {
                console::error_1(&error.to_string().into());
            }
        }
        self.wake();
    }

    /// Listens for another pixel ratio than the present one: a window that is dragged to another screen keeps its size, and no
    /// event says that it has to be drawn anew.
    pub(super) fn watch_sharpness(&self) {
        let (window, ratio) = {
            let inner = self.0.borrow();
            let ratio = inner.window.device_pixel_ratio();
            if inner.sharpness.as_ref().is_some_and(|(watched, _)| *watched == ratio) {
                return;
            }
            (inner.window.clone(), ratio)
        };
        let changed = self.clone();
        let listeners = window
            .match_media(&format!("(resolution: {ratio}dppx)"))
            .ok()
            .flatten()
            .and_then(|query| browser::install_calls(&query, &["change"], move || changed.resize()).ok());
        // The one before is dropped here, in a frame, and not while it is called.
        self.0.borrow_mut().sharpness = Some((ratio, listeners.unwrap_or_default()));
    }

    /// The player's system asks for something else.
    pub(super) fn follow_system(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let wishes = inner.system.wishes();
            let world = inner.app.world_mut();
            world.insert_resource(wishes);
            words::speak(world.resource::<Settings>().spoken(wishes));
        }
        self.wake();
    }
}
