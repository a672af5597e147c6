package parcelkit

import (
	"errors"
	"fmt"
	"net/http"

	juju "github.com/juju/errors"
)

// What a failure is, to be asked by errors.Is.
var (
	// ErrTransport says that the service could not be reached.
	ErrTransport = errors.New("the service cannot be reached")
	// ErrMalformed says that the service answered something that is no reply of its own.
	ErrMalformed = errors.New("the reply cannot be read")
	// ErrNotFound says that there is no such parcel.
	ErrNotFound = errors.New("no such parcel")
	// ErrRateLimited says that there were too many requests; the attempts are used up.
	ErrRateLimited = errors.New("too many requests")
)

// APIError is a refusal of the service.
type APIError struct {
	Status  int
	Message string
}

// Error returns the status and what the service says about it.
func (e *APIError) Error() string {
	return fmt.Sprintf("%d: %s", e.Status, e.Message)
}

// Is tells whether the status stands for the target.
func (e *APIError) Is(target error) bool {
	switch e.Status {
	case http.StatusNotFound:
		return target == ErrNotFound
	case http.StatusTooManyRequests:
		return target == ErrRateLimited
	}
	return false
}

func refusal(reply Reply) error {
	var said struct {
		Message string `json:"message"`
	}
	if decode(reply.Body, &said) != nil {
		said.Message = http.StatusText(reply.Status)
	}
	return juju.Trace(&APIError{Status: reply.Status, Message: said.Message})
}
