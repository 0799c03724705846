//! How often one address may ask: a bucket of tokens that fills with time.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
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
        let address = counted(address);
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

/// Who has one address of version 6 has the 2^64 beside it, so they count as one (RFC 4291, section 2.5.4).
fn counted(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => Ipv6Addr::from_bits(six.to_bits() >> 64 << 64).into(),
        four => four,
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

    #[test]
    fn one_network_of_version_6_is_one_address() {
        let buckets = Buckets::new(Rate { per_s: 2.0, burst: 1.0 });
        let now = Instant::now();
        let take = |text: &str| buckets.take(text.parse().expect("it is an address"), now);
        assert_eq!(take("2001:db8::1"), Ok(()));
        assert_eq!(take("2001:db8::ffff:0:0:2"), Err(1));
        assert_eq!(take("2001:db8:0:1::1"), Ok(()));
        assert_eq!(take("192.0.2.1"), Ok(()));
        assert_eq!(take("::ffff:192.0.2.1"), Err(1), "the same, as a socket of both versions shows it");
        assert_eq!(take("::ffff:192.0.2.2"), Ok(()));
    }
}
