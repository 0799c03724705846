//! One fault at a time in what the small book says of its antenna.

use crate::stock_faults::check_all;

#[test]
fn an_antenna_that_cannot_be_read() {
    check_all(&[
        ("relays.toml", "across_deg = 60.5", "across_deg = 91", &["relays.toml:21:14 out-of-range: "]),
        ("relays.toml", "along_deg = 110\n", "", &["relays.toml:14 value-missing: give `along_deg`"]),
        (
            "relays.toml",
            "acquire_s = 45",
            "acquire_min = 45",
            &[
                "relays.toml:14 value-missing: give `acquire_s`",
                "relays.toml:25:1 key-unknown: did you mean `acquire_s`?",
            ],
        ),
        (
            "relays.toml",
            "across_to_deg = 90",
            "across_to_deg = \"wide\"",
            &["relays.toml:23:86 value-wrong: "],
        ),
        ("relays.toml", "along_to_deg = 15.5, ", "", &["relays.toml:23 value-missing: give `along_to_deg`"]),
        (
            "relays.toml",
            "[[antenna]]",
            "[[antena]]",
            &["relays.toml:14:3 table-unknown: did you mean `antenna`?"],
        ),
    ]);
}

#[test]
fn an_antenna_that_does_not_fit() {
    check_all(&[
        (
            "relays.toml",
            "network = \"mirror\"\nrelays",
            "network = \"miror\"\nrelays",
            &["relays.toml:14 network-unknown: did you mean `mirror`?"],
        ),
        (
            "relays.toml",
            "relays = [\"mirror-1\"]",
            "relays = [\"mirror-2\"]",
            &["relays.toml:14 id-unknown: did you mean `mirror-1`?"],
        ),
        (
            "relays.toml",
            "\n[[antenna]]",
            "\n[[relay]]\nid = \"far\"\nname = \"Far\"\nnetwork = \"far\"\npartner = \"south\"\nlongitude_deg = 9\n\
             epoch = \"2040-06-01\"\nfrom = \"2039-01-01\"\nsource = \"invented\"\nquality = \"assumed\"\n\n\
             [[antenna]]\nid = \"other\"\nname = \"Other\"\npartner = \"south\"\nnetwork = \"far\"\n\
             relays = [\"far\", \"mirror-1\"]\nalong_deg = 90\nacross_deg = 90\nacquire_s = 0\n\
             source = \"invented\"\nquality = \"assumed\"\n\n[[antenna]]",
            &["relays.toml:25 relay-of-other-network: name relays of the antenna's network only"],
        ),
        (
            "relays.toml",
            "along_from_deg = -20",
            "along_from_deg = 20",
            &["relays.toml:14 zone-reversed: give the lesser angle first, forward and starboard positive"],
        ),
        (
            "relays.toml",
            "until = \"2050-01-01\"",
            "until = \"2039-01-01\"",
            &["relays.toml:14 dates-reversed: look both times up"],
        ),
        (
            "relays.toml",
            "id = \"dish\"",
            "id = \"relay\"",
            &["relays.toml:14 link-twice: give the antenna another id"],
        ),
        (
            "relays.toml",
            "partner = \"north\"",
            "partner = \"nort\"",
            &["relays.toml:14 id-unknown: did you mean `north`?"],
        ),
    ]);
}
