use std::fmt;

use record::PartnerId;

/// Whom the rates of a process are for one of; as text it is the name of the profile that counts them.
///
/// ```
/// use station::Scale;
/// assert_eq!(Scale::from_name("crew.segment.us"), Some(Scale::Segment("us".to_owned())));
/// assert_eq!(Scale::from_name("crew.aboard").unwrap().to_string(), "crew.aboard");
/// assert_eq!(Scale::from_name("people"), None);
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Scale {
    /// Everybody aboard: `crew.aboard`.
    Aboard,
    /// Those aboard who live on one segment's stores: `crew.segment.us`.
    Segment(String),
    /// Those aboard under one partner's right: `crew.esa`.
    Partner(PartnerId),
}

impl Scale {
    /// The scale that a profile's name stands for; whether the book has such a segment or partner is not asked.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let of_crew = name.strip_prefix("crew.")?;
        match of_crew.strip_prefix("segment.") {
            Some("") => None,
            Some(segment) => Some(Self::Segment(segment.to_owned())),
            None if of_crew == "aboard" => Some(Self::Aboard),
            None => of_crew.parse().ok().map(Self::Partner),
        }
    }
}

impl fmt::Display for Scale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Aboard => f.write_str("crew.aboard"),
            Self::Segment(segment) => write!(f, "crew.segment.{segment}"),
            Self::Partner(partner) => write!(f, "crew.{partner}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn a_name_of_a_profile_of_people_is_a_scale_and_back() {
        for name in ["crew.aboard", "crew.segment.us", "crew.segment.north east", "crew.esa", "crew.segment"]
        {
            assert_eq!(Scale::from_name(name).map(|scale| scale.to_string()).as_deref(), Some(name));
        }
        for name in
            ["", "crew", "crew.", "crew.segment.", "crew.ESA", "crew.esa.x", "aboard", "store.water_kg"]
        {
            assert_eq!(Scale::from_name(name), None, "{name}");
        }
    }
}
