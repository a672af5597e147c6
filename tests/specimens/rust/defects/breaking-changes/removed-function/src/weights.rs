//! Weights, as carriers bill them.

/// Round a weight in grams up to the next step that is billed.
pub fn billable(grams: u32, step: u32) -> u32 {
    grams.div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weight_is_rounded_up() {
        assert_eq!(billable(1, 100), 100);
        assert_eq!(billable(250, 100), 300);
    }
}
