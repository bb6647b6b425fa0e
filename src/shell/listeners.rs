//! What the program listens to in its page.

use js_sys::futures::{JsFuture, spawn_local};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Element, HtmlElement, HtmlInputElement, Window, console};

use super::Shell;
use super::buttons::{DIALOGS, buttons, keys};
use crate::events::{CommandEvent, KeyEvent, PointerEvent, ReplayControl};
use crate::input::browser::{self, Interruption, Listener};
use crate::ports::web::audio::WebAudio;
use crate::records::backup;
use crate::rules::SLOTS;
use crate::view::page::element;
use crate::view::page::menu::typed_seed;
use crate::view::page::settings::{chosen, field};
use crate::words;
use crate::world::Settings;

impl Shell {
    /// Every listener of the program.
    pub(super) fn listen(&self, document: &Document, audio: &WebAudio) -> Result<Vec<Listener>, JsValue> {
        let (window, stage) = {
            let inner = self.0.borrow();
            (inner.window.clone(), inner.stage.clone())
        };
        let shell = || self.clone();
        let mut listeners = browser::install_pointers(&stage, shell().publisher())?;
        listeners.extend(self.listen_to_keys(&window, document)?);
        for (id, command) in buttons() {
            let shell = shell();
            let press = move || shell.publish(command.clone());
            listeners.extend(browser::install_calls(&element(document, id)?, &["click"], press)?);
        }
        for id in DIALOGS {
            let closed = shell();
            let close = move || closed.publish(CommandEvent::PanelClosed);
            listeners.extend(browser::install_calls(&element(document, id)?, &["cancel"], close)?);
        }
        listeners.extend(self.listen_to_inputs(document)?);
        let linked = shell();
        let open_link = move || linked.open_link();
        listeners.extend(browser::install_calls(&window, &["hashchange"], open_link)?);
        for id in ["volume", "settings-volume"] {
            let slider: HtmlInputElement = element(document, id)?;
            let (value, to) = (slider.clone(), shell());
            listeners.extend(browser::install_calls(&slider, &["input"], move || {
                to.publish(CommandEvent::VolumeSet(value.value_as_number() as f32 / 100.0));
            })?);
        }
        let (text, close) = (element::<HtmlElement>(document, "notice-text")?, element(document, "notice-close")?);
        let closing = shell();
        listeners.extend(browser::install_calls(&close, &["click"], move || {
            text.set_text_content(None);
            if let Err(error) = closing.0.borrow().page.take_focus() {
                console::error_1(&error);
            }
        })?);
        let to_unlock = audio.clone();
        let unlocking = ["pointerdown", "pointerup", "keydown"];
        listeners.extend(browser::install_calls(&window, &unlocking, move || to_unlock.unlock())?);
        let resized = shell();
        listeners.extend(browser::install_calls(&window, &["resize"], move || resized.resize())?);
        let queries: Vec<_> = self.0.borrow().system.queries().collect();
        let spoken = shell();
        listeners.extend(browser::install_calls(&window, &["languagechange"], move || spoken.follow_system())?);
        for query in queries {
            let changed = shell();
            listeners.extend(browser::install_calls(&query, &["change"], move || changed.follow_system())?);
        }
        Ok(listeners)
    }

    /// The keys: those that break a drag off, those that lead the hand, and those that stand for a button; and what leads the hand
    /// as keys do.
    fn listen_to_keys(&self, window: &Window, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let shell = self.clone();
        let mut listeners = browser::install_interruptions(window, move |interruption| {
            // Escape closes what is open over the table, and that is all.
            if interruption == Interruption::Blur || !shell.is_covered() {
                shell.publish(KeyEvent::Interrupted);
            }
            shell.publish(PointerEvent::interruption());
        })?;
        let shapes: [Element; SLOTS] =
            [element(document, "slot-1")?, element(document, "slot-2")?, element(document, "slot-3")?];
        let shell = self.clone();
        listeners.push(browser::install_keys(window, shapes.clone(), move |meaning| shell.take(meaning))?);
        let (stage, cells) = {
            let inner = self.0.borrow();
            (inner.stage.clone(), inner.page.cells().to_vec())
        };
        let shell = self.clone();
        listeners.push(browser::install_activations(&stage, shapes, cells, move |meaning| shell.take(meaning))?);
        for (key, command) in keys() {
            let shell = self.clone();
            listeners.push(browser::install_key(window, key, move || shell.press(command.clone()))?);
        }
        Ok(listeners)
    }

    /// The fields that are typed into, chosen from or dragged.
    fn listen_to_inputs(&self, document: &Document) -> Result<Vec<Listener>, JsValue> {
        let seed: HtmlInputElement = element(document, "seed")?;
        let refusal: HtmlElement = element(document, "no-seed")?;
        let shell = self.clone();
        let mut listeners = vec![Listener::new(&element(document, "seed-form")?, "submit", move |event| {
            event.prevent_default();
            match typed_seed(&seed.value()) {
                Some(wanted) => shell.publish(CommandEvent::GameRequested(wanted)),
                None => refusal.set_text_content(Some(&words::no_seed(&seed.value()))),
            }
        })?];
        for setting in Settings::default().all() {
            let (key, _) = setting.texts();
            let (document, shell) = (document.clone(), self.clone());
            listeners.extend(browser::install_calls(&element(&document, &field(key))?, &["change"], move || {
                if let Some(setting) = chosen(&document, key) {
                    shell.publish(CommandEvent::SettingChosen(setting));
                }
            })?);
        }
        let bar: HtmlInputElement = element(document, "replay-bar")?;
        let (place, shell) = (bar.clone(), self.clone());
        listeners.extend(browser::install_calls(&bar, &["input"], move || {
            shell.publish(CommandEvent::Replay(ReplayControl::Seek(place.value().parse().unwrap_or(0))));
        })?);
        let files: HtmlInputElement = element(document, "import-file")?;
        let open = files.clone();
        listeners.extend(browser::install_calls(&element(document, "import")?, &["click"], move || open.click())?);
        let (chosen, shell) = (files.clone(), self.clone());
        listeners.extend(browser::install_calls(&files, &["change"], move || {
            let Some(file) = chosen.files().and_then(|files| files.get(0)) else { return };
            // The same file can be chosen again.
            chosen.set_value("");
            if let Err(error) = backup::check_size(file.size() as usize) {
                return shell.publish(CommandEvent::ImportRefused(error));
            }
            let shell = shell.clone();
            spawn_local(async move {
                // What cannot be read is no backup, and is refused as such.
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string()).unwrap_or_default();
                shell.publish(CommandEvent::ImportRequested(text));
            });
        })?);
        Ok(listeners)
    }
}
