//! What the player asked for besides dragging.

/// The player pressed a button.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum CommandEvent {
    /// A new game was asked for.
    NewGameRequested,
    /// The sound was switched on or off, whichever it was not.
    MuteToggled,
    /// The volume was set, 0 to 1.
    VolumeSet(f32),
    /// The inspector was opened or closed, whichever it was not.
    InspectorToggled,
}
