//! How every sound sounds: a table of voices, as notes to be played. Who plays them knows what they are made with.

use super::audio::{VARIANTS, Voice};

/// The wave form of a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Wave {
    Sine,
    Triangle,
    Sawtooth,
}

/// One note of a voice: it swells in a few milliseconds, glides from one pitch to another, and dies away.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Note {
    /// Its wave form.
    pub wave: Wave,
    /// Pitch at its beginning and at its end, in hertz.
    pub pitch: (f32, f32),
    /// When it begins, in seconds after the voice.
    pub begin: f64,
    /// How long it takes to die away, in seconds.
    pub length: f64,
    /// How loud it is, 0 to 1.
    pub gain: f32,
}

/// How much the variants are out of tune with each other.
const VARIANT_PITCH: [f32; VARIANTS as usize] = [1.0, 0.945, 1.06];

/// The steps of the figure for cleared lines: a pentatonic scale from C5, in hertz. One drop completes six lines at most.
const SCALE: [f32; 8] = [523.3, 587.3, 659.3, 784.0, 880.0, 1046.5, 1174.7, 1318.5];

fn note(wave: Wave, pitch: (f32, f32), begin: f64, length: f64, gain: f32) -> Note {
    Note { wave, pitch, begin, length, gain }
}

/// The notes of a voice in one of its [`VARIANTS`], numbered from 0.
#[must_use]
pub fn notes(voice: Voice, variant: u32) -> Vec<Note> {
    let tune = VARIANT_PITCH[variant as usize % VARIANT_PITCH.len()];
    let mut notes = score(voice);
    for Note { pitch, .. } in &mut notes {
        *pitch = (pitch.0 * tune, pitch.1 * tune);
    }
    notes
}

/// The notes of a voice as they are written.
fn score(voice: Voice) -> Vec<Note> {
    use Wave::{Sawtooth, Sine, Triangle};
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
