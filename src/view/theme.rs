//! The colours of the canvas in each theme. The colours of the page around it are in the style sheet.

use crate::world::{Settings, SystemPreferences, ThemeChoice, decimals};
use blockers_rules::Colour;

/// A colour as red, green and blue, 0 to 255.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// Returns the colour in CSS syntax.
    #[must_use]
    pub fn css(self) -> String {
        self.css_with(1.0)
    }

    /// Returns the colour in CSS syntax, with an opacity from 0 to 1.
    #[must_use]
    pub fn css_with(self, opacity: f32) -> String {
        format!("rgba({}, {}, {}, {})", self.0, self.1, self.2, decimals::write(opacity))
    }

    /// Mixes with another colour: `t` = 0 is this colour, `t` = 1 the other.
    #[must_use]
    pub fn towards(self, other: Self, t: f32) -> Self {
        let mix = |one: u8, two: u8| (f32::from(one) + (f32::from(two) - f32::from(one)) * t).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Returns the relative luminance, from 0 to 1, as defined by WCAG 2.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Returns the contrast ratio to another colour, from 1 to 21, as defined by WCAG 2.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }
}

/// White.
pub const WHITE: Rgb = Rgb(255, 255, 255);
/// Black.
pub const BLACK: Rgb = Rgb(0, 0, 0);

/// How the canvas is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// The colours.
    pub theme: Theme,
    /// Whether each colour of a tile has a mark of its own.
    pub marks: bool,
}

impl Look {
    /// Returns what the player has chosen, or else what the system prefers.
    #[must_use]
    pub fn of(settings: &Settings, system: SystemPreferences) -> Self {
        let theme = match settings.theme {
            ThemeChoice::System if system.contrast => Theme::Contrast,
            ThemeChoice::System if system.dark => Theme::Dark,
            ThemeChoice::System | ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
            ThemeChoice::Contrast => Theme::Contrast,
        };
        Self { theme, marks: settings.marks.is_on() }
    }
}

/// A set of colours.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// A light page.
    Light,
    /// A dark page.
    Dark,
    /// High contrast: white and bright colours on black.
    Contrast,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    /// Returns the name of the theme in the style sheet.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// Returns the background of the page, the same as in the style sheet. The browser uses it for its own bars.
    #[must_use]
    pub fn ground(self) -> Rgb {
        match self {
            Self::Light => Rgb(238, 241, 246),
            Self::Dark => Rgb(18, 21, 29),
            Self::Contrast => BLACK,
        }
    }

    /// Returns the colour of the board between its cells.
    #[must_use]
    pub fn board(self) -> Rgb {
        match self {
            Self::Light => Rgb(58, 68, 92),
            Self::Dark => Rgb(46, 53, 73),
            Self::Contrast => Rgb(92, 98, 112),
        }
    }

    /// Returns the colour of an empty cell.
    #[must_use]
    pub fn well(self) -> Rgb {
        match self {
            Self::Light => Rgb(44, 52, 73),
            Self::Dark => Rgb(22, 26, 38),
            Self::Contrast => BLACK,
        }
    }

    /// Returns the colour that darkens the board when the game is over.
    #[must_use]
    pub fn shade(self) -> Rgb {
        match self {
            Self::Light => Rgb(38, 45, 64),
            Self::Dark => Rgb(15, 18, 27),
            Self::Contrast => BLACK,
        }
    }

    /// Returns the colour of the rim of a tile that cannot be dragged. It is drawn on the page, not on the board.
    #[must_use]
    pub fn disabled(self) -> Rgb {
        match self {
            Self::Light => Rgb(116, 126, 148),
            Self::Dark => Rgb(111, 122, 148),
            Self::Contrast => Rgb(168, 174, 188),
        }
    }
}

/// Returns the middle tone of a tile. Colours whose hues look the same with a colour vision deficiency differ in
/// lightness: blue is darker than purple, and orange darker than yellow. `tests/view/colours.rs` measures the
/// differences for protan, deutan and tritan vision.
#[must_use]
pub fn tile(colour: Colour) -> Rgb {
    match colour {
        Colour::Red => Rgb(226, 73, 90),
        Colour::Blue => Rgb(79, 121, 246),
        Colour::Green => Rgb(44, 197, 151),
        Colour::Orange => Rgb(237, 147, 62),
        Colour::Purple => Rgb(210, 166, 244),
        Colour::Yellow => Rgb(255, 232, 101),
    }
}

/// Returns the colour of the thin outline of a tile, which separates pale tiles from a light page.
#[must_use]
pub fn outline(colour: Colour) -> Rgb {
    tile(colour).towards(BLACK, 0.45)
}

/// Returns the colour of the rim of a phantom: lighter than the tile, so that it is visible in a well and in a
/// highlighted line.
#[must_use]
pub fn rim(colour: Colour) -> Rgb {
    tile(colour).towards(WHITE, 0.35)
}
