package weights

import (
	"math"
	"testing"
)

func TestOunceIsAsDefined(t *testing.T) {
	if got := Ounces(28.349523125); math.Abs(got-1) > 1e-12 {
		t.Errorf("an ounce has %v ounces", got)
	}
}

func TestWeightIsRoundedUp(t *testing.T) {
	for grams, want := range map[int]int{1: 100, 100: 100, 250: 300} {
		if got := Billable(grams, 100, 0); got != want {
			t.Errorf("%d g are billed as %d, not as %d", grams, got, want)
		}
	}
}
