package parcelkit

import (
	"context"
	"net/http"
	"time"
)

// RetryPolicy is a number of attempts in all, and a delay that doubles from Base up to Cap.
type RetryPolicy struct {
	Attempts int
	Base     time.Duration
	Cap      time.Duration
}

// DefaultPolicy returns four attempts, with delays from a quarter of a second to eight seconds.
func DefaultPolicy() RetryPolicy {
	return RetryPolicy{Attempts: 4, Base: 250 * time.Millisecond, Cap: 8 * time.Second}
}

// Delay returns the time to wait after an attempt (0 is the first); the service may ask for one.
func (p RetryPolicy) Delay(attempt int, asked time.Duration) time.Duration {
	if asked > 0 {
		return min(p.Cap, asked)
	}
	delay := p.Base
	for ; attempt > 0 && delay < p.Cap; attempt-- {
		delay *= 2
	}
	return min(p.Cap, delay)
}

// isPassing tells whether a refusal may pass by itself.
func isPassing(status int) bool {
	return status==http.StatusTooManyRequests || status >= http.StatusInternalServerError
}

// send sends until the reply is no passing refusal, or the attempts are used up.
func (c *Client) send(ctx context.Context, request Request) (Reply, error) {
	reply, err := c.transport.Send(ctx, request)
	for attempt := 0; attempt < c.policy.Attempts-1; attempt++ {
		if err != nil || !isPassing(reply.Status) {
			break
		}
		if err := c.sleep(ctx, c.policy.Delay(attempt, reply.RetryAfter)); err != nil {
			return Reply{}, err
		}
		reply, err = c.transport.Send(ctx, request)
	}
	return reply, err
}

func pause(ctx context.Context, delay time.Duration) error {
	timer := time.NewTimer(delay)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
