//! What was docked where on dates since 2021.
//!
//! Public knowledge: NASA's station blog, its monthly visiting-vehicle charts and the flights' own reports, written down apart
//! from the book and then held against it.

use crate::program;

/// Moment (UTC), and each flight with its port.
const DOCKED: [(&str, &[&str]); 30] = [
    (
        "2021-01-10",
        &[
            "progress-ms-14 zvezda-aft",
            "progress-ms-15 pirs-nadir",
            "soyuz-ms-17 rassvet-nadir",
            "crew-1 harmony-forward",
            "spx-21 harmony-zenith",
        ],
    ),
    // Crew-1 and Soyuz MS-17 had moved, on 5 April and 19 March.
    (
        "2021-04-12",
        &[
            "progress-ms-14 zvezda-aft",
            "progress-ms-16 pirs-nadir",
            "soyuz-ms-17 poisk-zenith",
            "soyuz-ms-18 rassvet-nadir",
            "crew-1 harmony-zenith",
            "ng-15 unity-nadir",
        ],
    ),
    (
        "2021-04-26",
        &[
            "progress-ms-14 zvezda-aft",
            "progress-ms-16 pirs-nadir",
            "soyuz-ms-18 rassvet-nadir",
            "crew-1 harmony-zenith",
            "crew-2 harmony-forward",
            "ng-15 unity-nadir",
        ],
    ),
    (
        "2021-06-15",
        &[
            "progress-ms-16 pirs-nadir",
            "soyuz-ms-18 rassvet-nadir",
            "crew-2 harmony-forward",
            "spx-22 harmony-zenith",
            "ng-15 unity-nadir",
        ],
    ),
    (
        "2021-07-10",
        &[
            "progress-ms-16 pirs-nadir",
            "progress-ms-17 poisk-zenith",
            "soyuz-ms-18 rassvet-nadir",
            "crew-2 harmony-forward",
        ],
    ),
    // Crew-2 had moved on 21 July; Pirs had left on the 26th.
    (
        "2021-08-20",
        &[
            "progress-ms-17 poisk-zenith",
            "soyuz-ms-18 rassvet-nadir",
            "crew-2 harmony-zenith",
            "ng-16 unity-nadir",
        ],
    ),
    (
        "2021-09-15",
        &[
            "progress-ms-17 poisk-zenith",
            "soyuz-ms-18 rassvet-nadir",
            "crew-2 harmony-zenith",
            "ng-16 unity-nadir",
            "spx-23 harmony-forward",
        ],
    ),
    // Progress MS-17 was in free flight from Poisk to Nauka.
    ("2021-10-21T12:00", &["soyuz-ms-19 rassvet-nadir", "crew-2 harmony-zenith", "ng-16 unity-nadir"]),
    (
        "2021-11-01",
        &[
            "progress-ms-17 nauka-nadir",
            "soyuz-ms-19 rassvet-nadir",
            "progress-ms-18 zvezda-aft",
            "crew-2 harmony-zenith",
            "ng-16 unity-nadir",
        ],
    ),
    // The tug that brought Prichal still hung below it.
    (
        "2021-12-10",
        &[
            "soyuz-ms-19 rassvet-nadir",
            "progress-ms-18 zvezda-aft",
            "crew-3 harmony-forward",
            "progress-m-um prichal-nadir",
            "soyuz-ms-20 poisk-zenith",
        ],
    ),
    (
        "2022-01-10",
        &[
            "soyuz-ms-19 rassvet-nadir",
            "progress-ms-18 zvezda-aft",
            "crew-3 harmony-forward",
            "spx-24 harmony-zenith",
        ],
    ),
    (
        "2022-04-15",
        &[
            "progress-ms-18 zvezda-aft",
            "progress-ms-19 poisk-zenith",
            "soyuz-ms-21 prichal-nadir",
            "crew-3 harmony-forward",
            "ax-1 harmony-zenith",
            "ng-17 unity-nadir",
        ],
    ),
    (
        "2022-05-23",
        &[
            "progress-ms-18 zvezda-aft",
            "progress-ms-19 poisk-zenith",
            "soyuz-ms-21 prichal-nadir",
            "crew-4 harmony-zenith",
            "oft-2 harmony-forward",
            "ng-17 unity-nadir",
        ],
    ),
    (
        "2022-08-01",
        &[
            "progress-ms-20 zvezda-aft",
            "progress-ms-19 poisk-zenith",
            "soyuz-ms-21 prichal-nadir",
            "crew-4 harmony-zenith",
            "spx-25 harmony-forward",
        ],
    ),
    (
        "2022-10-10",
        &[
            "progress-ms-20 zvezda-aft",
            "progress-ms-19 poisk-zenith",
            "soyuz-ms-22 rassvet-nadir",
            "crew-4 harmony-zenith",
            "crew-5 harmony-forward",
        ],
    ),
    (
        "2022-12-15",
        &[
            "progress-ms-20 zvezda-aft",
            "progress-ms-21 poisk-zenith",
            "soyuz-ms-22 rassvet-nadir",
            "crew-5 harmony-forward",
            "spx-26 harmony-zenith",
            "ng-18 unity-nadir",
        ],
    ),
    // Soyuz MS-22, holed, and MS-23, sent up empty to replace it.
    (
        "2023-03-05",
        &[
            "progress-ms-22 zvezda-aft",
            "soyuz-ms-23 poisk-zenith",
            "soyuz-ms-22 rassvet-nadir",
            "crew-5 harmony-forward",
            "crew-6 harmony-zenith",
            "ng-18 unity-nadir",
        ],
    ),
    // Soyuz MS-23 had moved to Prichal on 6 April, Crew-6 to the front on 6 May.
    (
        "2023-05-26",
        &[
            "progress-ms-22 zvezda-aft",
            "progress-ms-23 poisk-zenith",
            "soyuz-ms-23 prichal-nadir",
            "crew-6 harmony-forward",
            "ax-2 harmony-zenith",
        ],
    ),
    (
        "2023-10-01",
        &[
            "progress-ms-24 zvezda-aft",
            "progress-ms-23 poisk-zenith",
            "soyuz-ms-24 rassvet-nadir",
            "crew-7 harmony-zenith",
            "ng-19 unity-nadir",
        ],
    ),
    (
        "2024-01-25",
        &[
            "progress-ms-24 zvezda-aft",
            "progress-ms-25 poisk-zenith",
            "soyuz-ms-24 rassvet-nadir",
            "crew-7 harmony-zenith",
            "ax-3 harmony-forward",
        ],
    ),
    (
        "2024-04-01",
        &[
            "progress-ms-26 zvezda-aft",
            "progress-ms-25 poisk-zenith",
            "soyuz-ms-24 rassvet-nadir",
            "soyuz-ms-25 prichal-nadir",
            "crew-8 harmony-forward",
            "spx-30 harmony-zenith",
            "ng-20 unity-nadir",
        ],
    ),
    // Crew-8 had moved up on 2 May to make room for Starliner.
    (
        "2024-07-01",
        &[
            "progress-ms-26 zvezda-aft",
            "progress-ms-27 poisk-zenith",
            "soyuz-ms-25 prichal-nadir",
            "crew-8 harmony-zenith",
            "cft harmony-forward",
            "ng-20 unity-nadir",
        ],
    ),
    (
        "2024-10-15",
        &[
            "progress-ms-28 zvezda-aft",
            "progress-ms-27 poisk-zenith",
            "soyuz-ms-26 rassvet-nadir",
            "crew-8 harmony-zenith",
            "crew-9 harmony-forward",
            "ng-21 unity-nadir",
        ],
    ),
    // Crew-9 had moved up on 3 November.
    (
        "2025-01-15",
        &[
            "progress-ms-28 zvezda-aft",
            "progress-ms-29 poisk-zenith",
            "soyuz-ms-26 rassvet-nadir",
            "crew-9 harmony-zenith",
            "ng-21 unity-nadir",
        ],
    ),
    (
        "2025-05-01",
        &[
            "progress-ms-30 zvezda-aft",
            "progress-ms-29 poisk-zenith",
            "soyuz-ms-27 prichal-nadir",
            "crew-10 harmony-forward",
            "spx-32 harmony-zenith",
        ],
    ),
    (
        "2025-07-10",
        &[
            "progress-ms-30 zvezda-aft",
            "progress-ms-31 poisk-zenith",
            "soyuz-ms-27 prichal-nadir",
            "crew-10 harmony-forward",
            "ax-4 harmony-zenith",
        ],
    ),
    (
        "2025-10-15",
        &[
            "progress-ms-32 zvezda-aft",
            "progress-ms-31 poisk-zenith",
            "soyuz-ms-27 prichal-nadir",
            "crew-11 harmony-zenith",
            "spx-33 harmony-forward",
            "ng-23 unity-nadir",
        ],
    ),
    // Cygnus NG-23 was held aside on the arm for a week, so that Soyuz MS-28 could come.
    (
        "2025-11-28",
        &[
            "progress-ms-32 zvezda-aft",
            "progress-ms-31 poisk-zenith",
            "soyuz-ms-27 prichal-nadir",
            "soyuz-ms-28 rassvet-nadir",
            "crew-11 harmony-zenith",
            "spx-33 harmony-forward",
            "htv-x1 harmony-nadir",
        ],
    ),
    // All eight ports taken for the first time (NASA, 2025-12-01).
    (
        "2025-12-05",
        &[
            "progress-ms-32 zvezda-aft",
            "progress-ms-31 poisk-zenith",
            "soyuz-ms-27 prichal-nadir",
            "soyuz-ms-28 rassvet-nadir",
            "crew-11 harmony-zenith",
            "spx-33 harmony-forward",
            "htv-x1 harmony-nadir",
            "ng-23 unity-nadir",
        ],
    ),
    (
        "2026-01-20",
        &[
            "progress-ms-32 zvezda-aft",
            "progress-ms-31 poisk-zenith",
            "soyuz-ms-28 rassvet-nadir",
            "spx-33 harmony-forward",
            "htv-x1 harmony-nadir",
            "ng-23 unity-nadir",
        ],
    ),
];

#[test]
fn everything_docked_is_at_its_port() {
    for (moment, expected) in DOCKED {
        let status = program::json(&format!("status --at {moment}"));
        let mut docked: Vec<String> = program::list(&status, "docked")
            .iter()
            .map(|one| format!("{} {}", program::text(one, "flight"), program::text(one, "port")))
            .collect();
        docked.sort();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(docked, expected, "{moment}");
    }
}
