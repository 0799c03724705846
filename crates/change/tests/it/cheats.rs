//! Attempts to change what is another's without being asked of it: each either touches the other, or has no effect.

use change::{BlockEdit, Change, Content, Form, Products, Refusal, Refused, baseline, touches};
use journal::{Status, Urgency};

use crate::world::{WEEK, What, World, act, activity, asked_at, content, iss, later, with};

/// What comes of edits by ESA that nobody else says a word on: where they stand, and what of them had no effect.
fn by_esa(content: &Content) -> (Status, Products, Vec<Refused>) {
    let mut world = World::new();
    let request = world.ask("col-cc", asked_at(), Urgency::Routine, &content.to_bytes().unwrap(), &[]);
    let state = world.state();
    let made = baseline(&iss().products, &state);
    (
        state.requests[&request].status,
        made.products,
        made.refusals.into_iter().map(|(_, refused)| refused).collect(),
    )
}

/// It is asked of somebody else.
#[track_caller]
fn is_asked(content: &Content, whose: &str) {
    let (status, products, _) = by_esa(content);
    assert_eq!(status, Status::Open);
    assert!(products == iss().products);
    let touched = touches(content, iss().terms.founding());
    assert!(touched.iter().any(|touch| touch.to_string() == whose), "{touched:?}");
}

fn block(file: &str, form: Form, before: Option<&str>, after: Option<&str>) -> Content {
    let text = Change { before: before.map(str::to_owned), after: after.map(str::to_owned) };
    Content { files: [(file.to_owned(), vec![BlockEdit { form, text }])].into(), ..Content::default() }
}

#[test]
fn a_false_before_has_no_effect() {
    // NASA's activity, said to be ESA's own before and after.
    let mut false_before = iss().products.clone();
    with(&mut false_before, "nasa-own", |one| {
        *one = activity(Some("esa"), "experiment", &["adenot-sophie"], Some("columbus"));
    });
    let mut after = false_before.clone();
    with(&mut after, "nasa-own", later);
    let (status, products, refused) = by_esa(&Content::between(&false_before, &after).unwrap());
    assert_eq!(status, Status::Approved, "it touches nobody else by what it says");
    assert!(products == iss().products);
    let refusal = Refusal::Activity(WEEK.parse().unwrap(), "nasa-own".parse().unwrap());
    assert_eq!(refused, [Refused::Edit(refusal)]);
}

#[test]
fn an_activity_that_is_said_to_be_new_takes_no_others_place() {
    let mut before = iss().products.clone();
    before.plans.get_mut(WEEK).unwrap().activities.remove("nasa-own");
    let mut after = before.clone();
    let own = activity(Some("esa"), "experiment", &["adenot-sophie"], Some("columbus"));
    after.plans.get_mut(WEEK).unwrap().activities.insert("nasa-own".parse().unwrap(), own);
    let (status, products, refused) = by_esa(&Content::between(&before, &after).unwrap());
    assert_eq!((status, refused.len()), (Status::Approved, 1));
    assert!(products == iss().products);
}

#[test]
fn a_new_owner_an_other_person_and_an_other_name_touch_the_old_ones() {
    is_asked(
        &content(|products| with(products, "nasa-own", |one| one.partner = Some("esa".parse().unwrap()))),
        "activity/nasa/experiment",
    );
    is_asked(
        &content(|products| {
            with(products, "jaxa-by-nasa", |one| one.crew = ["adenot-sophie".parse().unwrap()].into());
        }),
        "people/nasa",
    );
    is_asked(
        &content(|products| {
            let week = products.plans.get_mut(WEEK).unwrap();
            let moved = week.activities.remove("nasa-own").unwrap();
            week.activities.insert("esa-thing".parse().unwrap(), moved);
        }),
        "people/nasa",
    );
    // A person moved from NASA's activity to ESA's.
    is_asked(
        &content(|products| {
            with(products, "nasa-upkeep", |one| one.crew.clear());
            with(products, "esa-own", |one| one.crew.extend(["hathaway-jack".parse().unwrap()]));
        }),
        "people/nasa",
    );
}

#[test]
fn a_plan_cannot_be_taken_away_from_under_what_is_done_in_it() {
    // Only the plan itself is said to go: nothing of whose activities it has.
    let mut bare = iss().products.clone();
    bare.plans.get_mut(WEEK).unwrap().activities.clear();
    let mut gone = bare.clone();
    gone.plans.clear();
    let content = Content::between(&bare, &gone).unwrap();
    let mut world = World::new();
    let request = world.ask("col-cc", asked_at(), Urgency::Routine, &content.to_bytes().unwrap(), &[]);
    for centre in ["mcc-h", "mcc-m", "msc-csa", "ssipc"] {
        world.act(request, asked_at(), &act(centre, 1, What::Approve));
    }
    let state = world.state();
    assert_eq!(state.requests[&request].status, Status::Approved);
    let made = baseline(&iss().products, &state);
    assert!(made.products == iss().products);
    assert_eq!(made.refusals, [(request, Refused::Edit(Refusal::NotEmpty(WEEK.parse().unwrap())))]);
}

#[test]
fn blocks_that_hide_others_touch_everything() {
    let own = "[[element]]\nid = \"shed\"\nowner = \"esa\"\n";
    for hidden in [
        "[[element]]\nid = \"destiny\"\nowner = \"nasa\"\n",
        "[[port]]\nid = \"x\"\n",
        "[element.more]\nx = 1\n",
        "[[element.use]]\npartner = \"esa\"\n",
        "[more]\n",
        "x = \n",
        "note = \"\"\"\n",
    ] {
        let content = block("elements.toml", Form::Table, None, Some(&format!("{own}{hidden}")));
        let touched = touches(&content, iss().terms.founding());
        // A table within one's own record is one's own.
        let is_within = hidden.starts_with("[element.more]") || hidden.starts_with("[[element.use]]");
        let expected = if is_within { 1 } else { iss().terms.founding().everything().len() };
        // Parts in its use are the agreement's too.
        let more = usize::from(hidden.contains("use"));
        assert_eq!(touched.len(), expected + more, "{hidden}: {touched:?}");
    }
    for (form, text) in [
        (Form::Table, "element = [{ id = \"destiny\", owner = \"esa\" }]\n".to_owned()),
        (Form::Table, "# ours\n[[element]]\nid = \"destiny\"\nowner = \"nasa\"\n".to_owned()),
        (Form::Table, "[element]\nid = \"destiny\"\n".to_owned()),
        (Form::Table, "[[elements]]\nid = \"destiny\"\n".to_owned()),
        (Form::Whole, own.to_owned()),
        (Form::Row { header: "id".to_owned() }, own.to_owned()),
    ] {
        let content = block("elements.toml", form, None, Some(&text));
        assert_eq!(touches(&content, iss().terms.founding()), iss().terms.founding().everything(), "{text}");
    }
}

#[test]
fn an_others_name_is_the_others() {
    // A second record of a name that is there, in a file that comes before or after: the founding book says whose it is.
    let element = "[[element]]\nid = \"destiny\"\nowner = \"esa\"\n";
    is_asked(&block("elements.toml", Form::Table, None, Some(element)), "element/nasa");
    let request = "[[request]]\nid = \"kibo-inspection\"\npartner = \"esa\"\nkind = \"inspection\"\n";
    is_asked(&block("requests/a.toml", Form::Table, None, Some(request)), "activity/jaxa/inspection");
    let port = "[[port]]\nid = \"kibo-window\"\nelement = \"kibo-pm\"\n";
    is_asked(&block("ports.toml", Form::Table, None, Some(port)), "element/jaxa");
}

#[test]
fn a_name_that_came_later_is_not_taken_either() {
    // Japan's new request is approved; ESA then puts one of the same name into a file that is read first.
    let asks = |partner: &str| {
        format!("[[request]]\nid = \"brand-new\"\npartner = \"{partner}\"\nkind = \"experiment\"\n")
    };
    let japans = block("requests/jaxa.toml", Form::Table, None, Some(&asks("jaxa")));
    let esas = block("requests/esa.toml", Form::Table, None, Some(&asks("esa")));
    let mut world = World::new();
    world.ask("ssipc", asked_at(), Urgency::Routine, &japans.to_bytes().unwrap(), &[]);
    let second = world.ask(
        "col-cc",
        asked_at() + timeline::Duration::HOUR,
        Urgency::Routine,
        &esas.to_bytes().unwrap(),
        &[],
    );
    let made = baseline(&iss().products, &world.state());
    let taken = Refusal::Taken("requests/esa.toml".to_owned(), "brand-new".to_owned());
    assert_eq!(made.refusals, [(second, Refused::Edit(taken))]);
}

#[test]
fn replacing_anothers_request_asks_the_other() {
    let theirs = content(|products| with(products, "russian", later)).to_bytes().unwrap();
    let ours = content(|products| with(products, "esa-own", later)).to_bytes().unwrap();
    let mut world = World::new();
    let one = world.ask("mcc-m", asked_at(), Urgency::Routine, &theirs, &[]);
    let other = world.ask("col-cc", asked_at() + timeline::Duration::HOUR, Urgency::Routine, &ours, &[one]);
    let state = world.state();
    assert_eq!(state.requests[&one].status, Status::Approved);
    assert_eq!(state.requests[&other].status, Status::Open, "it would take back what Moscow decided");
    drop(state);
    world.act(other, asked_at(), &act("mcc-m", 120, What::Approve));
    let state = world.state();
    assert_eq!(state.requests[&one].status, Status::Replaced(other));
    assert_eq!(
        baseline(&iss().products, &state).products.plans[WEEK].activities["russian"],
        iss().products.plans[WEEK].activities["russian"]
    );
}

#[test]
fn unreadable_edits_change_nothing_whoever_approves() {
    let mut world = World::new();
    let request = world.ask("col-cc", asked_at(), Urgency::Routine, b"{}", &[]);
    for centre in ["mcc-h", "mcc-m", "msc-csa", "poic", "ssipc"] {
        world.act(request, asked_at(), &act(centre, 1, What::Approve));
    }
    let state = world.state();
    assert_eq!(state.requests[&request].status, Status::Approved);
    let made = baseline(&iss().products, &state);
    assert!(made.products == iss().products);
    assert!(matches!(made.refusals.as_slice(), [(of, Refused::Unread(_))] if *of == request));
}
