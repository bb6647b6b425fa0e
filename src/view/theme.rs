//! The colours of the picture, light and dark. The colours of the page around it are in the style sheet.

use crate::rules::Colour;
use crate::world::{Settings, SystemWishes, ThemeChoice};

/// A colour as red, green and blue, 0 to 255.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// As a style sheet writes it.
    #[must_use]
    pub fn css(self) -> String {
        self.css_with(1.0)
    }

    /// As a style sheet writes it, with an opacity from 0 to 1.
    #[must_use]
    pub fn css_with(self, opacity: f32) -> String {
        format!("rgba({}, {}, {}, {opacity})", self.0, self.1, self.2)
    }

    /// The colour at share `t` of the way to another.
    #[must_use]
    pub fn towards(self, other: Self, t: f32) -> Self {
        let mix = |one: u8, two: u8| (f32::from(one) + (f32::from(two) - f32::from(one)) * t).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// Relative luminance, 0 to 1, as WCAG 2 defines it.
    #[must_use]
    pub fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// Contrast to another colour, 1 to 21, as WCAG 2 defines it.
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

/// How the picture looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// Its colours.
    pub theme: Theme,
    /// Does every colour have a mark of its own?
    pub marks: bool,
}

impl Look {
    /// What was chosen, or else what the system asks for.
    #[must_use]
    pub fn of(settings: &Settings, system: SystemWishes) -> Self {
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

/// Light, dark, or with much contrast.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// A light page.
    Light,
    /// A dark page.
    Dark,
    /// White and bright on black.
    Contrast,
}

impl Theme {
    /// Every theme.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Contrast];

    /// The theme as the style sheet calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// The page around the picture, as the style sheet has it, for what the system draws around the page.
    #[must_use]
    pub fn ground(self) -> Rgb {
        match self {
            Self::Light => Rgb(238, 241, 246),
            Self::Dark => Rgb(18, 21, 29),
            Self::Contrast => BLACK,
        }
    }

    /// The board between its cells.
    #[must_use]
    pub fn board(self) -> Rgb {
        match self {
            Self::Light => Rgb(58, 68, 92),
            Self::Dark => Rgb(46, 53, 73),
            Self::Contrast => Rgb(92, 98, 112),
        }
    }

    /// An empty cell.
    #[must_use]
    pub fn well(self) -> Rgb {
        match self {
            Self::Light => Rgb(44, 52, 73),
            Self::Dark => Rgb(22, 26, 38),
            Self::Contrast => BLACK,
        }
    }

    /// What is drawn over the board when the game is over.
    #[must_use]
    pub fn shade(self) -> Rgb {
        match self {
            Self::Light => Rgb(38, 45, 64),
            Self::Dark => Rgb(15, 18, 27),
            Self::Contrast => BLACK,
        }
    }

    /// The rim of a tile that cannot be dragged. It lies on the page, not on the board.
    #[must_use]
    pub fn disabled(self) -> Rgb {
        match self {
            Self::Light => Rgb(116, 126, 148),
            Self::Dark => Rgb(111, 122, 148),
            Self::Contrast => Rgb(168, 174, 188),
        }
    }
}

/// The middle tone of a tile. Two whose hues are one to some eyes differ in lightness: blue is dark and purple pale, orange is
/// dark beside yellow. tests/view/colours.rs measures how far apart they are to protan, deutan and tritan eyes.
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

/// The hair-fine outline of a tile. It keeps the pale ones apart from a light page.
#[must_use]
pub fn outline(colour: Colour) -> Rgb {
    tile(colour).towards(BLACK, 0.45)
}

/// The rim of a phantom: a tile's colour, and lighter, so that it is seen in a well and in a line that is lit up.
#[must_use]
pub fn rim(colour: Colour) -> Rgb {
    tile(colour).towards(WHITE, 0.35)
}
