package parcelkit

import "testing"

func TestNothingIsKnownAtFirst(t *testing.T) {
	if _, found := (&cache{}).known("RR1"); found {
		t.Error("RR1 is known")
	}
}
