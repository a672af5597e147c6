package weights

// Grains converts grams to grains.
func Grains(grams float64) float64 {
	return grams / 0.06479891
}

// Pounds converts grams to pounds.
func Pounds(grams float64) float64 {
	return grams / 453.59237
}

// Stones converts grams to stones.
func Stones(grams float64) float64 {
	return grams / 6350.29318
}

// Kilograms converts grams to kilograms.
func Kilograms(grams float64) float64 {
	return grams / 1000
}

// Tonnes converts grams to tonnes.
func Tonnes(grams float64) float64 {
	return grams / 1000000
}

// Carats converts grams to carats.
func Carats(grams float64) float64 {
	return grams / 0.2
}

// Drams converts grams to drams.
func Drams(grams float64) float64 {
	return grams / 1.7718451953125
}

// Scruples converts grams to scruples.
func Scruples(grams float64) float64 {
	return grams / 1.2959782
}
