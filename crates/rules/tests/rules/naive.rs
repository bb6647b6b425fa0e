//! A naive implementation of the rules, with loops over a grid of cells. It is slow and simple.

use blockers_rules::{Anchor, Bitboard, Cell, Shape};

pub(crate) type Grid = [[bool; 10]; 10];

pub(crate) fn grid(cells: Bitboard) -> Grid {
    let mut grid = Grid::default();
    for cell in cells.cells() {
        grid[usize::from(cell.row())][usize::from(cell.column())] = true;
    }
    grid
}

/// The shapes, row by row. They repeat the pictures of the crate, so that an error in either is found.
pub(crate) const SHAPES: [&str; 13] = [
    "XX/.X/.X",
    "X../XXX",
    "XXX/XXX/XXX",
    "X",
    "X/X/X",
    "XXX",
    "X../X../XXX",
    "XXX/..X/..X",
    "XX/XX",
    "X/X/X/X/X",
    "XXXXX",
    "XX./.XX",
    "X./XX/.X",
];

pub(crate) fn offsets(shape: Shape) -> Vec<(i32, i32)> {
    let mut offsets = Vec::new();
    for (row, line) in SHAPES[usize::from(shape.number())].split('/').enumerate() {
        for (column, letter) in line.chars().enumerate() {
            if letter == 'X' {
                offsets.push((row as i32, column as i32));
            }
        }
    }
    offsets
}

/// Returns `true` if the shape can be placed at this anchor.
pub(crate) fn fits(grid: &Grid, shape: Shape, at: Anchor) -> bool {
    offsets(shape).into_iter().all(|(row, column)| {
        let (row, column) = (at.row + row, at.column + column);
        (0..10).contains(&row) && (0..10).contains(&column) && !grid[row as usize][column as usize]
    })
}

pub(crate) fn place(grid: &mut Grid, shape: Shape, at: Anchor) {
    for (row, column) in offsets(shape) {
        grid[(at.row + row) as usize][(at.column + column) as usize] = true;
    }
}

pub(crate) fn complete_rows(grid: &Grid) -> Vec<u8> {
    (0..10).filter(|&row| grid[usize::from(row)].iter().all(|&filled| filled)).collect()
}

pub(crate) fn complete_columns(grid: &Grid) -> Vec<u8> {
    (0..10).filter(|&column| grid.iter().all(|row| row[usize::from(column)])).collect()
}

/// Clears all complete rows and columns at once. Returns the points.
pub(crate) fn clear(grid: &mut Grid) -> u64 {
    let (rows, columns) = (complete_rows(grid), complete_columns(grid));
    for &row in &rows {
        grid[usize::from(row)] = [false; 10];
    }
    for &column in &columns {
        for row in grid.iter_mut() {
            row[usize::from(column)] = false;
        }
    }
    let (r, c) = (rows.len() as i64, columns.len() as i64);
    let points = 10 * (r + c) + 50 * (r - 1).max(0) + 50 * (c - 1).max(0) + 50 * r.min(c);
    points as u64
}

pub(crate) fn all_anchors(grid: &Grid, shape: Shape) -> Bitboard {
    Cell::all().filter(|&cell| fits(grid, shape, cell.into())).collect()
}
