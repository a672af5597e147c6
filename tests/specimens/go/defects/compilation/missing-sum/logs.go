package parcelkit

import "github.com/kr/logfmt"

// fields reads the service's own log lines.
func fields(line []byte, into logfmt.Handler) error {
	return logfmt.Unmarshal(line, into)
}

var _ = fields
