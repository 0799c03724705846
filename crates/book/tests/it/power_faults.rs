//! One fault at a time in what the small book says of power.

use crate::stock_faults::check_all;

#[test]
fn records_that_cannot_be_read() {
    check_all(&[
        ("power.toml", "output_kw = 12", "output_kw = -12", &["power.toml:23:13 out-of-range: "]),
        (
            "power.toml",
            "output_kw = 12",
            "output_w = 12000",
            &[
                "power.toml:19 value-missing: give `output_kw`",
                "power.toml:23:1 unit-wrong: convert it and write `output_kw`",
            ],
        ),
        ("power.toml", "capacity_kwh = 20", "capacity_kwh = -1", &["power.toml:36:16 out-of-range: "]),
        ("power.toml", "efficiency_pct = 90", "efficiency_pct = 0", &["power.toml:38:18 out-of-range: "]),
        ("power.toml", "left_pct = 80", "left_pct = 180", &["power.toml:25:75 out-of-range: "]),
        ("power.toml", "shed = 50", "shed = \"first\"", &["power.toml:48:8 value-wrong: "]),
        ("power.toml", "[[loop]]", "[[loops]]", &["power.toml:71:3 table-unknown: did you mean `loop`?"]),
        (
            "orbit/sun_distance.csv",
            "2041-01-01,1.5",
            "2041-01-01,0",
            &["orbit/sun_distance.csv:4 out-of-range: "],
        ),
    ]);
}

#[test]
fn power_that_cannot_be() {
    check_all(&[
        (
            "power.toml",
            "channel = \"one\"\noutput",
            "channel = \"on\"\noutput",
            &["power.toml:19 id-unknown: did you mean `one`?"],
        ),
        (
            "processes.toml",
            "channels = [\"one\"]",
            "channels = [\"three\"]",
            &["processes.toml:12 id-unknown: add the channel `three`, or name another"],
        ),
        (
            "processes.toml",
            "channels = [\"one\"]\n",
            "",
            &["processes.toml:12 channel-missing: name one or more in `channels`"],
        ),
        (
            "power.toml",
            "channels = [\"one\"]\n",
            "channels = []\n",
            &["power.toml:52 channel-missing: name one or more in `channels`"],
        ),
        (
            "power.toml",
            "segment = \"south\"",
            "segment = \"soth\"",
            &["power.toml:10 segment-unknown: did you mean `south`?"],
        ),
        (
            "power.toml",
            "to = \"two\"",
            "to = \"one\"",
            &["power.toml:61 transfer-to-itself: take the receiver out of `giving`"],
        ),
        (
            "power.toml",
            "until = \"2055-01-01\"",
            "until = \"2039-01-01\"",
            &["power.toml:19 dates-reversed: look both times up"],
        ),
        (
            "power.toml",
            "2040-09-01",
            "2040-07-01",
            &["power.toml:19 out-of-order: list the factors in order of time, one for each"],
        ),
        (
            "power.toml",
            "beta_deg = 70",
            "beta_deg = 30",
            &["power.toml:19 out-of-order: list the shading in order of beta, one for each angle"],
        ),
        (
            "power.toml",
            "shed = 50",
            "shed = 2",
            &["power.toml:43 priority-twice: say which of the two is shed first: the higher number"],
        ),
        (
            "power.toml",
            "channel = \"two\"\ncapacity",
            "channel = \"one\"\ncapacity",
            &[
                "power.toml:10 channel-unfed: give it a wing or a battery, or take it away; a transfer alone does not make it serve",
            ],
        ),
        (
            "processes.toml",
            "power_kw = 1.2",
            "power_kw = 0.5",
            &[
                "processes.toml:12 energy-from-nothing: it needs 0.821 kW at least; or say in `of` what it really lets out",
            ],
        ),
        (
            "processes.toml",
            "of = \"hydrogen\"",
            "of = \"hydrogn\"",
            &["processes.toml:12 id-unknown: did you mean `hydrogen`?"],
        ),
    ]);
}
