//! What the player has chosen, and what the system prefers where nothing was chosen.
//!
//! A [`Setting`] is a key and a value, both texts in the page's form and in the storage. To add one: give it a type
//! that is a [`Choice`], and add a line to `settings!` below.

use std::fmt;

use bevy_ecs::prelude::*;

use super::{Language, decimals};

/// A value that can be chosen, and its text.
pub trait Choice: Copy {
    /// Returns the text of the value, for the page's form and the storage.
    fn text(self) -> &'static str;

    /// Returns the value with this text, if there is one.
    fn parse(text: &str) -> Option<Self>;
}

/// Defines an enum that is a [`Choice`].
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$which:meta])* $member:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$which])* $member,)+ }

        impl $name {
            /// Every choice, in the order in which it is offered.
            pub const ALL: &[Self] = &[$(Self::$member,)+];
        }

        impl Choice for $name {
            fn text(self) -> &'static str {
                match self { $(Self::$member => $text,)+ }
            }

            fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.text() == text)
            }
        }
    };
}

choice! {
    /// The colours of the page.
    ThemeChoice {
        /// Light, dark or high contrast, as the system prefers.
        #[default]
        System = "system",
        /// A light page.
        Light = "light",
        /// A dark page.
        Dark = "dark",
        /// High contrast, on black.
        Contrast = "contrast",
    }
}

choice! {
    /// How much is animated.
    MotionChoice {
        /// As the system prefers.
        #[default]
        System = "system",
        /// Everything.
        Full = "full",
        /// Things fade in and out, and nothing moves.
        Reduced = "reduced",
    }
}

choice! {
    /// How far a shape hangs above the finger that drags it.
    Lift {
        /// Directly above it.
        Low = "low",
        /// Clear of a finger.
        #[default]
        Usual = "usual",
        /// Clear of a broad thumb.
        High = "high",
    }
}

impl Lift {
    /// Returns the distance from the finger to the lower edge of the shape, in cells, where there is enough space below
    /// the finger.
    #[must_use]
    pub fn cells(self) -> f32 {
        match self {
            Self::Low => 0.5,
            Self::Usual => 1.5,
            Self::High => 2.5,
        }
    }
}

choice! {
    /// Something that is on or off.
    Switch {
        /// It is on.
        #[default]
        On = "on",
        /// It is off.
        Off = "off",
    }
}

impl Switch {
    /// Returns `true` for [`Switch::On`].
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

/// A language, or `None` for the language of the system.
impl Choice for Option<Language> {
    fn text(self) -> &'static str {
        self.map_or(SYSTEM, Language::code)
    }

    fn parse(text: &str) -> Option<Self> {
        if text == SYSTEM { Some(None) } else { Language::of_code(text).map(Some) }
    }
}

const SYSTEM: &str = "system";

/// Defines [`Settings`] and [`Setting`] from one line for each setting: its key, its variant, its type and its default.
macro_rules! settings {
    ($($(#[$about:meta])* $key:ident: $variant:ident($type:ty) = $default:expr,)+) => {
        /// Every setting. As a text, for the storage: `theme=dark marks=on` and so on, in any order.
        #[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Settings { $($(#[$about])* pub $key: $type,)+ }

        impl Default for Settings {
            fn default() -> Self {
                Self { $($key: $default,)+ }
            }
        }

        /// One setting and its value.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Setting { $($(#[$about])* $variant($type),)+ }

        impl Setting {
            /// Reads a key and a value; `None` if there is no such setting or no such value.
            #[must_use]
            pub fn parse(key: &str, value: &str) -> Option<Self> {
                match key {
                    $(stringify!($key) => Choice::parse(value).map(Self::$variant),)+
                    _ => None,
                }
            }

            /// Returns the key and the value that [`Self::parse`] reads.
            #[must_use]
            pub fn texts(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$variant(choice) => (stringify!($key), choice.text()),)+
                }
            }
        }

        impl Settings {
            /// Changes one setting.
            pub fn choose(&mut self, setting: Setting) {
                match setting {
                    $(Setting::$variant(choice) => self.$key = choice,)+
                }
            }

            /// Returns every setting with its value.
            #[must_use]
            pub fn all(&self) -> [Setting; [$(stringify!($key)),+].len()] {
                [$(Setting::$variant(self.$key)),+]
            }
        }
    };
}

settings! {
    /// The colours of the page.
    theme: Theme(ThemeChoice) = ThemeChoice::System,
    /// Whether every colour has a symbol of its own.
    marks: Marks(Switch) = Switch::Off,
    /// Whether a shape snaps to the nearest place where it fits.
    magnet: Magnet(Switch) = Switch::On,
    /// How far a shape hangs above the finger.
    lift: Lift(Lift) = Lift::Usual,
    /// How much is animated.
    motion: Motion(MotionChoice) = MotionChoice::System,
    /// The language; `None` is the system's.
    language: Language(Option<Language>) = None,
    /// Whether single characters are shortcuts. A voice that is turned into text would press them.
    shortcuts: Shortcuts(Switch) = Switch::On,
}

/// The number of settings in version 1 of the program, which are always written. Those after them are written only if
/// they differ from the default, so that version 1 can read the record as long as possible.
const ALWAYS_WRITTEN: usize = 6;

impl Settings {
    /// Returns the chosen language, or else the one that the system prefers.
    #[must_use]
    pub fn spoken(&self, system: SystemPreferences) -> Language {
        self.language.unwrap_or(system.language)
    }

    /// Reads the text that [`fmt::Display`] writes, of this or another version. A setting that it does not name has its
    /// default.
    ///
    /// # Errors
    /// The first word that is not a setting, cut to 24 characters.
    pub fn parse(text: &str) -> Result<Self, UnknownSetting> {
        let mut settings = Self::default();
        for word in text.split_ascii_whitespace() {
            let setting = word.split_once('=').and_then(|(key, value)| Setting::parse(key, value));
            settings.choose(setting.ok_or_else(|| UnknownSetting(word.chars().take(24).collect()))?);
        }
        Ok(settings)
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (setting, default)) in self.all().into_iter().zip(Self::default().all()).enumerate() {
            if n < ALWAYS_WRITTEN || setting != default {
                let (key, value) = setting.texts();
                write!(f, "{}{key}={value}", if n == 0 { "" } else { " " })?;
            }
        }
        Ok(())
    }
}

/// A word in stored settings that is not a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownSetting(pub String);

impl fmt::Display for UnknownSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a setting", self.0)
    }
}

impl std::error::Error for UnknownSetting {}

/// What the player's system prefers.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct SystemPreferences {
    /// A dark page.
    pub dark: bool,
    /// More contrast.
    pub contrast: bool,
    /// Less motion.
    pub still: bool,
    /// The first preferred language that the program supports.
    pub language: Language,
}

/// The sound's settings. As a text, for the storage: `on` or `off`, a space, and the volume.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
#[component(clone_behavior = Ignore)]
pub struct SoundSettings {
    /// Whether the sound is muted.
    pub muted: bool,
    volume: f32,
}

impl Default for SoundSettings {
    fn default() -> Self {
        Self { muted: false, volume: 0.7 }
    }
}

impl SoundSettings {
    /// Returns unmuted sound at this volume, clamped between 0 and 1.
    #[must_use]
    pub fn audible(volume: f32) -> Self {
        Self { muted: false, volume: if volume.is_nan() { 0.0 } else { volume.clamp(0.0, 1.0) } }
    }

    /// Returns the volume, 0 to 1. It stays the same while muted.
    #[must_use]
    pub fn volume(self) -> f32 {
        self.volume
    }

    /// Returns the effective volume: 0 while muted.
    #[must_use]
    pub fn loudness(self) -> f32 {
        if self.muted { 0.0 } else { self.volume }
    }

    /// Reads what [`fmt::Display`] wrote; `None` for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (state, volume) = text.split_once(' ')?;
        let muted = match state {
            "on" => false,
            "off" => true,
            _ => return None,
        };
        let volume = decimals::read(volume).filter(|volume| (0.0..=1.0).contains(volume))?;
        Some(Self { muted, volume })
    }
}

impl fmt::Display for SoundSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.muted { "off" } else { "on" }, decimals::write_exactly(self.volume))
    }
}
