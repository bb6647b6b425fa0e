//! Points and rectangles on the screen, in CSS pixels, and positions on the board, in cells.

use std::ops::{Add, Mul, Sub};

/// A point, or the vector from one point to another.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Point {
    /// To the right, in CSS pixels.
    pub x: f32,
    /// Down, in CSS pixels.
    pub y: f32,
}

impl Point {
    /// Returns a point.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// Interpolates between this point (`t` = 0) and another (`t` = 1).
    #[must_use]
    pub fn towards(self, other: Self, t: f32) -> Self {
        self + (other - self) * t
    }
}

impl Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.x + other.x, self.y + other.y)
    }
}

impl Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self::new(self.x - other.x, self.y - other.y)
    }
}

impl Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        Self::new(self.x * factor, self.y * factor)
    }
}

/// A rectangle, in CSS pixels.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct Rect {
    /// The left edge.
    pub x: f32,
    /// The top edge.
    pub y: f32,
    /// The width.
    pub width: f32,
    /// The height.
    pub height: f32,
}

impl Rect {
    /// Returns a rectangle.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// Returns a square with this top-left corner.
    #[must_use]
    pub const fn square(corner: Point, side: f32) -> Self {
        Self::new(corner.x, corner.y, side, side)
    }

    /// Returns the top-left corner.
    #[must_use]
    pub const fn corner(self) -> Point {
        Point::new(self.x, self.y)
    }

    /// Returns the centre.
    #[must_use]
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Returns `true` if the point is inside. The right and the lower edge are outside.
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        point.x >= self.x && point.x < self.x + self.width && point.y >= self.y && point.y < self.y + self.height
    }

    /// Returns the rectangle with its edges moved inwards by this distance, or outwards if it is negative.
    #[must_use]
    pub fn inset(self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2.0 * by, self.height - 2.0 * by)
    }

    /// Returns the rectangle scaled about its centre.
    #[must_use]
    pub fn scaled(self, factor: f32) -> Self {
        let (width, height) = (self.width * factor, self.height * factor);
        let centre = self.centre();
        Self::new(centre.x - width / 2.0, centre.y - height / 2.0, width, height)
    }

    /// Returns the smallest rectangle that contains both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self::new(x, y, right - x, bottom - y)
    }
}

/// Returns the number, or the limit that is closest to it. As [`f32::clamp`], without its panic, whose message would
/// add the formatting of floating-point numbers to the program.
#[must_use]
pub fn between(number: f32, least: f32, most: f32) -> f32 {
    number.max(least).min(most)
}

/// A position on the board, in cells from its top-left corner. Whole numbers are corners of cells.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
pub struct BoardPosition {
    /// Rows downwards.
    pub row: f32,
    /// Columns to the right.
    pub column: f32,
}
