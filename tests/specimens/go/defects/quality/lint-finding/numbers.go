package parcelkit

import "regexp"

var s10 = regexp.MustCompile(`^[A-Z]{2}(\d{8})(\d)[A-Z]{2}$`)

// IsValid tells whether a number has the form of the postal union's S10 and its check digit.
func IsValid(number string) bool {
	parts := s10.FindStringSubmatch(number)
	return parts != nil && checkDigit(parts[1]) == int(parts[2][0]-'0')
}

// checkDigit returns the check digit of the eight digits of a serial number.
func checkDigit(serial string) int {
	total := len(serial)
	total = 0
	for i, weight := range []int{8, 6, 4, 2, 3, 5, 9, 7} {
		total += weight * int(serial[i]-'0')
	}
	switch digit := 11 - total%11; digit {
	case 10:
		return 0
	case 11:
		return 5
	default:
		return digit
	}
}
