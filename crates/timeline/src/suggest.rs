//! Did you mean …?

/// The candidate that a person most likely meant by `text`; nothing when none is near.
///
/// Near is at most one typing slip for every three characters. Of equally near ones the first is taken.
#[must_use]
pub fn nearest<'a>(text: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters: Vec<char> = text.chars().take(LONGEST + 1).collect();
    if letters.len() > LONGEST {
        return None;
    }
    let most = (letters.len() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(text.len()) <= 4 * most)
        .map(|candidate| (slips(&letters, &candidate.chars().collect::<Vec<_>>()), candidate))
        .filter(|&(slips, _)| slips <= most)
        .min_by_key(|&(slips, _)| slips)
        .map(|(_, candidate)| candidate)
}

/// ` — did you mean …` as a mend, or what else to do.
#[must_use]
pub fn did_you_mean<'a>(
    text: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    nearest(text, candidates).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"))
}

/// Longer texts are no ids or keys, and comparing them costs the square of their length.
const LONGEST: usize = 64;

/// Insertions, deletions, replacements and swaps of neighbours from one text to another
/// (the "optimal string alignment" distance).
fn slips(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, &from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &to) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(from != to);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && from == b[j - 1] && a[i - 1] == to {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_word() {
        let words = ["harmony-forward", "harmony-zenith", "nasa", "esa", "roscosmos"];
        for (text, expected) in [
            ("harmony-foward", Some("harmony-forward")),
            ("harmnoy-zenith", Some("harmony-zenith")),
            ("nsa", Some("nasa")),
            ("rosscosmos", Some("roscosmos")),
            ("jaxa", None),
            ("", None),
            ("unity-nadir", None),
        ] {
            assert_eq!(nearest(text, words), expected, "{text}");
        }
    }
}
