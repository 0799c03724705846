//! The station's long axis with its ports and what holds them: found in a book, drawn as text.

mod draw;
mod layout;

pub(crate) use draw::draw;
pub(crate) use layout::layout;

/// A port as drawn: its name and what holds it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Socket {
    /// Short name, such as `Poisk` or `zenith`.
    pub(crate) name: String,
    /// The flight that holds it; none when it is free.
    pub(crate) holder: Option<String>,
}

/// One element of the long axis and the ports above and below it, nearest first.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Section {
    pub(crate) element: String,
    pub(crate) above: Vec<Socket>,
    pub(crate) below: Vec<Socket>,
}

/// The long axis from aft (left) to forward (right).
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct PortMap {
    pub(crate) aft: Vec<Socket>,
    pub(crate) sections: Vec<Section>,
    pub(crate) forward: Vec<Socket>,
}
