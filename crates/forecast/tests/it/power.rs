//! Batteries, loads and heat: against answers anybody can work out, and against a simulation by the second.

use forecast::power::{
    Channel, ChannelDay, Cooling, Day, Draws, Load, Power, Revolution, SheddingReason, Transfer, Zoom,
};
use forecast::{Draft, Forecast, Model, Process, Store, compute};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

fn hour(hours: f64) -> Time {
    Time::EPOCH + Duration::from_seconds(hours * 3_600.0)
}

const FEED: ChannelDay = ChannelDay { output_kw: 24.0, capacity_kwh: 24.0, charge_kw: 15.0, efficiency: 0.8 };

/// Revolutions of an hour and a half, an hour of it in sunlight, for so many days.
fn days(count: i64) -> Vec<Day> {
    let period = Duration::MINUTE * 90;
    let one = |day| Day { since: Time::EPOCH + Duration::DAY * day, period, sunlit_part: 2.0 / 3.0 };
    (0..count).map(one).collect()
}

fn channel(name: &str, feed: ChannelDay, count: usize) -> Channel {
    Channel { name: name.to_owned(), shed_below: 0.65, fails: None, days: vec![feed; count] }
}

fn load(name: &str, channels: &[&str], shed: Option<u32>, kw: f64) -> Load {
    Load {
        name: name.to_owned(),
        shed,
        channels: channels.iter().map(|&channel| channel.to_owned()).collect(),
        draws: Draws::Steps(vec![(Time::EPOCH, kw)]),
    }
}

/// Nine tenths of what `a` gives for it come to `r`.
fn converter(most_kw: f64) -> Transfer {
    Transfer {
        name: "converter".to_owned(),
        giving: vec!["a".to_owned()],
        to: "r".to_owned(),
        most_kw: vec![(Time::EPOCH, most_kw)],
        efficiency: 0.9,
    }
}

fn one_channel(loads: Vec<Load>, zoom: Zoom) -> Power {
    Power { days: days(30), channels: vec![channel("a", FEED, 30)], loads, zoom, ..Power::default() }
}

fn over(hours: f64, power: Power) -> Forecast {
    let draft = Draft { begins: Time::EPOCH, power: Some(power), ..Draft::default() };
    over_draft(hours, &draft)
}

fn over_draft(hours: f64, draft: &Draft) -> Forecast {
    compute(&Model::new(draft).unwrap(), Interval::new(Time::EPOCH, hour(hours)).unwrap()).unwrap()
}

fn check(forecast: &Forecast, profile: &str, expected: &[(f64, f64)]) {
    for &(hours, value) in expected {
        let found = forecast.profile(profile).unwrap_or_else(|| panic!("{profile}")).at(hour(hours)).unwrap();
        assert!((found - value).abs() < 1e-9, "{profile} at {hours} h: {found}, not {value}");
    }
}

#[test]
fn a_night_takes_what_the_day_gives_back() {
    let power = one_channel(vec![load("users", &["a"], None, 8.0)], Zoom::Revolutions);
    let forecast = over(48.0, power);
    // Full until sunset; half an hour at 8 kW takes 4 kWh; at 15 kW and 80 % they are back after 20 minutes.
    check(
        &forecast,
        "power.a.charge_kwh",
        &[
            (0.5, 24.0),
            (1.0, 24.0),
            (1.25, 22.0),
            (1.5, 20.0),
            (1.5 + 1.0 / 6.0, 22.0),
            (1.9, 24.0),
            (31.25, 22.0),
        ],
    );
    // η G S / (E + η S) = 0.8 · 24 / (0.5 + 0.8).
    check(&forecast, "power.a.capability_kw", &[(1.0, 19.2 / 1.3)]);
    check(&forecast, "power.margin_kw", &[(1.0, 19.2 / 1.3 - 8.0)]);
    assert!(forecast.sheddings().is_empty());
}

#[test]
fn days_tell_the_lowest_and_highest_of_every_revolution() {
    let forecast = over(96.0, one_channel(vec![load("users", &["a"], None, 8.0)], Zoom::Days));
    check(&forecast, "power.a.charge_low", &[(1.0, 20.0 / 24.0), (50.0, 20.0 / 24.0)]);
    check(&forecast, "power.a.charge_high", &[(1.0, 1.0), (50.0, 1.0)]);
}

/// 16 kW are more than the channel carries. The last load in order goes when the charge comes to 65 %, and comes back only when
/// the channel could carry it from day to day.
#[test]
fn what_cannot_be_carried_is_shed_in_order_to_the_instant() {
    let loads = vec![
        load("life-support", &["a"], None, 6.0),
        load("computers", &["a"], Some(1), 3.0),
        load("experiments", &["a"], Some(2), 7.0),
    ];
    let forecast = over(24.0 * 20.0, one_channel(loads, Zoom::Revolutions));
    let sheddings = forecast.sheddings();
    assert_eq!(sheddings.len(), 1, "{sheddings:?}");
    assert_eq!(sheddings[0].load, "experiments");
    assert_eq!(sheddings[0].reason, SheddingReason::Charge("a".to_owned()));
    // First night: 24 − 8 kWh would be at 1.5 h; 8.4 kWh above the floor of 15.6 last longer. In sunlight the 8 kW left at 80 %
    // give 6.4 kWh back: 22.4; in the second night 6.8 kWh last 25.5 minutes.
    let expected = hour(1.5 + 1.0) + Duration::from_seconds(6.8 / 16.0 * 3_600.0);
    let apart = sheddings[0].during.start() - expected;
    assert!(apart.abs() <= Duration::NANOSECOND, "{}", sheddings[0].during.start());
    assert_eq!(sheddings[0].during.end(), hour(480.0));
    check(&forecast, "power.a.load_kw", &[(1.0, 16.0), (4.0, 9.0)]);
}

/// The trap of equal batteries: all come to the floor at one instant, and each sheds its own.
#[test]
fn eight_equal_batteries_fall_and_fill_at_one_instant() {
    let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
    let loads = names.iter().flat_map(|&name| {
        let users = format!("users-{name}");
        [load(&format!("systems-{name}"), &[name], None, 9.1), load(&users, &[name], Some(9), 7.3)]
    });
    let power = Power {
        days: days(30),
        channels: names.iter().map(|name| channel(name, FEED, 30)).collect(),
        loads: loads.collect(),
        zoom: Zoom::Revolutions,
        ..Power::default()
    };
    let forecast = over(720.0, power);
    let sheddings = forecast.sheddings();
    assert_eq!(sheddings.len(), 8, "{sheddings:?}");
    assert!(sheddings.iter().all(|one| one.during.start() == sheddings[0].during.start()), "{sheddings:?}");
    let first = forecast.profile("power.a.charge_kwh").unwrap();
    for name in names {
        let charge = forecast.profile(&format!("power.{name}.charge_kwh")).unwrap();
        assert_eq!((charge.starts(), charge.values()), (first.starts(), first.values()), "{name}");
        assert!(charge.segments().all(|one| (0.0..=24.0 + 1e-9).contains(&one.value)), "{name}");
    }
}

#[test]
fn a_process_without_power_does_not_run_and_its_store_feels_it() {
    let dies = ChannelDay::default();
    let mut channels = vec![channel("a", FEED, 30)];
    channels[0].days[10..20].fill(dies);
    let generator = Load {
        name: "generator".to_owned(),
        shed: Some(1),
        channels: vec!["a".to_owned()],
        draws: Draws::Process { full_kw: 2.0 },
    };
    let draft = Draft {
        begins: Time::EPOCH,
        stores: vec![Store::new("water", 1_000.0).with_level_kg(500.0), Store::new("oxygen", 1_000.0)],
        processes: vec![
            Process::new("generator", 1).takes("water", 5.0).gives("oxygen", 5.0).of(Time::EPOCH, 1.0),
        ],
        power: Some(Power { days: days(30), channels, loads: vec![generator], ..Power::default() }),
        ..Draft::default()
    };
    let forecast = over_draft(24.0 * 30.0, &draft);
    check(&forecast, "store.oxygen_kg", &[(24.0 * 5.0, 25.0), (24.0 * 15.0, 50.0), (24.0 * 25.0, 75.0)]);
    check(&forecast, "power.a.load_kw", &[(24.0 * 5.0, 2.0), (24.0 * 15.0, 0.0), (24.0 * 25.0, 2.0)]);
    assert_eq!(forecast.sheddings().len(), 1);
    assert_eq!(forecast.sheddings()[0].reason, SheddingReason::NoChannel);
}

#[test]
fn a_lost_channel_is_carried_by_the_others_and_lost_cooling_sheds() {
    let mut channels = vec![channel("a", FEED, 30), channel("b", FEED, 30)];
    channels[1].days[10..].fill(ChannelDay::default());
    let both = ["a", "b"];
    let power = Power {
        days: days(30),
        channels,
        loads: vec![load("users", &both, Some(2), 5.0), load("systems", &both, Some(1), 6.0)],
        cooling: vec![Cooling {
            name: "loops".to_owned(),
            channels: vec!["a".to_owned(), "b".to_owned()],
            most_kw: vec![(Time::EPOCH, 20.0), (hour(24.0 * 20.0), 10.0), (hour(24.0 * 25.0), 20.0)],
        }],
        ..Power::default()
    };
    let forecast = over(24.0 * 30.0, power);
    check(&forecast, "power.a.load_kw", &[(24.0 * 5.0, 5.5), (24.0 * 15.0, 11.0), (24.0 * 22.0, 6.0)]);
    check(&forecast, "power.b.load_kw", &[(24.0 * 5.0, 5.5), (24.0 * 15.0, 0.0)]);
    let [shed] = forecast.sheddings() else { panic!("{:?}", forecast.sheddings()) };
    assert_eq!((shed.load.as_str(), &shed.reason), ("users", &SheddingReason::Heat("loops".to_owned())));
    // Taken back with the first revolution of the day after the loop is back.
    assert!(shed.during.start() == hour(24.0 * 20.0) && shed.during.end() >= hour(24.0 * 25.0));
    assert!(shed.during.end() <= hour(24.0 * 26.0 + 1.5), "{:?}", shed.during);
}

/// In the middle of a revolution, to the nanosecond.
#[test]
fn a_channel_fails_at_once() {
    let mut channels = vec![channel("a", FEED, 10), channel("b", FEED, 10)];
    channels[1].fails = Some(hour(30.3));
    let power = Power {
        days: days(10),
        channels,
        loads: vec![load("users", &["a", "b"], Some(2), 8.0), load("lamp", &["b"], Some(3), 1.0)],
        ..Power::default()
    };
    let forecast = over(24.0 * 5.0, power);
    check(&forecast, "power.b.load_kw", &[(30.2, 5.0), (30.4, 0.0)]);
    check(&forecast, "power.a.load_kw", &[(30.2, 4.0), (30.4, 8.0)]);
    check(&forecast, "power.b.output_kw", &[(30.2, 24.0), (30.4, 0.0)]);
    check(&forecast, "power.capability_kw", &[(30.2, 2.0 * 19.2 / 1.3), (30.4, 19.2 / 1.3)]);
    let [lamp] = forecast.sheddings() else { panic!("{:?}", forecast.sheddings()) };
    assert_eq!((lamp.load.as_str(), lamp.during.start()), ("lamp", hour(30.3)));
}

/// A wing that comes half an hour before a day's edge: that day has no revolution of its own, and yet the wing counts.
#[test]
fn a_day_without_a_revolution_is_not_lost() {
    let mut listed = days(4);
    listed.insert(2, Day { since: hour(47.5), ..listed[1] });
    let mut feeds = vec![ChannelDay::default(); 2];
    feeds.extend([FEED; 3]);
    let channels = vec![Channel { name: "a".to_owned(), shed_below: 0.65, fails: None, days: feeds }];
    let power =
        Power { days: listed, channels, loads: vec![load("users", &["a"], None, 5.0)], ..Power::default() };
    let forecast = over(24.0 * 4.0, power);
    check(&forecast, "power.a.load_kw", &[(47.0, 0.0), (50.0, 5.0)]);
}

#[test]
fn what_a_channel_lacks_others_give() {
    let weak = ChannelDay { output_kw: 6.0, ..FEED };
    let power = Power {
        days: days(10),
        channels: vec![channel("a", FEED, 10), channel("r", weak, 10)],
        loads: vec![load("users", &["r"], None, 8.0)],
        transfers: vec![converter(10.0)],
        ..Power::default()
    };
    let forecast = over(48.0, power);
    // A hundredth less than it could, so that its batteries fill.
    let own_kw = 0.99 * 0.8 * 6.0 / 1.3;
    check(&forecast, "power.r.load_kw", &[(5.0, own_kw)]);
    check(&forecast, "power.a.load_kw", &[(5.0, (8.0 - own_kw) / 0.9)]);
}

/// What is given becomes heat where it is used, and a tenth of it on the way.
#[test]
fn what_is_given_is_heat_where_it_is_used() {
    let weak = ChannelDay { output_kw: 6.0, ..FEED };
    let with = |most_kw: f64| Power {
        days: days(10),
        channels: vec![channel("a", FEED, 10), channel("r", weak, 10)],
        loads: vec![load("users", &["r"], Some(1), 8.0)],
        transfers: vec![converter(10.0)],
        cooling: vec![Cooling {
            name: "loops".to_owned(),
            channels: vec!["a".to_owned(), "r".to_owned()],
            most_kw: vec![(Time::EPOCH, most_kw)],
        }],
        ..Power::default()
    };
    let heat_kw = 8.0 + (8.0 - 0.99 * 0.8 * 6.0 / 1.3) * (1.0 / 0.9 - 1.0);
    assert!(over(48.0, with(heat_kw + 0.01)).sheddings().is_empty());
    assert_eq!(over(48.0, with(heat_kw - 0.01)).sheddings().len(), 1);
}

#[test]
fn revolutions_known_to_the_second_go_before_the_days() {
    let at = |minutes: i64| Time::EPOCH + Duration::MINUTE * minutes;
    let mut power = one_channel(vec![load("users", &["a"], None, 8.0)], Zoom::Revolutions);
    power.revolutions = vec![
        Revolution { sunrise: at(200), sunset: at(250), ends: at(290) },
        Revolution { sunrise: at(290), sunset: at(345), ends: at(380) },
    ];
    let forecast = over(12.0, power);
    let dark_hours = |from: i64, to: i64| (to - from) as f64 / 60.0;
    let kwh = |minutes: i64| forecast.profile("power.a.charge_kwh").unwrap().at(at(minutes)).unwrap();
    assert!((kwh(289) - (24.0 - 8.0 * dark_hours(250, 289))).abs() < 1e-9, "{}", kwh(289));
    assert!((kwh(379) - (24.0 - 8.0 * dark_hours(345, 379))).abs() < 1e-9, "{}", kwh(379));
    assert!((kwh(250) - 24.0).abs() < 1e-9);
}

/// One second after the other, with none of the engine's formulas for whole revolutions.
fn by_the_second(feed: ChannelDay, load_kw: f64, sunlit_part: f64, hours: f64) -> Vec<f64> {
    let (period_s, mut charge_kwh) = (5_400_u32, feed.capacity_kwh);
    let sunlit_s = f64::from(period_s) * sunlit_part;
    let seconds = (hours * 3_600.0) as u32;
    (0..seconds)
        .map(|second| {
            let in_turn_s = f64::from(second % period_s);
            let lit = (sunlit_s - in_turn_s).clamp(0.0, 1.0);
            let surplus_kw = feed.output_kw - load_kw;
            let sunlit_kw =
                if surplus_kw > 0.0 { surplus_kw.min(feed.charge_kw) * feed.efficiency } else { surplus_kw };
            charge_kwh = (charge_kwh + sunlit_kw * lit / 3_600.0).min(feed.capacity_kwh);
            charge_kwh = (charge_kwh - load_kw * (1.0 - lit) / 3_600.0).max(0.0);
            charge_kwh
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whole revolutions at once, by days, and by parts, against a simulation by the second.
    #[test]
    fn closed_form_and_seconds_agree(
        output_kw in 8.0..30.0_f64,
        capacity_kwh in 10.0..60.0_f64,
        efficiency in 0.7..1.0_f64,
        load_kw in 2.0..11.0_f64,
        sunlit_part in 0.55..1.0_f64,
    ) {
        let feed = ChannelDay { output_kw, capacity_kwh, charge_kw: 12.0, efficiency };
        let mut days = days(4);
        days.iter_mut().for_each(|day| day.sunlit_part = sunlit_part);
        let power = |zoom| Power {
            days: days.clone(),
            channels: vec![Channel { name: "a".to_owned(), shed_below: 0.0, fails: None, days: vec![feed; 4] }],
            loads: vec![load("users", &["a"], None, load_kw)],
            zoom,
            ..Power::default()
        };
        let stepped = by_the_second(feed, load_kw, sunlit_part, 72.0);
        // Where they would run empty the engine lets the load go, which the simulation by the second does not know.
        prop_assume!(stepped.iter().all(|&kwh| kwh > 1e-6));
        let close = over(72.0, power(Zoom::Revolutions));
        let charge = close.profile("power.a.charge_kwh").unwrap();
        for (second, &expected_kwh) in stepped.iter().enumerate().step_by(611) {
            let found_kwh = charge.at(Time::EPOCH + Duration::SECOND * (second as i64 + 1)).unwrap();
            prop_assert!((found_kwh - expected_kwh).abs() < 0.02, "{second} s: {found_kwh}, not {expected_kwh}");
        }
        let far = over(72.0, power(Zoom::Days));
        for (day, hours) in (0..3).map(|day| (day, day as f64 * 24.0 + 1e-3)) {
            let of_day = &stepped[day * 86_400..(day + 1) * 86_400];
            let lowest = of_day.iter().copied().fold(f64::INFINITY, f64::min) / capacity_kwh;
            let low = far.profile("power.a.charge_low").unwrap().at(hour(hours)).unwrap();
            prop_assert!((low - lowest).abs() < 0.02 / capacity_kwh, "day {day}: {low}, not {lowest}");
        }
    }

    /// Days in which nothing happens are passed at once; a revolution listed far beyond the end makes the engine take each.
    #[test]
    fn days_passed_at_once_are_days(
        lit in prop::collection::vec(0.6..1.0_f64, 40),
        output_kw in prop::collection::vec(14.0..26.0_f64, 40),
        load_kw in 3.0..14.0_f64,
        needy_kw in 0.0..9.0_f64,
        changes in 0..900_i64,
    ) {
        let mut days = days(40);
        days.iter_mut().zip(&lit).for_each(|(day, &lit)| day.sunlit_part = lit);
        let feeds = |share: f64| -> Vec<ChannelDay> {
            let day = |&output_kw: &f64| ChannelDay { output_kw: output_kw * share, ..FEED };
            output_kw.iter().map(day).collect()
        };
        let named = |name: &str, share: f64| {
            Channel { name: name.to_owned(), shed_below: 0.65, fails: None, days: feeds(share) }
        };
        let mut users = load("users", &["a"], Some(3), load_kw);
        users.draws = Draws::Steps(vec![(Time::EPOCH, load_kw), (hour(changes as f64), load_kw * 1.1)]);
        let plain = Power {
            days,
            channels: vec![named("a", 1.0), named("r", 0.3)],
            loads: vec![users, load("spare", &["a"], Some(4), 1.0), load("needy", &["r"], None, needy_kw)],
            transfers: vec![converter(4.0)],
            ..Power::default()
        };
        let far = hour(24.0 * 400.0);
        let one_by_one = Power {
            revolutions: vec![Revolution { sunrise: far, sunset: far + Duration::HOUR, ends: far + Duration::HOUR * 2 }],
            ..plain.clone()
        };
        let (passed, taken) = (over(24.0 * 40.0, plain), over(24.0 * 40.0, one_by_one));
        prop_assert_eq!(passed.sheddings(), taken.sheddings());
        for (a, b) in passed.profiles().iter().zip(taken.profiles()) {
            prop_assert_eq!(a.starts(), b.starts(), "{}", a.name());
            for (at, (x, y)) in a.starts().iter().zip(a.values().iter().zip(b.values())) {
                prop_assert!((x - y).abs() < 1e-9, "{} at {}: {} and {}", a.name(), at, x, y);
            }
        }
    }
}
