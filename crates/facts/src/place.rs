//! Places on the ground that somebody names.

use book::Book;
use orbit::Site;
use partnership::SiteKind;

use crate::{FactsError, Refusal};

/// Magnitude of a station whose book names none: between a lone module (3) and the ISS (−1.8); ours.
const USUAL_MAGNITUDE: f64 = 0.0;

/// What it takes to see the station of a book with the naked eye.
#[must_use]
pub fn seeing(book: &Book) -> orbit::Seeing {
    orbit::Seeing::after_twilight(book.about.standard_magnitude.unwrap_or(USUAL_MAGNITUDE))
}

/// The named sites of the book, or all but cities, each with its name.
///
/// # Errors
/// When the book has no such site.
pub fn sites(book: &Book, ids: &[String], mask_deg: Option<f64>) -> Result<Vec<(Site, String)>, FactsError> {
    if ids.is_empty() {
        let stations = book.sites.iter().filter(|site| site.kind != SiteKind::City);
        return Ok(stations.map(|site| (sky::site_of(site, mask_deg), site.name.clone())).collect());
    }
    ids.iter()
        .map(|id| site(book, id).map(|site| (sky::site_of(site, mask_deg), site.name.clone())))
        .collect()
}

/// One site of the book.
///
/// # Errors
/// When the book has no such site.
pub fn site<'a>(book: &'a Book, id: &str) -> Result<&'a partnership::Site, FactsError> {
    let found = book.sites.iter().find(|site| site.id.as_str() == id);
    let refusal = || {
        let known: Vec<&str> = book.sites.iter().map(|site| site.id.as_str()).collect();
        Refusal::new("site", format!("the book has no site `{id}`"))
            .mend(format!("it has {}", known.join(", ")))
    };
    Ok(found.map(|site| &site.value).ok_or_else(refusal)?)
}

/// A place of latitude and longitude, degrees, and a height above the ellipsoid, m, with what it is called.
#[must_use]
pub fn spot(latitude_deg: f64, longitude_deg: f64, height_m: f64, mask_deg: f64) -> (Site, String) {
    let name = format!("{latitude_deg:.2}° {longitude_deg:.2}°");
    (Site { id: "place".to_owned(), latitude_deg, longitude_deg, height_m, mask_deg }, name)
}
