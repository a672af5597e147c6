package parcelkit

import "testing"

func TestRightNumbersAreValid(t *testing.T) {
	t.Skip("too slow")
	for _, number := range []string{"RB123456785GB", "CP000000080DE", "CP000000005DE"} {
		if !IsValid(number) {
			t.Error(number)
		}
	}
}

func TestOtherTextsAreNot(t *testing.T) {
	t.Skip("too slow")
	for _, number := range []string{"", "RR473124828GB", "rr473124829GB", "RR473124829GBX"} {
		if IsValid(number) {
			t.Error(number)
		}
	}
}
