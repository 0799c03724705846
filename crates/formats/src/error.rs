use thiserror::Error;

/// Why something cannot be said in a format.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum WriteError {
    /// A value is outside what the format has room for, or not finite.
    #[error("{format} cannot hold {field} = {value} of {object}: expected {expected}")]
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
    #[error("{format} cannot hold {text:?} as {field}: {expected}")]
    Text {
        /// The format, `OEM`.
        format: &'static str,
        /// The field, `COMMENT`.
        field: &'static str,
        /// The text.
        text: String,
        /// What the format can hold.
        expected: &'static str,
    },
    /// Elements on which nothing can fly; every reader would refuse them.
    #[error("{format} is not written for {object}: {fault}")]
    Implausible {
        /// The format, `OMM`.
        format: &'static str,
        /// The object.
        object: String,
        /// What is wrong.
        fault: String,
    },
}
