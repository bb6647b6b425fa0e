//! The notes of each voice, and the sample that is played when the volume changes.

use blockers::events::SoundCommand;
use blockers::ports::Voice;
use blockers::ports::audio::VARIANTS;
use blockers::ports::voices::{Note, notes};

use crate::driver::Session;

/// Returns the length of a voice in seconds: the end of its last note.
fn length(notes: &[Note]) -> f64 {
    notes.iter().map(|note| note.begin + note.length).fold(0.0, f64::max)
}

fn rises(pitches: &[f32]) -> bool {
    pitches.windows(2).all(|pair| pair[0] < pair[1])
}

#[test]
fn a_larger_shape_has_a_lower_sound() {
    for variant in 0..VARIANTS {
        let pitches: Vec<_> = (1..=9).rev().map(|cells| notes(Voice::Place { cells }, variant)[0].pitch.0).collect();
        assert!(rises(&pitches), "{pitches:?}");
    }
}

#[test]
fn every_cleared_line_adds_a_higher_note() {
    for lines in 1..=6 {
        let figure = notes(Voice::Clear { lines }, 0);
        assert_eq!(figure.len(), 2 + lines as usize);
        assert!(rises(&figure.iter().map(|note| note.pitch.0).collect::<Vec<_>>()), "{lines}: {figure:?}");
        assert!(figure.windows(2).all(|pair| pair[0].begin < pair[1].begin), "one after the other: {figure:?}");
    }
}

#[test]
fn the_end_falls_and_is_long_and_a_refusal_is_short_and_low() {
    let end = notes(Voice::GameOver, 0);
    assert!(rises(&end.iter().rev().map(|note| note.pitch.1).collect::<Vec<_>>()), "{end:?}");
    assert!(length(&end) > 1.0);
    let refused = notes(Voice::Refused, 0);
    assert!(length(&refused) < 0.2 && refused.iter().all(|note| note.pitch.0 < 150.0), "{refused:?}");
    assert!(length(&notes(Voice::PickUp, 0)) < 0.1);
}

#[test]
fn every_voice_has_variants_that_can_be_played() {
    let voices = [
        Voice::PickUp,
        Voice::Place { cells: 4 },
        Voice::Refused,
        Voice::Clear { lines: 2 },
        Voice::NewHand,
        Voice::GameOver,
    ];
    for voice in voices {
        let mut pitches: Vec<_> = (0..VARIANTS).map(|variant| notes(voice, variant)[0].pitch.0).collect();
        pitches.sort_by(f32::total_cmp);
        assert!(rises(&pitches), "{voice:?}: {pitches:?}");
        for note in (0..VARIANTS).flat_map(|variant| notes(voice, variant)) {
            // An exponential ramp of Web Audio must not reach 0.
            assert!(note.pitch.0 > 20.0 && note.pitch.1 > 20.0 && note.length > 0.01, "{voice:?}: {note:?}");
            assert!(note.gain > 0.0 && note.gain <= 1.0 && note.begin >= 0.0, "{voice:?}: {note:?}");
        }
    }
}

#[test]
fn changing_the_volume_plays_a_sample() {
    let mut session = Session::new(7);
    let sample = [Voice::Place { cells: 4 }];
    session.audio.take_played();
    let steps: [(_, &[Voice]); 5] = [
        (SoundCommand::SetVolume(0.3), &sample),
        (SoundCommand::ToggleMute, &[]),
        (SoundCommand::ToggleMute, &sample),
        (SoundCommand::SetVolume(0.0), &[]),
        (SoundCommand::SetVolume(1.0), &sample),
    ];
    for (command, played) in steps {
        let step = format!("{command:?}");
        session.command(command);
        assert_eq!(session.audio.take_played(), played, "{step}");
    }
}
