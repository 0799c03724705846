//! How often one address may ask: a bucket of tokens that fills with time.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// So many addresses are remembered; beyond, those whose bucket is full are forgotten.
const MOST_ADDRESSES: usize = 10_000;

/// How often, and how many at once.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rate {
    /// Tokens that come back in a second.
    pub per_s: f64,
    /// The most that a bucket holds.
    pub burst: f64,
}

#[derive(Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Instant,
}

/// A bucket for each address.
pub(crate) struct Buckets {
    rate: Rate,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        Self { rate, buckets: Mutex::new(HashMap::new()) }
    }

    /// Takes a token.
    ///
    /// # Errors
    /// When there is none: after how many seconds there will be one.
    pub(crate) fn take(&self, address: IpAddr, now: Instant) -> Result<(), u32> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST_ADDRESSES {
            let rate = self.rate;
            buckets.retain(|_, bucket| filled(rate, *bucket, now) < rate.burst);
        }
        let fresh = Bucket { tokens: self.rate.burst, at: now };
        let is_full = buckets.len() >= MOST_ADDRESSES;
        if is_full && !buckets.contains_key(&address) {
            return Err(1);
        }
        let bucket = buckets.entry(address).or_insert(fresh);
        let tokens = filled(self.rate, *bucket, now);
        *bucket = Bucket { tokens, at: now };
        if tokens < 1.0 {
            return Err(((1.0 - tokens) / self.rate.per_s).ceil().max(1.0) as u32);
        }
        bucket.tokens -= 1.0;
        Ok(())
    }
}

fn filled(rate: Rate, bucket: Bucket, now: Instant) -> f64 {
    let passed_s = now.saturating_duration_since(bucket.at).as_secs_f64();
    (bucket.tokens + passed_s * rate.per_s).min(rate.burst)
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::{Duration, Instant};

    use super::{Buckets, Rate};

    #[test]
    fn a_bucket_empties_and_fills_for_each_address_alone() {
        let buckets = Buckets::new(Rate { per_s: 2.0, burst: 3.0 });
        let [one, other] = [1, 2].map(|last| IpAddr::V4(Ipv4Addr::new(10, 0, 0, last)));
        let began = Instant::now();
        for _ in 0..3 {
            assert_eq!(buckets.take(one, began), Ok(()));
        }
        assert_eq!(buckets.take(one, began), Err(1));
        assert_eq!(buckets.take(other, began), Ok(()));
        assert_eq!(buckets.take(one, began + Duration::from_millis(500)), Ok(()));
        assert_eq!(buckets.take(one, began + Duration::from_millis(500)), Err(1));
    }
}
