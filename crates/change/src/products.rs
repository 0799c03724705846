use std::collections::BTreeMap;

use book::Files;
use plan::Plan;
use record::ProductId;
use thiserror::Error;

/// What all keep together: the plans, and the files of the book.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Products {
    /// The plans.
    pub plans: BTreeMap<ProductId, Plan>,
    /// The book's files: path, with `/` between, and text.
    pub files: BTreeMap<String, String>,
}

/// A file that is no text.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` is not UTF-8; a change request holds text")]
pub struct NoTextError(pub String);

impl Products {
    /// A book's files, and no plan yet.
    ///
    /// # Errors
    /// When a file is no text.
    pub fn of_files(files: &Files) -> Result<Self, NoTextError> {
        let mut products = Self::default();
        for path in files.paths() {
            let bytes = files.get(path).unwrap_or_default().to_vec();
            let text = String::from_utf8(bytes).map_err(|_| NoTextError(path.to_owned()))?;
            products.files.insert(path.to_owned(), text);
        }
        Ok(products)
    }

    /// The files as a book is read from.
    #[must_use]
    pub fn to_files(&self) -> Files {
        self.files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect()
    }
}
