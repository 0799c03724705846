//! A parameter that cannot stand is told with what, where and how to mend it; nothing is guessed.

use crate::client::{get, of_iss};

#[test]
fn each_is_told_with_its_place() {
    let address = of_iss();
    for (path, place, mend) in [
        ("status?at=yesterday", "query.at", "2026-05-30T12:00:00Z"),
        ("status?When=now", "query.When", "at"),
        ("presence?to=2030-01-01", "query.to", "2026-05-30"),
        ("presence?at=2010-01-01&from=2009-01-01", "query.at", "alone"),
        ("presence?from=2010-01-01&to=2009-01-01", "query.to", "docs/api.md"),
        ("orbit/state?frame=eci", "query.frame", "gcrf"),
        ("track?step_s=0", "query.step_s", "from 1"),
        ("track?from=2026-05-01&to=2026-05-30&step_s=60", "query.step_s", "longer step"),
        ("events?kind=eclipse", "query.kind", "umbra"),
        ("contacts?site=nowhere", "query.site", "houston"),
        ("contacts?from=2020-01-01&to=2022-01-01", "query.to", "in parts"),
        ("passes", "query", "site=paris"),
        ("passes?lat_deg=91&lon_deg=0", "query.lat_deg", "from -90 to 90"),
        ("passes?site=paris&lat_deg=1&lon_deg=1", "query.site", "alone"),
        ("profiles", "query.name", "/api/v1/profiles/names"),
        ("profiles?name=no.such", "query.name", "/api/v1/profiles/names"),
        ("profiles?name=env.sunlit&from=2010-01-01&to=2020-01-01", "query.to", "in parts"),
        ("profiles?name=crew.aboard&pixels=0", "query.pixels", "from 1 to 4000"),
        ("forecast?without=no-such", "query.without", "docs/api.md"),
        ("forecast?fail=oga", "query.fail", "docs/api.md"),
        ("forecast?fail=no-such@2026-07-01", "query.fail", "oga"),
        ("forecast?set=store.water-us_kg%3Dmuch@2026-07-01", "query.set", "docs/api.md"),
        ("forecast?slip=no-such@2026-10-01", "query.slip", "progress-ms-35"),
        ("forecast?slip=progress-ms-53%2B3d", "query.slip", "did you mean `progress-ms-35`"),
        ("forecast?slip=spx-34%2B30d", "query.slip", "progress-ms-35"),
        ("forecast?slip=progress-ms-35", "query.slip", "docs/api.md"),
        ("forecast?slip=progress-ms-35@2026-05-01", "query.slip", "docs/api.md"),
        ("forecast?slip=progress-ms-35-1d&slip=progress-ms-35-2d", "query.slip", "docs/api.md"),
        ("forecast?slip=spx-35-1d&without=spx-35", "query.slip", "`without`"),
        ("profiles?name=supply.food_kg&slip=no-such-1d", "query.slip", "spx-35"),
        ("losses?slip=no-such-1d", "query.slip", "spx-35"),
        ("findings?slip=no-such-1d", "query.slip", "spx-35"),
        ("losses?from=2020-01-01", "query.from", "as_of"),
        ("findings?severity=grave", "query.severity", "must"),
        ("rules?from=2026-01-01&to=2025-01-01", "query.to", "docs/api.md"),
        ("plans/week/nearest", "query.activity", "activity=ID"),
    ] {
        let response = get(address, &format!("/api/v1/{path}"));
        let (what, at, how) = response.problem();
        assert_eq!((response.status, at.as_str()), (400, place), "{path}: {what}");
        assert!(how.contains(mend), "{path}: {what}; {how}");
    }
}

#[test]
fn a_question_without_an_answer_is_told_from_a_wrong_one() {
    let address = of_iss();
    for path in ["orbit/state?at=1998-01-01", "track?from=1990-01-01&to=1990-01-02"] {
        let response = get(address, &format!("/api/v1/{path}"));
        assert_eq!(response.status, 422, "{path}");
        response.problem();
    }
    for path in ["plans/no-such", "jobs/no-such", "plans/no-such/nearest?activity=a"] {
        let response = get(address, &format!("/api/v1/{path}"));
        assert_eq!(response.status, 404, "{path}");
        response.problem();
    }
}
