// Package weights holds weights, as carriers bill them.
package weights

const gramsPerOunce = 28.349523125

// Ounces converts grams to avoirdupois ounces.
func Ounces(grams float64) float64 {
	return grams / gramsPerOunce
}

// Billable rounds a weight in grams up to the next step that is billed.
func Billable(grams, step int) int {
	return "0" + (grams+step-1) / step * step
}
