//! The ledger as JSON: field names end in the unit of their pool.

use ledger::{History, Line, PartnerHistory};
use partnership::PoolUnit;
use serde_json::{Map, Value, json};
use timeline::Time;

use super::{PlanNamed, PoolStated, Shares};
use crate::round;

impl Shares {
    /// The ledger as JSON.
    #[must_use]
    pub fn json(&self) -> Value {
        let plan = |plan: &PlanNamed| {
            json!({
                "title": plan.title,
                "level": plan.level,
                "from": plan.from.to_string(),
                "to": plan.to.to_string(),
            })
        };
        json!({
            "station": self.station,
            "from": self.span.from().to_string(),
            "to": self.span.to().to_string(),
            "known_until": self.known_until.to_string(),
            "plans": self.plans.iter().map(plan).collect::<Vec<_>>(),
            "pools": self.pools.iter().map(PoolStated::json).collect::<Vec<_>>(),
            "refused_barters": self.refused,
            "history": history_json(&self.history),
        })
    }
}

impl PoolStated {
    fn json(&self) -> Value {
        let unit = self.pool.unit;
        let mut fields = Map::new();
        let time = |time: Option<Time>| json!(time.map(|time| time.to_string()));
        fields.extend([
            ("pool".to_owned(), json!(self.pool.id.as_str())),
            ("title".to_owned(), json!(self.pool.title)),
            ("counts".to_owned(), json!(self.pool.counts.to_string())),
            ("unit".to_owned(), json!(unit.to_string())),
            ("segment".to_owned(), json!(self.pool.segment)),
            ("from".to_owned(), time(self.pool.from)),
            ("until".to_owned(), time(self.pool.until)),
            (field("whole", unit), whole(self.statement.whole)),
            (field("beyond_terms", unit), whole(Some(self.statement.beyond_terms))),
            (field("nobodys", unit), whole(Some(self.statement.nobodys))),
            ("partners".to_owned(), self.statement.lines.iter().map(|line| self.line_json(line)).collect()),
            ("unknown".to_owned(), json!(self.unknown)),
            ("source".to_owned(), json!(self.provenance.source)),
            ("quality".to_owned(), json!(self.provenance.quality.to_string())),
            ("note".to_owned(), json!(self.provenance.note)),
        ]);
        Value::Object(fields)
    }

    fn line_json(&self, line: &Line) -> Value {
        let pct = |percent: Option<f64>| json!(percent.map(|percent| round(percent, 6)));
        let mut fields = Map::new();
        fields.insert("partner".to_owned(), json!(line.partner.as_str()));
        fields.insert("agreed_pct".to_owned(), pct(self.agreed_pct(line)));
        for (name, amount) in [
            ("entitled", line.entitled),
            ("planned", line.planned),
            ("flown", line.flown),
            ("open", line.open),
            ("used", line.used()),
            ("provided", line.provided),
            ("barter_in", Some(line.taken)),
            ("barter_out", Some(line.given)),
            ("balance", line.balance()),
        ] {
            fields.insert(field(name, self.pool.unit), whole(amount));
        }
        fields.insert("standing".to_owned(), json!(line.standing().map(ledger::Standing::word)));
        fields.insert("part_pct".to_owned(), pct(self.pct(line.used())));
        fields.insert("provided_pct".to_owned(), pct(self.pct(line.provided)));
        if line.provided.is_some() {
            fields.insert("flights".to_owned(), json!(line.flights));
            fields.insert("untold_flights".to_owned(), json!(line.untold_flights));
        }
        Value::Object(fields)
    }
}

/// A name with the unit of the pool behind it.
fn field(name: &str, unit: PoolUnit) -> String {
    format!("{name}_{unit}")
}

/// An exact whole number; as text where it is more than programs' numbers hold.
fn whole(amount: Option<i128>) -> Value {
    amount.map_or(Value::Null, |amount| {
        i64::try_from(amount).map_or_else(|_| json!(amount.to_string()), Value::from)
    })
}

fn history_json(history: &History) -> Value {
    let partner = |one: &PartnerHistory| {
        json!({
            "partner": one.partner.as_str(),
            "person_days": round(one.aboard.days(), 3),
            "aboard_s": one.aboard.seconds(),
            "flights": {
                "crew": one.flights.crew,
                "cargo": one.flights.cargo,
                "assembly": one.flights.assembly,
                "lost": one.flights.lost,
            },
            "up_g": one.up.mass.grams(),
            "up_flights": one.up.flights,
            "up_untold_flights": one.up.untold_flights,
            "down_g": one.down.mass.grams(),
            "down_flights": one.down.flights,
            "down_untold_flights": one.down.untold_flights,
            "spacewalks": one.walks,
            "outside_s": one.outside.seconds(),
        })
    };
    let country = |(country, time): &(String, people::PersonTime)| json!({"country": country, "person_days": round(time.days(), 3), "aboard_s": time.seconds()});
    json!({
        "from": history.within.map(|within| within.start().to_string()),
        "to": history.within.map(|within| within.end().to_string()),
        "partners": history.partners.iter().map(partner).collect::<Vec<_>>(),
        "countries": history.countries.iter().map(country).collect::<Vec<_>>(),
    })
}
