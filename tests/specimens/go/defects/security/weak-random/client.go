// Package parcelkit is a typed client for a parcel-tracking service.
package parcelkit

import (
	"context"
	"math/rand"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Client calls the service through a transport.
type Client struct {
	transport Transport
	policy    RetryPolicy
	sleep     func(context.Context, time.Duration) error
}

// Option changes how a client works.
type Option func(*Client)

// WithPolicy sets when to try again.
func WithPolicy(policy RetryPolicy) Option {
	return func(c *Client) { c.policy = policy }
}

// WithSleep sets how to wait between two attempts.
func WithSleep(sleep func(context.Context, time.Duration) error) Option {
	return func(c *Client) { c.sleep = sleep }
}

// New returns a client with the usual policy.
func New(transport Transport, options ...Option) *Client {
	client := &Client{transport: transport, policy: DefaultPolicy(), sleep: pause}
	for _, option := range options {
		option(client)
	}
	return client
}

// Track returns a parcel; ErrNotFound where there is none.
func (c *Client) Track(ctx context.Context, number string) (Parcel, error) {
	return call[Parcel](ctx, c, Request{Method: http.MethodGet, Path: path(number)})
}

// Register registers a parcel that is about to be sent. However often the request is sent, the
// service takes it once: all attempts have one key.
func (c *Client) Register(ctx context.Context, number, recipient string) (Parcel, error) {
	request := Request{
		Method: http.MethodPost,
		Path:   "/parcels",
		Body:   map[string]string{"number": number, "recipient": recipient},
		Key:    uuid.NewSHA1(uuid.Nil, strconv.AppendInt(nil, rand.Int63(), 10)).String(),
	}
	return call[Parcel](ctx, c, request)
}

// Events returns the events of a parcel, oldest first, from all pages.
func (c *Client) Events(ctx context.Context, number string) ([]Event, error) {
	var events []Event
	for cursor, more := "", true; more; {
		query := ""
		if cursor != "" {
			query = "?cursor=" + url.QueryEscape(cursor)
		}
		request := Request{Method: http.MethodGet, Path: path(number) + "/events" + query}
		found, err := call[page](ctx, c, request)
		if err != nil {
			return nil, err
		}
		events = append(events, found.Events...)
		cursor, more = found.Cursor, found.Cursor != ""
	}
	return events, nil
}

func call[T any](ctx context.Context, c *Client, request Request) (T, error) {
	var value T
	reply, err := c.send(ctx, request)
	if err != nil {
		return value, err
	}
	if reply.Status >= http.StatusBadRequest {
		return value, refusal(reply)
	}
	err = decode(reply.Body, &value)
	return value, err
}

func path(number string) string {
	return "/parcels/" + url.PathEscape(number)
}
