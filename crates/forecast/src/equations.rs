//! A small system of linear equations.

/// A small dense system of linear equations, row by row, with the right-hand side as its last column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Equations {
    size: usize,
    cells: Vec<f64>,
}

/// A pivot smaller than this part of its row's largest cell tells of a loop that loses nothing: it has no single answer.
const SMALLEST_PIVOT: f64 = 1e-9;

impl Equations {
    pub(crate) fn clear(&mut self, size: usize) {
        self.size = size;
        self.cells.clear();
        self.cells.resize(size * (size + 1), 0.0);
    }

    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * (self.size + 1) + column] += value;
    }

    pub(crate) fn solution(&self, row: usize) -> f64 {
        self.cells[row * (self.size + 1) + self.size]
    }

    /// Gauss-Jordan elimination with row pivoting; false when there is no single solution.
    pub(crate) fn solve(&mut self) -> bool {
        let (size, width) = (self.size, self.size + 1);
        for row in self.cells.chunks_exact_mut(width) {
            let largest = row[..size].iter().fold(0.0_f64, |largest, cell| largest.max(cell.abs()));
            if largest == 0.0 {
                return false;
            }
            row.iter_mut().for_each(|cell| *cell /= largest);
        }
        for column in 0..size {
            let magnitude = |row: usize| self.cells[row * width + column].abs();
            let pivot = (column..size).max_by(|&a, &b| magnitude(a).total_cmp(&magnitude(b)));
            let Some(pivot) = pivot.filter(|&row| magnitude(row) > SMALLEST_PIVOT) else { return false };
            for at in 0..width {
                self.cells.swap(column * width + at, pivot * width + at);
            }
            let leading = self.cells[column * width + column];
            for at in column..width {
                self.cells[column * width + at] /= leading;
            }
            for row in (0..size).filter(|&row| row != column) {
                let factor = self.cells[row * width + column];
                for at in column..width {
                    self.cells[row * width + at] -= factor * self.cells[column * width + at];
                }
            }
        }
        true
    }
}
