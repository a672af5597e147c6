package parcelkit

import "github.com/kr/logfmt"

// readLog reads a line of the service's log.
func readLog(line string, into logfmt.Handler) error {
	return logfmt.Unmarshal([]byte(line), into)
}
