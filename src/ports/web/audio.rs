//! Sounds with the Web Audio API. Each note uses an oscillator and a gain node.
//!
//! An audio context that runs uses power even if nothing sounds. So there is none while the sound is muted, and it is
//! suspended while the page is hidden and after some seconds of silence. The next touch, key or sound resumes it.
//!
//! Some browsers have only a part of the API, or a privacy extension replaces parts of it. Then the game is silent.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, Document, GainNode, OscillatorType, Window};

use crate::ports::voices::{Note, Wave, notes};
use crate::ports::{Audio, Voice};

/// The time from the end of the last sound until the context is suspended, in seconds.
const SILENCE: f64 = 3.0;

/// The longest time that a sound waits for the context, in milliseconds. It is left out if the context runs later.
const PATIENCE: f64 = 300.0;

/// The sound output. Clones share it, so that the page can unlock the sound of the game.
#[derive(Clone)]
pub struct WebAudio(Rc<RefCell<Output>>);

struct Output {
    window: Window,
    document: Document,
    volume: f32,
    /// Whether there was a touch or a key. Before that, browsers do not allow sound.
    is_unlocked: bool,
    context: Option<(AudioContext, GainNode)>,
    /// Whether the context was suspended by the program.
    is_suspended: bool,
    /// The sounds that wait for the context, and since when, in milliseconds.
    waiting: Vec<(f64, Vec<Note>)>,
    /// The timer that suspends the context.
    timer: Option<i32>,
    /// Suspends the context.
    on_silence: Closure<dyn FnMut()>,
    /// Plays what waits, when the state of the context has changed.
    on_state: Closure<dyn FnMut(JsValue)>,
    /// Ignores that the context is not resumed. The next touch or key tries again.
    on_refused: Closure<dyn FnMut(JsValue)>,
}

impl WebAudio {
    /// Returns the sound output of a page. It is muted.
    #[must_use]
    pub fn new(window: &Window, document: &Document) -> Self {
        Self(Rc::new_cyclic(|output: &Weak<RefCell<Output>>| {
            let (silent, changed) = (output.clone(), output.clone());
            RefCell::new(Output {
                window: window.clone(),
                document: document.clone(),
                volume: 0.0,
                is_unlocked: false,
                context: None,
                is_suspended: false,
                waiting: Vec::new(),
                timer: None,
                on_silence: Closure::new(move || with(&silent, Output::suspend)),
                on_state: Closure::new(move |_| with(&changed, Output::play_waiting)),
                on_refused: Closure::new(|_| {}),
            })
        }))
    }

    /// Enables sound. Browsers allow this only while they handle a touch or a key, so it is called at each of those.
    pub fn unlock(&self) {
        let mut output = self.0.borrow_mut();
        output.is_unlocked = true;
        output.resume();
    }

    /// Saves power until the next touch, key or sound.
    pub fn suspend(&self) {
        self.0.borrow_mut().suspend();
    }
}

/// Changes the output, unless a call into the browser has called back at once.
fn with(output: &Weak<RefCell<Output>>, change: impl Fn(&mut Output)) {
    if let Some(output) = output.upgrade()
        && let Ok(mut output) = output.try_borrow_mut()
    {
        change(&mut output);
    }
}

impl Output {
    /// Creates the context, or resumes it, if a sound could be heard now.
    fn resume(&mut self) {
        if !self.is_unlocked || self.volume == 0.0 || self.document.hidden() {
            return;
        }
        if self.context.as_ref().is_none_or(|(context, _)| context.state() == AudioContextState::Closed) {
            self.context = self.open().ok();
        }
        if let Some((context, _)) = &self.context
            && (self.is_suspended || context.state() != AudioContextState::Running)
        {
            self.ignore_error(context.resume());
        }
        self.is_suspended = false;
        self.suspend_after(0.0);
    }

    fn open(&self) -> Result<(AudioContext, GainNode), JsValue> {
        let context = AudioContext::new()?;
        context.set_onstatechange(Some(self.on_state.as_ref().unchecked_ref()));
        let master = master(&context, self.volume)?;
        Ok((context, master))
    }

    /// Ignores the error of a request to the context. Its state says when it is running; until then nothing is played.
    fn ignore_error(&self, outcome: Result<Promise, JsValue>) {
        if let Ok(promise) = outcome {
            // Older browsers return no promise.
            let _ = Promise::resolve(&promise).catch(&self.on_refused);
        }
    }

    /// Plays the sounds that wait, if the context is running.
    fn play_waiting(&mut self) {
        let Some((context, master)) = &self.context else { return };
        if context.state() != AudioContextState::Running {
            return;
        }
        if self.is_suspended {
            // The browser has ignored this while it was starting the context.
            return self.ignore_error(context.suspend());
        }
        let now = self.now();
        let mut length = 0.0;
        for (since, notes) in self.waiting.drain(..) {
            for note in notes.into_iter().filter(|_| now - since <= PATIENCE) {
                length = f64::max(length, note.begin + note.length);
                // If the nodes cannot be created, the note is left out.
                let _ = play_note(context, master, note);
            }
        }
        self.suspend_after(length);
    }

    /// Suspends the context when it has been silent for some time, after this many seconds of sound.
    fn suspend_after(&mut self, length: f64) {
        let delay = (1000.0 * (length + SILENCE)) as i32;
        let callback = self.on_silence.as_ref().unchecked_ref();
        let timer = self.window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, delay).ok();
        if let Some(earlier) = std::mem::replace(&mut self.timer, timer) {
            self.window.clear_timeout_with_handle(earlier);
        }
    }

    fn suspend(&mut self) {
        self.waiting.clear();
        let Some((context, sounding)) = self.context.take() else { return };
        self.is_suspended = true;
        // What sounds now must not go on when the context is resumed.
        let _ = sounding.disconnect();
        self.ignore_error(context.suspend());
        self.context = master(&context, self.volume).ok().map(|master| (context, master));
    }

    fn now(&self) -> f64 {
        self.window.performance().map_or(0.0, |clock| clock.now())
    }
}

/// Returns a new node that all notes are connected to.
fn master(context: &AudioContext, volume: f32) -> Result<GainNode, JsValue> {
    let master = context.create_gain()?;
    set_gain(&master, volume)?;
    master.connect_with_audio_node(&context.destination())?;
    Ok(master)
}

/// Sets the gain for a volume. Loudness is not proportional to gain; with the square, the middle of the slider sounds
/// half as loud.
fn set_gain(master: &GainNode, volume: f32) -> Result<(), JsValue> {
    master.gain().set_value_at_time(volume * volume, 0.0).map(drop)
}

impl Audio for WebAudio {
    fn ready(&self) -> bool {
        let output = self.0.borrow();
        output.is_unlocked || output.volume == 0.0
    }

    fn play(&mut self, voice: Voice, variant: u32) {
        let mut output = self.0.borrow_mut();
        output.resume();
        if output.volume > 0.0 && output.context.is_some() {
            let now = output.now();
            output.waiting.push((now, notes(voice, variant)));
            output.play_waiting();
        }
    }

    fn set_volume(&mut self, volume: f32) {
        let mut output = self.0.borrow_mut();
        output.volume = volume;
        if volume == 0.0 {
            output.suspend();
        } else if let Some((_, master)) = &output.context {
            // If it fails, the volume stays as it is.
            let _ = set_gain(master, volume);
        }
    }
}

fn play_note(context: &AudioContext, master: &GainNode, note: Note) -> Result<(), JsValue> {
    let begin = context.current_time() + note.begin;
    let end = begin + note.length;
    let oscillator = context.create_oscillator()?;
    oscillator.set_type(match note.wave {
        Wave::Sine => OscillatorType::Sine,
        Wave::Triangle => OscillatorType::Triangle,
        Wave::Sawtooth => OscillatorType::Sawtooth,
    });
    oscillator.frequency().set_value_at_time(note.pitch.0, begin)?;
    oscillator.frequency().exponential_ramp_to_value_at_time(note.pitch.1, end)?;
    let envelope = context.create_gain()?;
    envelope.gain().set_value_at_time(0.0001, begin)?;
    envelope.gain().exponential_ramp_to_value_at_time(note.gain, begin + 0.006)?;
    envelope.gain().exponential_ramp_to_value_at_time(0.0001, end)?;
    oscillator.connect_with_audio_node(&envelope)?;
    envelope.connect_with_audio_node(master)?;
    oscillator.start_with_when(begin)?;
    oscillator.stop_with_when(end + 0.02)
}
