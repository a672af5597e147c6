package parcelkit

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
)

// answering stands for the network: it gives one answer, and remembers what was asked.
type answering struct {
	answer *http.Response
	asked  *http.Request
}

func (a *answering) RoundTrip(request *http.Request) (*http.Response, error) {
	a.asked = request
	if a.answer == nil {
		return nil, io.ErrUnexpectedEOF
	}
	return a.answer, nil
}

func over(network http.RoundTripper) Transport {
	return &httpTransport{"http://parcels.example", "key", &http.Client{Transport: network}}
}

func TestRequestsSayWhoAsks(t *testing.T) {
	header := http.Header{"Retry-After": {"2"}}
	answer := &http.Response{StatusCode: 429, Header: header, Body: io.NopCloser(strings.NewReader("{}"))}
	network := &answering{answer: answer}
	request := Request{Method: "POST", Path: "/parcels", Body: []int{1}, Key: "k"}
	reply, err := over(network).Send(context.Background(), request)
	if err != nil || reply.Status != 429 || reply.RetryAfter != 2*time.Second {
		t.Error(reply, err)
	}
	for name, want := range map[string]string{"Authorization": "Bearer key", "Idempotency-Key": "k"} {
		if got := network.asked.Header.Get(name); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestSilenceIsAnError(t *testing.T) {
	transport := over(&answering{})
	transport.Close()
	_, err := transport.Send(context.Background(), Request{Method: "GET", Path: "/"})
	if !errors.Is(err, ErrTransport) {
		t.Error(err)
	}
}

func TestWhatCannotBeSentIsAnError(t *testing.T) {
	for _, request := range []Request{{Method: "?"}, {Method: "POST", Body: func() {}}} {
		if _, err := HTTP("http://a", "key").Send(context.Background(), request); !errors.Is(err, ErrTransport) {
			t.Error(err)
		}
	}
}

func TestPauseIsReadInSeconds(t *testing.T) {
	if seconds("soon") != 0 || seconds("3") != 3*time.Second {
		t.Error(seconds("soon"), seconds("3"))
	}
}
