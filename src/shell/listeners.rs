//! The listeners of the program.

use js_sys::futures::{JsFuture, spawn_local};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, EventTarget, HtmlElement, HtmlInputElement, Window, console};

use super::Shell;
use super::buttons::{DIALOGS, buttons, keys};
use crate::events::{
    BackupCommand, Command, GameCommand, KeyEvent, PanelCommand, PointerEvent, ReplayCommand, SoundCommand,
};
use crate::input::browser::{self, Interruption, Listener};
use crate::ports::web::audio::WebAudio;
use crate::records::backup;
use crate::view::page::element;
use crate::view::page::menu::typed_seed;
use crate::view::page::settings::{chosen, field};
use crate::view::page::tray;
use crate::words;
use crate::world::Settings;
use blockers_rules::SLOTS;

impl Shell {
    /// Binds every listener.
    ///
    /// # Errors
    /// The page lacks an element.
    pub(super) fn listen(&self, document: &Document, audio: &WebAudio) -> Result<Vec<Listener>, JsValue> {
        let (window, stage) = {
            let inner = self.0.borrow();
            (inner.window.clone(), inner.stage.clone())
        };
        let mut listeners = browser::install_pointers(&stage, self.clone().publisher())?;
        listeners.extend(self.listen_to_keys(&window, document)?);
        listeners.extend(self.listen_to_buttons(document)?);
        listeners.extend(self.listen_to_notices(&window, document)?);
        listeners.extend(self.listen_to_fields(document)?);
        listeners.extend(self.listen_to_import(document)?);
        let audio = audio.clone();
        let gestures = ["pointerdown", "pointerup", "keydown"];
        listeners.extend(browser::install_calls(&window, &gestures, move || audio.unlock())?);
        listeners.extend(self.listen_to_window(&window)?);
        listeners.extend(self.listen_to_canvases(&window, document)?);
        Ok(listeners)
    }

    /// Binds an action to an event.
    fn bind(
        &self,
        target: &EventTarget,
        kind: &'static str,
        action: impl Fn(&Self) + 'static,
    ) -> Result<Listener, JsValue> {
        let shell = self.clone();
        Listener::new(target, kind, move |_| action(&shell))
    }

    /// Binds the keys that interrupt a drag, those that move a shape, and the shortcuts; and the activations by a
    /// screen reader, which do the same as keys.
    fn listen_to_keys(&self, window: &Window, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let shell = self.clone();
        let mut listeners = browser::install_interruptions(window, move |interruption| {
            // Escape closes an open panel, and does nothing else then.
            if interruption == Interruption::Blur || !shell.is_covered() {
                shell.publish(KeyEvent::Interrupted);
            }
            shell.publish(PointerEvent::Interrupted);
        })?;
        let slots: [Element; SLOTS] = tray::slots(document)?;
        let (shell, other) = (self.clone(), self.clone());
        let on_key = move |meaning| shell.handle_key(meaning);
        listeners.push(browser::install_keys(window, slots.clone(), move || other.has_shortcuts(), on_key)?);
        let (stage, cells) = {
            let inner = self.0.borrow();
            (inner.stage.clone(), inner.page.cells().to_vec())
        };
        let shell = self.clone();
        listeners.push(browser::install_activations(&stage, slots, cells, move |meaning| shell.handle_key(meaning))?);
        for (key, command) in keys() {
            let shell = self.clone();
            let press = move || (!key.is_character() || shell.has_shortcuts()) && shell.press(command.clone());
            listeners.push(browser::install_key(window, key, press)?);
        }
        Ok(listeners)
    }

    /// Binds the buttons and the dialogs.
    fn listen_to_buttons(&self, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let mut listeners = Vec::new();
        for (id, command) in buttons() {
            listeners.push(self.bind(&element(document, id)?, "click", move |shell| shell.command(command.clone()))?);
        }
        for id in DIALOGS {
            let dialog: Element = element(document, id)?;
            listeners.push(self.bind(&dialog, "close", Self::follow_dialog)?);
            let shell = self.clone();
            listeners.extend(browser::install_dismissal(&dialog, move || shell.command(PanelCommand::Close))?);
        }
        Ok(listeners)
    }

    /// Binds the notices.
    fn listen_to_notices(&self, window: &Window, document: &Document) -> Result<[Listener; 2], JsValue> {
        let close = self.bind(&element(document, "notice-close")?, "click", |shell| {
            if let Err(error) = shell.0.borrow().page.close_notices() {
                console::error_1(&error);
            }
        })?;
        let window = window.clone();
        // A mouse that has selected a part of a link, to copy it, must not open it.
        let select = Listener::new(&element(document, "notice-text")?, "click", move |event| {
            if window.get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed()) {
                event.prevent_default();
            }
        })?;
        Ok([close, select])
    }

    /// Binds the field for a seed, the settings, and the sliders.
    fn listen_to_fields(&self, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let seed: HtmlInputElement = element(document, "seed")?;
        let seed_error: HtmlElement = element(document, "no-seed")?;
        let shell = self.clone();
        let mut listeners = vec![Listener::new(&element(document, "seed-form")?, "submit", move |event| {
            event.prevent_default();
            match typed_seed(&seed.value()) {
                Some(wanted) => shell.command(GameCommand::Request(wanted)),
                None => seed_error.set_text_content(Some(&words::no_seed(&seed.value()))),
            }
        })?];
        for setting in Settings::default().all() {
            let (key, _) = setting.texts();
            let parent = document.clone();
            listeners.push(self.bind(&element(document, &field(key))?, "change", move |shell| {
                if let Some(setting) = chosen(&parent, key) {
                    shell.command(Command::ChangeSetting(setting));
                }
            })?);
        }
        for id in ["volume", "settings-volume"] {
            let slider: HtmlInputElement = element(document, id)?;
            listeners.push(self.bind(&slider.clone(), "input", move |shell| {
                shell.command(SoundCommand::SetVolume(slider.value_as_number() as f32 / 100.0));
            })?);
        }
        let bar: HtmlInputElement = element(document, "replay-bar")?;
        listeners.push(self.bind(&bar.clone(), "input", move |shell| {
            shell.command(ReplayCommand::Seek(bar.value().parse().unwrap_or(0)));
        })?);
        Ok(listeners)
    }

    /// Binds the import of a file: a button opens the file dialog of a hidden field.
    fn listen_to_import(&self, document: &Document) -> Result<[Listener; 2], JsValue> {
        let files: HtmlInputElement = element(document, "import-file")?;
        let field = files.clone();
        let open = self.bind(&element(document, "import")?, "click", move |_| field.click())?;
        let import = self.bind(&files.clone(), "change", move |shell| {
            let Some(file) = files.files().and_then(|files| files.get(0)) else { return };
            // Without this, choosing the same file again would fire no event.
            files.set_value("");
            if let Err(error) = backup::check_size(file.size() as usize) {
                return shell.command(BackupCommand::RefuseImport(error));
            }
            let shell = shell.clone();
            spawn_local(async move {
                // A file that cannot be read is refused in the same way as an invalid backup.
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
                shell.command(BackupCommand::Import(text));
            });
        })?;
        Ok([open, import])
    }

    /// Binds what happens to the window: another address, another size, other preferences of the system.
    fn listen_to_window(&self, window: &Window) -> Result<Vec<Listener>, JsValue> {
        let mut listeners = vec![
            self.bind(window, "hashchange", Self::open_link)?,
            self.bind(window, "resize", Self::resize)?,
            self.bind(window, "languagechange", Self::follow_system)?,
        ];
        let queries: Vec<_> = self.0.borrow().system.queries().collect();
        for query in queries {
            listeners.push(self.bind(&query, "change", Self::follow_system)?);
        }
        Ok(listeners)
    }

    /// Binds what may empty a canvas. The graphics process can end at any time, and some systems take the memory of a
    /// page in the background without an event of the canvas.
    fn listen_to_canvases(&self, window: &Window, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let (table, dialogs) = {
            let inner = self.0.borrow();
            (inner.surface.elements(), inner.page.canvases())
        };
        let mut listeners = vec![self.bind(window, "pageshow", Self::redraw)?];
        let page = document.clone();
        listeners.push(self.bind(document, "visibilitychange", move |shell| {
            if !page.hidden() {
                shell.redraw();
            }
        })?);
        for canvas in table.iter().chain(&dialogs) {
            for kind in ["contextlost", "contextrestored"] {
                listeners.push(self.bind(canvas, kind, Self::redraw)?);
            }
        }
        Ok(listeners)
    }
}
