package weights

import "testing"

func TestWeightIsRoundedUp(t *testing.T) {
	for grams, want := range map[int]int{1: 100, 100: 100, 250: 300} {
		if got := Billable(grams, 100); got != want {
			t.Errorf("%d g are billed as %d, not as %d", grams, got, want)
		}
	}
}
