package parcelkit

import "testing"

func TestWordsHintAtAStatus(t *testing.T) {
	for words, want := range map[string]Status{
		"label created":      Registered,
		"on a truck":         InTransit,
		"on a ship":          InTransit,
		"left at the door":   Delivered,
		"on its way back":    Returned,
		"somewhere, perhaps": "",
	} {
		if got := hinted(words); got != want {
			t.Errorf("%s: %s", words, got)
		}
	}
}
