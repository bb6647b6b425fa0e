//! Sounds made by the Web Audio API: the few nodes that each note of a voice takes.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, GainNode, OscillatorType};

use crate::ports::voices::{Note, Wave, notes};
use crate::ports::{Audio, Voice};

/// The browser's sound. Its clones are one and the same, so that the page can unlock what the game plays on.
#[derive(Clone, Default)]
pub struct WebAudio(Rc<RefCell<Output>>);

#[derive(Default)]
struct Output {
    context: Option<(AudioContext, GainNode)>,
    volume: f32,
    /// Hears why sound is not allowed yet. The next touch or key tries again.
    refused: Option<Closure<dyn FnMut(JsValue)>>,
}

impl Output {
    /// What is played on, if it can be heard now.
    fn running(&self) -> Option<&(AudioContext, GainNode)> {
        self.context.as_ref().filter(|(context, _)| context.state() == AudioContextState::Running)
    }
}

impl WebAudio {
    /// Makes sound possible. Browsers allow it only while they handle a touch or a key, so it is called at each of those; a
    /// browser without sound leaves the game silent.
    pub fn unlock(&self) {
        let Output { context, volume, refused } = &mut *self.0.borrow_mut();
        if context.is_none() {
            *context = open(*volume).ok();
        }
        let refused = refused.get_or_insert_with(|| Closure::new(|_| {}));
        if let Some((context, _)) = context
            && context.state() != AudioContextState::Running
            && let Ok(promise) = context.resume()
        {
            // It says by itself when it is running; until then nothing is played.
            let _ = promise.catch(refused);
        }
    }
}

fn open(volume: f32) -> Result<(AudioContext, GainNode), JsValue> {
    let context = AudioContext::new()?;
    let master = context.create_gain()?;
    master.gain().set_value(loudness(volume));
    master.connect_with_audio_node(&context.destination())?;
    Ok((context, master))
}

/// Ears hear powers: half way on the slider shall sound half as loud.
fn loudness(volume: f32) -> f32 {
    volume * volume
}

impl Audio for WebAudio {
    fn ready(&self) -> bool {
        self.0.borrow().running().is_some()
    }

    fn play(&mut self, voice: Voice, variant: u32) {
        let output = self.0.borrow();
        // What is played before it can be heard would be kept until it can.
        let Some((context, master)) = output.running().filter(|_| output.volume > 0.0) else { return };
        for note in notes(voice, variant) {
            // Without its nodes a note is not heard, and that is all.
            let _ = strike(context, master, note);
        }
    }

    fn set_volume(&mut self, volume: f32) {
        let mut output = self.0.borrow_mut();
        output.volume = volume;
        if let Some((_, master)) = &output.context {
            master.gain().set_value(loudness(volume));
        }
    }
}

fn strike(context: &AudioContext, master: &GainNode, note: Note) -> Result<(), JsValue> {
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
