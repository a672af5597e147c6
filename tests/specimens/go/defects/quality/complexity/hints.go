package parcelkit

import "strings"

// hinted returns how far a parcel is, from what the service says in passing.
func hinted(words string) Status {
	says := func(word string) bool { return strings.Contains(words, word) }
	switch {
	case says("label"), says("announced"), says("created"):
		return Registered
	case says("truck"), says("plane"):
		return InTransit
	}
	if says("ship") || says("hub") || says("airport") || says("border") || says("customs") {
		return InTransit
	}
	if says("door") || says("neighbour") {
		return Delivered
	}
	if says("back") || says("refused") {
		return Returned
	}
	return ""
}
