//! Points and rectangles on the screen, in CSS pixels, x to the right and y down; and positions on the board, in cells.

use std::ops::{Add, Mul, Sub};

/// A point, or the way from one point to another.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
#[expect(missing_docs, reason = "x to the right, y down, in CSS pixels")]
pub struct Point {
    pub x: f32,
    pub y: f32,
}

impl Point {
    /// A point.
    #[must_use]
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// The point at share `t` (0 to 1) of the way to another.
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

/// A rectangle by its top-left corner and size.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
#[expect(missing_docs, reason = "in CSS pixels")]
pub struct Rect {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Rect {
    /// A rectangle.
    #[must_use]
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    /// A square by its top-left corner.
    #[must_use]
    pub const fn square(corner: Point, side: f32) -> Self {
        Self::new(corner.x, corner.y, side, side)
    }

    /// The top-left corner.
    #[must_use]
    pub const fn corner(self) -> Point {
        Point::new(self.x, self.y)
    }

    /// The point in the middle.
    #[must_use]
    pub fn centre(self) -> Point {
        Point::new(self.x + self.width / 2.0, self.y + self.height / 2.0)
    }

    /// Is the point inside, the right and lower edge not included?
    #[must_use]
    pub fn contains(self, point: Point) -> bool {
        point.x >= self.x && point.x < self.x + self.width && point.y >= self.y && point.y < self.y + self.height
    }

    /// The rectangle with its edges moved inwards by so much, or outwards if that is negative.
    #[must_use]
    pub fn inset(self, by: f32) -> Self {
        Self::new(self.x + by, self.y + by, self.width - 2.0 * by, self.height - 2.0 * by)
    }

    /// The rectangle scaled about its middle.
    #[must_use]
    pub fn scaled(self, factor: f32) -> Self {
        let (width, height) = (self.width * factor, self.height * factor);
        let centre = self.centre();
        Self::new(centre.x - width / 2.0, centre.y - height / 2.0, width, height)
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        let right = (self.x + self.width).max(other.x + other.width);
        let bottom = (self.y + self.height).max(other.y + other.height);
        Self::new(x, y, right - x, bottom - y)
    }
}

/// A place on the board in cells from its top-left corner, whole numbers being the cells' own corners.
#[derive(Clone, Copy, Default, PartialEq, Debug)]
#[expect(missing_docs, reason = "rows count down, columns to the right")]
pub struct BoardPosition {
    pub row: f32,
    pub column: f32,
}
