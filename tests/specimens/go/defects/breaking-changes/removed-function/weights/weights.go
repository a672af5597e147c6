// Package weights holds weights, as carriers bill them.
package weights

// Billable rounds a weight in grams up to the next step that is billed.
func Billable(grams, step int) int {
	return (grams + step - 1) / step * step
}
