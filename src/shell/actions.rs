//! What the listeners do, where it is more than to publish an event.

use js_sys::Number;
use web_sys::console;

use super::{Shell, WatchedRatio, address, viewport};
use crate::events::{Command, GameCommand, SoundCommand};
use crate::input::browser;
use crate::input::keys::Meaning;
use crate::words;
use crate::world::layout::Layout;
use crate::world::{OpenPanel, Play, Settings};

impl Shell {
    /// Replays the game of the address after a link was put there.
    pub(super) fn open_link(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            if let Some(link) = address::link(&inner.window) {
                inner.address.add_link();
                if let Err(error) = inner.app.open(&link) {
                    console::error_1(&error.to_string().into());
                }
            }
        }
        self.request_frame();
    }

    /// Returns `true` if single characters are shortcuts.
    pub(super) fn has_shortcuts(&self) -> bool {
        self.0.borrow().app.world().resource::<Settings>().shortcuts.is_on()
    }

    /// Runs the command of a shortcut. A replay has controls of its own, and none that starts another game. Returns
    /// `true` if the shortcut is used.
    pub(super) fn press(&self, command: Command) -> bool {
        let replaying = !self.0.borrow().app.world().resource::<Play>().is_live();
        let hidden = replaying && matches!(command, Command::Game(GameCommand::Request(_)));
        if hidden || self.is_covered() {
            return false;
        }
        if command == Command::from(SoundCommand::ToggleMute) {
            self.0.borrow_mut().page.switch_sound_by_key();
        }
        self.command(command);
        true
    }

    /// Handles a key of the table. Returns `true` if the key is used.
    pub(super) fn handle_key(&self, meaning: Meaning) -> bool {
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

    /// Closes the panel whose dialog the browser has closed: by Escape, by the back gesture of a device, or for a
    /// script. The frame runs at once, so that no key that follows is taken for a key of the panel.
    pub(super) fn follow_dialog(&self) {
        let closed = self.0.borrow_mut().follow_dialog();
        if closed {
            self.frame();
        }
    }

    /// Returns `true` if a panel is open. It then has all keys.
    pub(super) fn is_covered(&self) -> bool {
        self.0.borrow().app.world().resource::<OpenPanel>().0.is_some()
    }

    /// Lays everything out again if the size or the pixel ratio has changed.
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
        self.request_frame();
    }

    /// Draws everything again, because the browser may have emptied a canvas.
    pub(super) fn redraw(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            inner.painter.forget();
            inner.page.redraw();
        }
        self.wake();
    }

    /// Listens for a change of the pixel ratio. A window that is dragged to another screen keeps its size, so `resize`
    /// does not fire.
    pub(super) fn watch_pixel_ratio(&self) {
        let (window, ratio) = {
            let inner = self.0.borrow();
            let ratio = inner.window.device_pixel_ratio();
            if inner.pixel_ratio.as_ref().is_some_and(|watched| watched.ratio == ratio) {
                return;
            }
            (inner.window.clone(), ratio)
        };
        let changed = self.clone();
        let query = Number::from(ratio).to_string_with_radix(10).map(|ratio| format!("(resolution: {ratio}dppx)"));
        let listeners = query
            .and_then(|query| window.match_media(&query))
            .ok()
            .flatten()
            .and_then(|query| browser::install_calls(&query, &["change"], move || changed.resize()).ok());
        // This drops the previous listeners. It happens in a frame, so none of them is running.
        self.0.borrow_mut().pixel_ratio = Some(WatchedRatio { ratio, _listeners: listeners.unwrap_or_default() });
    }

    /// Applies the preferences of the system after a change.
    pub(super) fn follow_system(&self) {
        {
            let inner = &mut *self.0.borrow_mut();
            let preferences = inner.system.preferences();
            let world = inner.app.world_mut();
            world.insert_resource(preferences);
            words::speak(world.resource::<Settings>().spoken(preferences));
        }
        self.request_frame();
    }
}
