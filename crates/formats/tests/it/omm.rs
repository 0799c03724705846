use formats::omm;

use crate::tle::ISS;

/// The same set as the TLE's, as CelesTrak writes JSON.
pub(crate) const JSON: &str = r#"[{"OBJECT_NAME":"ISS (ZARYA)","OBJECT_ID":"1998-067A","EPOCH":"2026-05-30T12:25:10.468992",
"MEAN_MOTION":15.49496548,"ECCENTRICITY":0.0007245,"INCLINATION":51.6337,"RA_OF_ASC_NODE":27.5746,
"ARG_OF_PERICENTER":114.708,"MEAN_ANOMALY":245.4664,"EPHEMERIS_TYPE":0,"CLASSIFICATION_TYPE":"U",
"NORAD_CAT_ID":25544,"ELEMENT_SET_NO":999,"REV_AT_EPOCH":56901,"BSTAR":0.00021767,
"MEAN_MOTION_DOT":0.00011776,"MEAN_MOTION_DDOT":0}]"#;

#[test]
fn json_says_what_the_tle_says() {
    let tle = formats::tle::read("t", ISS).records;
    let read = omm::read_json("j", JSON);
    assert_eq!(read.findings, []);
    assert_eq!(read.records, tle);
}
