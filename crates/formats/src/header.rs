use timeline::Time;

/// Who made a CCSDS message, and when (CCSDS 502.0-B-3, tables 4-1 and 5-2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Header {
    /// Comments, in order.
    pub comments: Vec<String>,
    /// When the message was made.
    pub created: Time,
    /// Who made it, such as `JSC`.
    pub originator: String,
}
