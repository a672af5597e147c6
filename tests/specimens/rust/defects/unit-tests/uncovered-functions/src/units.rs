//! Rarer units of weight, from grams.

/// Convert grams to grains.
pub fn grains(grams: f64) -> f64 {
    grams / 0.06479891
}

/// Convert grams to pounds.
pub fn pounds(grams: f64) -> f64 {
    grams / 453.59237
}

/// Convert grams to stones.
pub fn stones(grams: f64) -> f64 {
    grams / 6350.29318
}

/// Convert grams to kilograms.
pub fn kilograms(grams: f64) -> f64 {
    grams / 1000.0
}

/// Convert grams to tonnes.
pub fn tonnes(grams: f64) -> f64 {
    grams / 1_000_000.0
}

/// Convert grams to carats.
pub fn carats(grams: f64) -> f64 {
    grams / 0.2
}

/// Convert grams to drams.
pub fn drams(grams: f64) -> f64 {
    grams / 1.7718451953125
}

/// Convert grams to scruples.
pub fn scruples(grams: f64) -> f64 {
    grams / 1.2959782
}

/// Convert grams to quarters.
pub fn quarters(grams: f64) -> f64 {
    grams / 12700.58636
}

/// Convert grams to tolas.
pub fn tolas(grams: f64) -> f64 {
    grams / 11.6638038
}

/// Convert grams to catties.
pub fn catties(grams: f64) -> f64 {
    grams / 604.78982
}

/// Convert grams to troy ounces.
pub fn ounces_troy(grams: f64) -> f64 {
    grams / 31.1034768
}

/// Convert grams to pennyweights.
pub fn pennyweights(grams: f64) -> f64 {
    grams / 1.55517384
}
