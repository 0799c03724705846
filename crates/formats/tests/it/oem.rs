use formats::oem::{self, EventKind, States};

use crate::shared;

/// The file whose line 13 was damaged by hand in the repository that it came from.
const DAMAGED: &str = "ISS_OEM_2023049T013849.xml";

#[test]
fn nasas_files_are_read_without_a_word() {
    for (file, text) in shared::files("oem") {
        if file == DAMAGED {
            continue;
        }
        let read = formats::read_ephemeris(&file, &text);
        assert_eq!(read.findings, [], "{file}");
        let [segment] = read.records[0].segments.as_slice() else { panic!("{file}: one segment") };
        assert_eq!(segment.states.len(), text.matches("<stateVector>").count(), "{file}");
        assert!(matches!(segment.states, States::Eme2000(_)), "{file}");
        let facts = oem::facts(segment);
        assert!((440_000.0..470_000.0).contains(&facts.mass_kg.unwrap()), "{file}");
        assert!((1_380.0..=1_965.0).contains(&facts.drag_area_m2.unwrap()), "{file}");
        assert!(facts.first_node.unwrap().time < facts.last_node.unwrap().time, "{file}");
        let events = oem::events(segment);
        assert!(events.iter().all(|event| event.kind != EventKind::Other), "{file}: {events:?}");
    }
}

#[test]
fn the_damaged_file_is_refused_where_it_is_damaged() {
    for (file, text) in shared::files("oem") {
        if file == DAMAGED {
            let read = oem::read_xml(&file, &text);
            assert!(read.records.is_empty());
            let found: Vec<String> = read.findings.iter().map(ToString::to_string).collect();
            assert_eq!(
                found,
                [
                    "ISS_OEM_2023049T013849.xml:13:21: must: xml-syntax: expected elements inside of <metadata>, found the \
                 text `mCENTER_NAME>EARTH` (a `<` is missing or damaged)"
                ]
            );
        }
    }
}
