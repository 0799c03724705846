use crate::{omm, tle};

#[test]
fn the_form_is_seen_from_the_text() {
    for text in [tle::ISS, omm::JSON] {
        let read = formats::read_elements("f", text);
        assert_eq!(read.findings, []);
        assert_eq!(read.records[0].catalogue_number, 25_544);
    }
}
