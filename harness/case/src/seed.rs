//! Randomness that can be had again: every draw comes from the run's seed and from what it is for.

use proptest::test_runner::{RngAlgorithm, TestRng};

/// A generator for one purpose. Each purpose has a stream of its own, so that neither the order nor the
/// choice of cases changes a draw.
pub fn rng(seed: u64, purpose: &str) -> TestRng {
    let mut bytes = [0u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    for (at, byte) in purpose.bytes().enumerate() {
        bytes[8 + at % 24] ^= byte.rotate_left((at / 24) as u32);
    }
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}
