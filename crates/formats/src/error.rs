use thiserror::Error;

/// Why something cannot be said in a format.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum WriteError {
    /// A number is outside what the format has room for, or not finite.
    #[error("{format} cannot hold {field} = {value} of {object}: {expected}")]
    Range {
        /// The format, `TLE`.
        format: &'static str,
        /// The field, `BSTAR`.
        field: &'static str,
        /// Its value.
        value: String,
        /// The object it belongs to.
        object: String,
        /// What the format has room for.
        expected: &'static str,
    },
    /// A text has characters that would be read as something else.
    #[error("{format} cannot hold the text {text:?} as {field}: {expected}")]
    Text {
        /// The format, `OEM KVN`.
        format: &'static str,
        /// The field, `COMMENT`.
        field: &'static str,
        /// The text.
        text: String,
        /// What the format can hold.
        expected: &'static str,
    },
}
