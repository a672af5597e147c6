package parcelkit

import (
	"encoding/json"
	"fmt"
	"time"
)

// Status says where a parcel stands.
type Status string

// The stations of a parcel.
const (
	Registered Status = "registered"
	InTransit  Status = "in-transit"
	Delivered  Status = "delivered"
	Returned   Status = "returned"
)

// UnmarshalText reads a status, and refuses an unknown one.
func (s *Status) UnmarshalText(text []byte) error {
	switch status := Status(text); status {
	case Registered, InTransit, Delivered, Returned:
		*s = status
		return nil
	default:
		return fmt.Errorf("status: %s is unknown", status)
	}
}

// Event is something that happened to a parcel.
type Event struct {
	At     time.Time `json:"at"`
	Place  string    `json:"place"`
	Status Status    `json:"status"`
}

// Parcel is a parcel as the service knows it.
type Parcel struct {
	Number    string `json:"number"`
	Recipient string `json:"recipient"`
	Status    Status `json:"status"`
}

// UnderWay tells whether the parcel has not arrived anywhere yet.
func (p Parcel) UnderWay() bool {
	return p.Status == Registered || p.Status == InTransit
}

// page is a page of events; the cursor leads to the next one, and is empty after the last.
type page struct {
	Events []Event `json:"events"`
	Cursor string  `json:"cursor"`
}

func decode(body []byte, value any) error {
	if err := json.Unmarshal(body, value); err != nil {
		return fmt.Errorf("%w: %w", ErrMalformed, err)
	}
	return nil
}
