package weights

import "testing"

func TestStepsOfAWeight(t *testing.T) {
	if got := Steps(250); len(got) != 3 {
		t.Error(got)
	}
}
