//! The notes of every sound.

use super::audio::{VARIANTS, Voice};

/// The wave form of a note.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wave {
    /// A sine wave.
    Sine,
    /// A triangle wave.
    Triangle,
    /// A sawtooth wave.
    Sawtooth,
}

/// One note of a voice: it rises within a few milliseconds, glides from one pitch to another, and fades out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Note {
    /// The wave form.
    pub wave: Wave,
    /// The pitch at the beginning and at the end, in hertz.
    pub pitch: (f32, f32),
    /// The delay after the beginning of the voice, in seconds.
    pub begin: f64,
    /// The time until it has faded out, in seconds.
    pub length: f64,
    /// The volume, 0 to 1.
    pub gain: f32,
}

/// The factor of each variant for all pitches.
const VARIANT_PITCH: [f32; VARIANTS as usize] = [1.0, 0.945, 1.06];

/// The pitches for cleared lines: a pentatonic scale from C5, in hertz. Six lines, the maximum for one drop, use all
/// eight.
const SCALE: [f32; 8] = [523.3, 587.3, 659.3, 784.0, 880.0, 1046.5, 1174.7, 1318.5];

fn note(wave: Wave, pitch: (f32, f32), begin: f64, length: f64, gain: f32) -> Note {
    Note { wave, pitch, begin, length, gain }
}

/// Returns the notes of a voice in one of its [`VARIANTS`], numbered from 0.
#[must_use]
pub fn notes(voice: Voice, variant: u32) -> Vec<Note> {
    let factor = VARIANT_PITCH[variant as usize % VARIANT_PITCH.len()];
    let mut notes = base_notes(voice);
    for Note { pitch, .. } in &mut notes {
        *pitch = (pitch.0 * factor, pitch.1 * factor);
    }
    notes
}

/// Returns the notes of a voice before the variant changes their pitch.
fn base_notes(voice: Voice) -> Vec<Note> {
    use Wave::{Sawtooth, Sine, Triangle};
    match voice {
        Voice::PickUp => vec![note(Triangle, (900.0, 1150.0), 0.0, 0.045, 0.16)],
        // A knock on wood: a short low tone and a shorter click. Larger shapes sound lower.
        Voice::Place { cells } => {
            let pitch = 250.0 - 11.0 * cells.min(9) as f32;
            vec![
                note(Sine, (pitch, pitch * 0.6), 0.0, 0.11, 0.55),
                note(Triangle, (pitch * 3.6, pitch * 2.0), 0.0, 0.03, 0.2),
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
