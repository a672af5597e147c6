//! Weights, as carriers bill them.

const GRAMS_PER_OUNCE: f64 = 28.349523125;

/// Convert grams to avoirdupois ounces.
pub fn ounces(grams: f64) -> f64 {
    grams / GRAMS_PER_OUNCE
}

/// Round a weight in grams up to the next step that is billed.
pub fn billable(grams: u32, step: u32, least: u32) -> u32 {
    grams.max(least).div_ceil(step) * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ounce_is_as_defined() {
        assert!((ounces(28.349523125) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn weight_is_rounded_up() {
        assert_eq!(billable(1, 100, 0), 100);
        assert_eq!(billable(250, 100, 0), 300);
    }
}
