//! The rules once more, written as plainly as they can be said: loops over a table of cells. Slow, and obviously right.

use blockers::rules::{Anchor, Bitboard, Cell, Shape};

pub(crate) type Table = [[bool; 10]; 10];

pub(crate) fn table(cells: Bitboard) -> Table {
    let mut table = Table::default();
    for cell in cells.cells() {
        table[usize::from(cell.row())][usize::from(cell.column())] = true;
    }
    table
}

/// The shapes as the rules picture them, row by row. They are typed here a second time on purpose.
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

/// May the shape lie there?
pub(crate) fn fits(table: &Table, shape: Shape, at: Anchor) -> bool {
    offsets(shape).into_iter().all(|(row, column)| {
        let (row, column) = (at.row + row, at.column + column);
        (0..10).contains(&row) && (0..10).contains(&column) && !table[row as usize][column as usize]
    })
}

pub(crate) fn place(table: &mut Table, shape: Shape, at: Anchor) {
    for (row, column) in offsets(shape) {
        table[(at.row + row) as usize][(at.column + column) as usize] = true;
    }
}

pub(crate) fn complete_rows(table: &Table) -> Vec<u8> {
    (0..10).filter(|&row| table[usize::from(row)].iter().all(|&filled| filled)).collect()
}

pub(crate) fn complete_columns(table: &Table) -> Vec<u8> {
    (0..10).filter(|&column| table.iter().all(|row| row[usize::from(column)])).collect()
}

/// Clears complete rows and columns, found together. Returns the points.
pub(crate) fn clear(table: &mut Table) -> u64 {
    let (rows, columns) = (complete_rows(table), complete_columns(table));
    for &row in &rows {
        table[usize::from(row)] = [false; 10];
    }
    for &column in &columns {
        for row in table.iter_mut() {
            row[usize::from(column)] = false;
        }
    }
    let (r, c) = (rows.len() as i64, columns.len() as i64);
    let points = 10 * (r + c) + 50 * (r - 1).max(0) + 50 * (c - 1).max(0) + 50 * r.min(c);
    points as u64
}

pub(crate) fn all_anchors(table: &Table, shape: Shape) -> Bitboard {
    Cell::all().filter(|&cell| fits(table, shape, cell.into())).collect()
}
