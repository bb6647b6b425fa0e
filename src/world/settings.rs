//! What the player has chosen, apart from the sound; and what the player's system asks for where nothing was chosen.
//!
//! One setting is a [`Setting`], which has a key and a value as texts: so it comes from the page's form and so it is stored.

use std::fmt;

use bevy_ecs::prelude::*;

use super::Language;

/// An enum whose members have a text each.
macro_rules! choice {
    ($(#[$about:meta])* $name:ident { $($(#[$which:meta])* $member:ident = $text:literal,)+ }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$which])* $member,)+ }

        impl $name {
            /// Every choice, in the order in which it is offered.
            pub const ALL: &[Self] = &[$(Self::$member,)+];

            /// The choice as a text.
            #[must_use]
            pub fn text(self) -> &'static str {
                match self { $(Self::$member => $text,)+ }
            }

            /// The choice with this text.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|choice| choice.text() == text)
            }
        }
    };
}

choice! {
    /// The colours of the page.
    ThemeChoice {
        /// Light, dark or with much contrast, as the system is.
        #[default]
        System = "system",
        /// A light page.
        Light = "light",
        /// A dark page.
        Dark = "dark",
        /// Much contrast, on black.
        Contrast = "contrast",
    }
}

choice! {
    /// How much moves on its own.
    MotionChoice {
        /// As the system is.
        #[default]
        System = "system",
        /// All of it.
        Full = "full",
        /// What comes and goes fades, and nothing moves.
        Reduced = "reduced",
    }
}

choice! {
    /// How far a shape hangs above the finger that drags it.
    Lift {
        /// Right above it.
        Low = "low",
        /// As far as a finger wants.
        #[default]
        Usual = "usual",
        /// As far as a broad thumb wants.
        High = "high",
    }
}

impl Lift {
    /// From the finger to the lower edge of the shape, in cells, where there is room below the finger.
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
    /// A thing that is on or off.
    Switch {
        /// It is.
        #[default]
        On = "on",
        /// It is not.
        Off = "off",
    }
}

impl Switch {
    /// Is it on?
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

/// What is the system's to say.
const SYSTEM: &str = "system";

/// Everything that can be chosen. As a text, for the storage: `theme=dark marks=on` and so on, in any order.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settings {
    /// The colours of the page.
    pub theme: ThemeChoice,
    /// Does every colour have a mark of its own?
    pub marks: Switch,
    /// Does a shape jump to the nearest place where it may lie?
    pub magnet: Switch,
    /// How far a shape hangs above the finger.
    pub lift: Lift,
    /// How much moves on its own.
    pub motion: MotionChoice,
    /// The language; `None` is the system's.
    pub language: Option<Language>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::default(),
            marks: Switch::Off,
            magnet: Switch::On,
            lift: Lift::default(),
            motion: MotionChoice::default(),
            language: None,
        }
    }
}

/// One thing that was chosen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "see the fields of `Settings`")]
pub enum Setting {
    Theme(ThemeChoice),
    Marks(Switch),
    Magnet(Switch),
    Lift(Lift),
    Motion(MotionChoice),
    Language(Option<Language>),
}

impl Setting {
    /// Reads a key and a value; `None` if there is no such thing to choose.
    #[must_use]
    pub fn parse(key: &str, value: &str) -> Option<Self> {
        match key {
            "theme" => ThemeChoice::parse(value).map(Self::Theme),
            "marks" => Switch::parse(value).map(Self::Marks),
            "magnet" => Switch::parse(value).map(Self::Magnet),
            "lift" => Lift::parse(value).map(Self::Lift),
            "motion" => MotionChoice::parse(value).map(Self::Motion),
            "language" if value == SYSTEM => Some(Self::Language(None)),
            "language" => Language::of_code(value).map(|language| Self::Language(Some(language))),
            _ => None,
        }
    }

    /// The texts that [`Self::parse`] reads.
    #[must_use]
    pub fn texts(self) -> (&'static str, &'static str) {
        match self {
            Self::Theme(choice) => ("theme", choice.text()),
            Self::Marks(switch) => ("marks", switch.text()),
            Self::Magnet(switch) => ("magnet", switch.text()),
            Self::Lift(lift) => ("lift", lift.text()),
            Self::Motion(choice) => ("motion", choice.text()),
            Self::Language(language) => ("language", language.map_or(SYSTEM, Language::code)),
        }
    }
}

impl Settings {
    /// Takes a choice over.
    pub fn choose(&mut self, setting: Setting) {
        match setting {
            Setting::Theme(choice) => self.theme = choice,
            Setting::Marks(switch) => self.marks = switch,
            Setting::Magnet(switch) => self.magnet = switch,
            Setting::Lift(lift) => self.lift = lift,
            Setting::Motion(choice) => self.motion = choice,
            Setting::Language(language) => self.language = language,
        }
    }

    /// The language that was chosen, or else the one that the system asks for.
    #[must_use]
    pub fn spoken(&self, system: SystemWishes) -> Language {
        self.language.unwrap_or(system.language)
    }

    /// Every setting as it is.
    #[must_use]
    pub fn all(&self) -> [Setting; 6] {
        let &Self { theme, marks, magnet, lift, motion, language } = self;
        [
            Setting::Theme(theme),
            Setting::Marks(marks),
            Setting::Magnet(magnet),
            Setting::Lift(lift),
            Setting::Motion(motion),
            Setting::Language(language),
        ]
    }

    /// Reads what [`fmt::Display`] wrote, now or in another version: what a text does not name is as it is at first. The error
    /// is the part that means nothing.
    ///
    /// # Errors
    /// The first part that is no setting.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut settings = Self::default();
        for part in text.split_ascii_whitespace() {
            let setting = part.split_once('=').and_then(|(key, value)| Setting::parse(key, value));
            settings.choose(setting.ok_or_else(|| part.chars().take(24).collect::<String>())?);
        }
        Ok(settings)
    }
}

impl fmt::Display for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, setting) in self.all().into_iter().enumerate() {
            let (key, value) = setting.texts();
            write!(f, "{}{key}={value}", if n == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

/// What the player's system asks for.
#[derive(Resource, Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct SystemWishes {
    /// A dark page.
    pub dark: bool,
    /// More contrast.
    pub contrast: bool,
    /// Less motion.
    pub still: bool,
    /// The language that the player reads best, of those that there are.
    pub language: Language,
}
