package parcelkit

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"
)

const parcel = `{"number": "RR1", "recipient": "Ada", "status": "in-transit"}`

// scripted gives its replies one after the other, and remembers what was asked.
type scripted struct {
	replies []Reply
	asked   []Request
}

func (s *scripted) Send(_ context.Context, request Request) (Reply, error) {
	s.asked = append(s.asked, request)
	if len(s.replies) == 0 {
		return Reply{}, ErrTransport
	}
	reply := s.replies[0]
	s.replies = s.replies[1:]
	return reply, nil
}

func (s *scripted) Close() {}

func script(replies ...Reply) (*Client, *scripted) {
	transport := &scripted{replies: replies}
	noPause := func(context.Context, time.Duration) error { return nil }
	return New(transport, WithSleep(noPause)), transport
}

func ok(body string) Reply {
	return Reply{Status: 200, Body: []byte(body)}
}

func TestParcelIsTracked(t *testing.T) {
	client, transport := script(ok(parcel))
	got, err := client.Track(context.Background(), "RR 1")
	if want := (Parcel{"RR1", "Ada", InTransit}); err != nil || got != want || !got.UnderWay() {
		t.Errorf("%v, %v", got, err)
	}
	if transport.asked[0].Path != "/parcels/RR%201" {
		t.Error(transport.asked[0].Path)
	}
}

func TestAttemptsToRegisterHaveOneKey(t *testing.T) {
	client, transport := script(Reply{Status: 503}, ok(parcel))
	if _, err := client.Register(context.Background(), "RR1", "Ada"); err != nil {
		t.Fatal(err)
	}
	if first, second := transport.asked[0], transport.asked[1]; first.Key != second.Key {
		t.Errorf("%s is not %s", first.Key, second.Key)
	}
}

func TestEventsComeFromAllPages(t *testing.T) {
	row := `{"at": "2026-01-12T08:00:00Z", "place": "Bonn", "status": "delivered"}`
	client, transport := script(
		ok(`{"events": [`+row+`], "cursor": "a/b"}`),
		ok(`{"events": [`+row+`,`+row+`], "cursor": null}`),
	)
	events, err := client.Events(context.Background(), "RR1")
	if err != nil || len(events) != 3 {
		t.Fatal(events, err)
	}
	if got := transport.asked[1].Path; got != "/parcels/RR1/events?cursor=a%2Fb" {
		t.Error(got)
	}
}

func TestFailureEndsTheEvents(t *testing.T) {
	client, _ := script(ok(`{"events": [], "cursor": "a"}`))
	if _, err := client.Events(context.Background(), "RR1"); !errors.Is(err, ErrTransport) {
		t.Error(err)
	}
}

func TestRefusalsHaveErrorsOfTheirOwn(t *testing.T) {
	kinds := map[int]error{404: ErrNotFound, 429: ErrRateLimited}
	for status, kind := range kinds {
		reply := Reply{Status: status, Body: []byte(`{"message": "no"}`)}
		client, _ := script(reply, reply, reply, reply)
		if _, err := client.Track(context.Background(), "RR1"); !errors.Is(err, kind) {
			t.Errorf("%d: %v", status, err)
		}
	}
}

func TestOtherRefusalIsOnlyItself(t *testing.T) {
	client, _ := script(Reply{Status: 400})
	_, err := client.Track(context.Background(), "RR1")
	if errors.Is(err, ErrNotFound) || err.Error() != "400: Bad Request" {
		t.Error(err)
	}
}

func TestUnreadableReplyIsMalformed(t *testing.T) {
	for _, body := range []string{"<html>", `{"status": "lost"}`} {
		client, _ := script(ok(body))
		if _, err := client.Track(context.Background(), "RR1"); !errors.Is(err, ErrMalformed) {
			t.Error(body, err)
		}
	}
}

func TestEveryStatusIsRead(t *testing.T) {
	for _, want := range []Status{Registered, InTransit, Delivered, Returned} {
		var got Status
		if err := got.UnmarshalText([]byte(want)); err != nil || got != want {
			t.Error(got, err)
		}
	}
}

func TestDelayDoublesUpToTheCap(t *testing.T) {
	var got []float64
	for attempt := range 7 {
		got = append(got, DefaultPolicy().Delay(attempt, 0).Seconds())
	}
	if want := []float64{0.25, 0.5, 1, 2, 4, 8, 8}; !reflect.DeepEqual(got, want) {
		t.Error(got)
	}
}

func TestServiceMayAskForAPause(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{1: 1, time.Hour: 8 * time.Second} {
		if got := DefaultPolicy().Delay(0, asked); got != want {
			t.Error(got)
		}
	}
}

func TestWaitingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	client := New(&scripted{replies: []Reply{{Status: 500}}}, WithPolicy(DefaultPolicy()))
	if _, err := client.Track(ctx, "RR1"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := pause(context.Background(), 0); err != nil {
		t.Error(err)
	}
}
