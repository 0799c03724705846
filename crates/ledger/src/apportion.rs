/// Divides a whole by weights into whole parts that add up to it, by largest remainder: everybody gets its exact part cut to a whole
/// number, and the units that are left go one each to those of whom most was cut; of equal ones to who comes first.
///
/// Exact for any whole and weights whose product fits 127 bits. Nothing to anybody when the whole or the sum of the weights is not
/// more than nothing; negative weights count as none.
///
/// ```
/// use ledger::apportion;
/// assert_eq!(apportion(1_000, &[766, 128, 83, 23]), [766, 128, 83, 23]);
/// assert_eq!(apportion(10, &[766, 128, 83, 23]), [8, 1, 1, 0]);
/// assert_eq!(apportion(1, &[1, 1]), [1, 0]);
/// ```
#[must_use]
pub fn apportion(whole: i128, weights: &[i64]) -> Vec<i128> {
    let weights: Vec<i128> = weights.iter().map(|&weight| i128::from(weight.max(0))).collect();
    let sum: i128 = weights.iter().sum();
    if whole <= 0 || sum == 0 {
        return vec![0; weights.len()];
    }
    // Whole multiples of the sum of weights divide without remainder, which keeps the products small.
    let (times, rest) = (whole / sum, whole % sum);
    let mut parts: Vec<i128> = weights.iter().map(|weight| weight * times + weight * rest / sum).collect();
    let left = whole - parts.iter().sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&at| (std::cmp::Reverse(weights[at] * rest % sum), at));
    for at in by_remainder.into_iter().take(usize::try_from(left).unwrap_or_default()) {
        parts[at] += 1;
    }
    parts
}
