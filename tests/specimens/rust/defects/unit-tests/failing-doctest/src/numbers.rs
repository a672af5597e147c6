//! Parcel numbers of the postal union's standard S10: two letters, nine digits, a country.

const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];

/// Tell whether `number` has the form of S10 and the right check digit.
///
/// ```
/// assert!(parcelkit::is_valid("RR473124829GB"));
/// assert!(parcelkit::is_valid("RR473124828GB"));
/// ```
pub fn is_valid(number: &str) -> bool {
    let Some((service, rest)) = number.split_at_checked(2) else {
        return false;
    };
    let Some((serial, country)) = rest.split_at_checked(9) else {
        return false;
    };
    is_code(service) && is_code(country) && has_check_digit(serial)
}

fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn has_check_digit(serial: &str) -> bool {
    let digits: Option<Vec<u32>> = serial.chars().map(|one| one.to_digit(10)).collect();
    digits.is_some_and(|digits| check_digit(&digits) == digits[8])
}

fn check_digit(digits: &[u32]) -> u32 {
    let total: u32 = WEIGHTS.iter().zip(digits).map(|(a, b)| a * b).sum();
    match 11 - total % 11 {
        10 => 0,
        11 => 5,
        digit => digit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn right_numbers_are_valid() {
        for number in [
            "RR473124829GB",
            "RB123456785GB",
            "CP000000080DE",
            "CP000000005DE",
        ] {
            assert!(is_valid(number), "{number}");
        }
    }

    #[test]
    fn other_texts_are_not() {
        for number in [
            "",
            "R",
            "RR4731",
            "rr473124829GB",
            "RR473124829G",
            "RR47312482XGB",
        ] {
            assert!(!is_valid(number), "{number}");
        }
    }
}
