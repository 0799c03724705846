/// One of a few fixed words of a book: `dock`, `berth`.
///
/// [`words!`](crate::words) writes the enumeration and this at once.
pub trait Word: Copy + Eq + 'static {
    /// Every word, in the order in which the documentation lists them.
    const ALL: &'static [Self];

    /// The word as it stands in a book.
    fn word(self) -> &'static str;

    /// The value that a word stands for.
    #[must_use]
    fn from_word(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|value| value.word() == text)
    }
}

/// Declares an enumeration whose values are written as fixed words.
///
/// ```
/// use record::Word;
/// record::words! {
///     /// How a vehicle joins.
///     pub enum Join {
///         /// By itself.
///         Dock = "dock",
///         /// By the arm.
///         Berth = "berth",
///     }
/// }
/// assert_eq!(Join::from_word("berth"), Some(Join::Berth));
/// assert_eq!(Join::Dock.to_string(), "dock");
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $name { $($(#[$value_doc])* $value,)* }

        impl $crate::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$value,)*];
            fn word(self) -> &'static str {
                match self { $(Self::$value => $word,)* }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::Word::word(*self))
            }
        }
    };
}
