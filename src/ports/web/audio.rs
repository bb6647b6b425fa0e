//! Sounds made by the Web Audio API: a table of voices, and the few nodes that each of their notes takes.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{AudioContext, AudioContextState, GainNode, OscillatorType};

use crate::ports::{Audio, Voice};

/// One note of a voice: it swells in a few milliseconds, glides from one pitch to another, and dies away.
#[derive(Clone, Copy)]
struct Note {
    wave: OscillatorType,
    /// Pitch at its beginning and at its end, in hertz.
    pitch: (f32, f32),
    /// When it begins, in seconds after the voice.
    begin: f64,
    /// How long it takes to die away, in seconds.
    length: f64,
    /// How loud it is, 0 to 1.
    gain: f32,
}

/// How much the variants are out of tune with each other.
const VARIANT_PITCH: [f32; crate::ports::audio::VARIANTS as usize] = [1.0, 0.945, 1.06];

/// The steps of the figure for cleared lines: a pentatonic scale from C5, in hertz.
const SCALE: [f32; 8] = [523.3, 587.3, 659.3, 784.0, 880.0, 1046.5, 1174.7, 1318.5];

fn note(wave: OscillatorType, pitch: (f32, f32), begin: f64, length: f64, gain: f32) -> Note {
    Note { wave, pitch, begin, length, gain }
}

/// The notes of a voice.
fn notes(voice: Voice) -> Vec<Note> {
    use OscillatorType::{Sawtooth, Sine, Triangle};
    match voice {
        Voice::PickUp => vec![note(Triangle, (900.0, 1150.0), 0.0, 0.045, 0.16)],
        // A knock on wood: a short low body and a shorter click. Bigger shapes are lower.
        Voice::Place { cells } => {
            let body = 250.0 - 11.0 * cells.min(9) as f32;
            vec![
                note(Sine, (body, body * 0.6), 0.0, 0.11, 0.55),
                note(Triangle, (body * 3.6, body * 2.0), 0.0, 0.03, 0.2),
            ]
        }
        Voice::Refused => {
            vec![note(Sawtooth, (116.0, 92.0), 0.0, 0.13, 0.13), note(Sawtooth, (110.0, 87.0), 0.0, 0.13, 0.13)]
        }
        Voice::Clear { lines } => SCALE
            .into_iter()
            .take(2 + lines as usize)
            .enumerate()
            .map(|(step, pitch)| note(Triangle, (pitch, pitch), 0.065 * step as f64, 0.28, 0.26))
            .collect(),
        Voice::NewHand => {
            let swish = |n: u8| note(Sine, (340.0, 620.0), 0.06 * f64::from(n), 0.09, 0.07);
            (0..3).map(swish).collect()
        }
        Voice::GameOver => [440.0, 370.0, 311.1, 261.6]
            .into_iter()
            .enumerate()
            .map(|(step, pitch)| note(Triangle, (pitch, pitch * 0.97), 0.22 * step as f64, 0.5, 0.25))
            .collect(),
    }
}

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
        let output = self.0.borrow();
        output.context.as_ref().is_some_and(|(context, _)| context.state() == AudioContextState::Running)
    }

    fn play(&mut self, voice: Voice, variant: u32) {
        let output = self.0.borrow();
        let Some((context, master)) = &output.context else { return };
        if output.volume <= 0.0 {
            return;
        }
        let tune = VARIANT_PITCH[variant as usize % VARIANT_PITCH.len()];
        for note in notes(voice) {
            // Without its nodes a note is not heard, and that is all.
            let _ = strike(context, master, note, tune);
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

fn strike(context: &AudioContext, master: &GainNode, note: Note, tune: f32) -> Result<(), JsValue> {
    let begin = context.current_time() + note.begin;
    let end = begin + note.length;
    let oscillator = context.create_oscillator()?;
    oscillator.set_type(note.wave);
    oscillator.frequency().set_value_at_time(note.pitch.0 * tune, begin)?;
    oscillator.frequency().exponential_ramp_to_value_at_time(note.pitch.1 * tune, end)?;
    let envelope = context.create_gain()?;
    envelope.gain().set_value_at_time(0.0001, begin)?;
    envelope.gain().exponential_ramp_to_value_at_time(note.gain, begin + 0.006)?;
    envelope.gain().exponential_ramp_to_value_at_time(0.0001, end)?;
    oscillator.connect_with_audio_node(&envelope)?;
    envelope.connect_with_audio_node(master)?;
    oscillator.start_with_when(begin)?;
    oscillator.stop_with_when(end + 0.02)
}
