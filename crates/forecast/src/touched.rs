//! A set of indices that is cheap to fill and to empty again: what one event concerns.

/// Indices below a size given once, each at most once, in the order in which they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Touched {
    is_in: Vec<bool>,
    list: Vec<usize>,
}

impl Touched {
    pub(crate) fn none_of(size: usize) -> Self {
        Self { is_in: vec![false; size], list: Vec::with_capacity(size) }
    }

    pub(crate) fn all_of(size: usize) -> Self {
        Self { is_in: vec![true; size], list: (0..size).collect() }
    }

    /// Puts one in; says whether it was not there.
    pub(crate) fn insert(&mut self, index: usize) -> bool {
        let is_new = !self.is_in[index];
        if is_new {
            self.is_in[index] = true;
            self.list.push(index);
        }
        is_new
    }

    pub(crate) fn contains(&self, index: usize) -> bool {
        self.is_in[index]
    }

    pub(crate) fn clear(&mut self) {
        for &index in &self.list {
            self.is_in[index] = false;
        }
        self.list.clear();
    }

    pub(crate) fn sort(&mut self) {
        self.list.sort_unstable();
    }

    pub(crate) fn list(&self) -> &[usize] {
        &self.list
    }
}
