//! The events: pure data, one file for each topic.

pub mod command;
pub mod drag;
pub mod dropped;
pub mod fits;
pub mod game_ended;
pub mod key;
pub mod pointer;
pub mod record_changed;
pub mod shape_drag;
pub mod table_set;

pub use command::{BackupCommand, Command, GameCommand, PanelCommand, ReplayCommand, SoundCommand, UndoCommand};
pub use drag::{DragEvent, DragPhase, DragSource};
pub use dropped::Dropped;
pub use game_ended::GameEnded;
pub use key::KeyEvent;
pub use pointer::{PointerEvent, PointerInput, PointerKind, PointerPhase};
pub use record_changed::RecordChanged;
pub use shape_drag::ShapeDragEvent;
pub use table_set::{Cause, TableSet};
