crate::words! {
    /// How good a figure is.
    pub enum Quality {
        /// From recorded data.
        Measured = "measured",
        /// Read in a named source.
        Published = "published",
        /// General knowledge, not checked against a source.
        Recalled = "recalled",
        /// Computed from other figures; the note says how.
        Estimated = "estimated",
        /// Chosen so that the book is complete.
        Assumed = "assumed",
    }
}

impl Quality {
    /// Whether wherever the figure is shown, it must be said that it is not read from a source.
    #[must_use]
    pub const fn must_be_marked(self) -> bool {
        matches!(self, Self::Recalled | Self::Estimated | Self::Assumed)
    }
}

/// Where a record came from and how good it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provenance {
    /// Where it was read, in words short enough to find it again.
    pub source: String,
    /// How good it is.
    pub quality: Quality,
    /// Free text; empty when there is none.
    pub note: String,
}
