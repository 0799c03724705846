//! Whether those who do something are as many as it asks for, and can.

use plan::{By, Member, Request, Role};
use record::PersonId;

use super::asks::{Asks, Did};
use super::fault::FaultKind;
use super::said;

/// What is wrong with the crew of an activity: what, what was asked, what was found.
pub(crate) fn wrong(asks: &Asks, request: &Request, did: Did<'_>) -> Option<(FaultKind, String, String)> {
    let seats = seats(request);
    let crew = &did.activity.crew;
    if crew.len() != seats.len() {
        let found = match crew.len() {
            0 => "nobody does it".to_owned(),
            1 => "1 does it".to_owned(),
            many => format!("{many} do it"),
        };
        return Some((FaultKind::Crew, format!("{} do it", seats.len()), found));
    }
    // Who is not aboard is told by itself.
    let members: Vec<&Member> = crew.iter().filter_map(|person| asks.aboard(person, did.at)).collect();
    if members.len() < crew.len() {
        return None;
    }
    let can = |member: usize, seat: usize| asks.can(members[member], seats[seat], did.at);
    let able = |member: usize| (0..seats.len()).filter(|seat| can(member, *seat)).collect::<Vec<_>>();
    let able: Vec<Vec<usize>> = (0..members.len()).map(able).collect();
    if seated(&able, seats.len()) == members.len() {
        return None;
    }
    let cannot: Vec<&PersonId> =
        members.iter().zip(&able).filter(|(_, seats)| seats.is_empty()).map(|(one, _)| &one.person).collect();
    let found = if cannot.is_empty() {
        format!("{} do it, who cannot take all its parts at once", said::list(crew))
    } else {
        format!("{} cannot", said::list(cannot))
    };
    Some((FaultKind::Skill, said::list(request.crew.iter().map(asked)), found))
}

/// One role for each who does it; of what each does alone there is one.
fn seats(request: &Request) -> Vec<&Role> {
    if request.often.by == By::Each {
        return request.crew.first().into_iter().collect();
    }
    request.crew.iter().flat_map(|role| std::iter::repeat_n(role, role.count as usize)).collect()
}

/// How many can sit at once, each on a seat of their own: by Kuhn's augmenting paths.
fn seated(able: &[Vec<usize>], seats: usize) -> usize {
    fn place(one: usize, able: &[Vec<usize>], taken: &mut [Option<usize>], tried: &mut [bool]) -> bool {
        for &seat in &able[one] {
            if std::mem::replace(&mut tried[seat], true) {
                continue;
            }
            if taken[seat].is_none_or(|other| place(other, able, taken, tried)) {
                taken[seat] = Some(one);
                return true;
            }
        }
        false
    }
    let mut taken = vec![None; seats];
    (0..able.len()).filter(|one| place(*one, able, &mut taken, &mut vec![false; seats])).count()
}

/// A role in words: `2 of berg-anna, dube-sipho with eva`.
fn asked(role: &Role) -> String {
    let mut text = format!("{}", role.count);
    if !role.of.is_empty() {
        text += &format!(" of {}", said::list(&role.of));
    }
    if !role.skills.is_empty() {
        text += &format!(" who have learnt {}", said::list(&role.skills));
    }
    if !role.segments.is_empty() {
        text += &format!(" who live on {}", role.segments.join(" or "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::seated;

    #[test]
    fn as_many_sit_as_can() {
        for (able, seats, expected) in [
            (vec![vec![0, 1], vec![0]], 2, 2),
            (vec![vec![0], vec![0]], 2, 1),
            (vec![vec![], vec![1]], 2, 1),
            (vec![vec![0, 1], vec![0], vec![1, 2]], 3, 3),
            (vec![], 0, 0),
        ] {
            assert_eq!(seated(&able, seats), expected, "{able:?}");
        }
    }
}
