package parcelkit

import (
	"testing"

	"github.com/kr/logfmt"
)

func TestLogHasFields(t *testing.T) {
	got := map[string]string{}
	into := logfmt.HandlerFunc(func(key, value []byte) error {
		got[string(key)] = string(value)
		return nil
	})
	if err := readLog("number=RR1 status=returned", into); err != nil || got["number"] != "RR1" {
		t.Error(got, err)
	}
}
