//! Tests of the whole program without a browser: from the player's input to the board, the storage and announcements.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed assertion panics, too")]

mod calendar;
mod continued_replays;
mod damaged_records;
mod data_flow;
mod drag_sources;
mod driver;
mod end_verdict;
mod game_kinds;
mod game_lifecycle;
mod games;
mod keyboard;
mod long_games;
mod main_button;
mod notices;
mod original_games;
mod pointer_kinds;
mod ports;
mod replay_ends;
mod replaying;
mod same_frame;
mod saving;
mod settings;
mod sharing;
mod slow_storage;
mod sounds;
mod storage_failures;
mod tapping;
mod undoing;
mod wiring;
