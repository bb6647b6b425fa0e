//! Sounds with the Web Audio API. Each note uses an oscillator and a gain node.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, GainNode, OscillatorType};

use crate::ports::voices::{Note, Wave, notes};
use crate::ports::{Audio, Voice};

/// The sound output. Clones share it, so that the page can unlock the sound of the game.
#[derive(Clone, Default)]
pub struct WebAudio(Rc<RefCell<Output>>);

#[derive(Default)]
struct Output {
    context: Option<(AudioContext, GainNode)>,
    volume: f32,
    /// Ignores the error while sound is not allowed yet. The next touch or key tries again.
    on_refused: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Output {
    /// Returns the audio context and its main gain node, if sound is audible now.
    fn running(&self) -> Option<&(AudioContext, GainNode)> {
        self.context.as_ref().filter(|(context, _)| context.state() == AudioContextState::Running)
    }
}

impl WebAudio {
    /// Enables sound. Browsers allow this only while they handle a touch or a key, so it is called at each of those. In
    /// a browser without the Web Audio API the game stays silent.
    pub fn unlock(&self) {
        let Output { context, volume, on_refused } = &mut *self.0.borrow_mut();
        if context.is_none() {
            *context = open(*volume).ok();
        }
        let on_refused = on_refused.get_or_insert_with(|| Closure::new(|_| {}));
        if let Some((context, _)) = context
            && context.state() != AudioContextState::Running
            && let Ok(promise) = context.resume()
        {
            // The context's own state says when it is running; until then nothing is played.
            let _ = promise.catch(on_refused);
        }
    }
}

fn open(volume: f32) -> Result<(AudioContext, GainNode), JsValue> {
    let context = AudioContext::new()?;
    let master = context.create_gain()?;
    master.gain().set_value(gain(volume));
    master.connect_with_audio_node(&context.destination())?;
    Ok((context, master))
}

/// Returns the gain for a volume. Loudness is not proportional to gain; with the square, the middle of the slider
/// sounds half as loud.
fn gain(volume: f32) -> f32 {
    volume * volume
}

impl Audio for WebAudio {
    fn ready(&self) -> bool {
        self.0.borrow().running().is_some()
    }

    fn play(&mut self, voice: Voice, variant: u32) {
        let output = self.0.borrow();
        // A suspended context would play the sound later.
        let Some((context, master)) = output.running().filter(|_| output.volume > 0.0) else { return };
        for note in notes(voice, variant) {
            // If the nodes cannot be created, the note is left out.
            let _ = play_note(context, master, note);
        }
    }

    fn set_volume(&mut self, volume: f32) {
        let mut output = self.0.borrow_mut();
        output.volume = volume;
        if let Some((_, master)) = &output.context {
            master.gain().set_value(gain(volume));
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
