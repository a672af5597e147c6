package parcelkit

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// Request is what is asked of the service. Key, where it is set, marks attempts that are one.
type Request struct {
	Method string
	Path   string
	Body   any
	Key    string
}

// Reply is what the service answers; RetryAfter is the pause that it asks for, 0 for none.
type Reply struct {
	Status     int
	Body       []byte
	RetryAfter time.Duration
}

// Transport sends one request and returns its reply, or ErrTransport where no reply comes.
type Transport interface {
	Send(ctx context.Context, request Request) (Reply, error)
}

type httpTransport struct {
	base   string
	token  string
	client *http.Client
}

// HTTP returns a transport to the service at a base URL, in the name of the holder of token. It
// waits ten seconds at most.
func HTTP(base, token string) Transport {
	network := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	return &httpTransport{base, token, &http.Client{Transport: network, Timeout: 10 * time.Second}}
}

// Send implements Transport.
func (t *httpTransport) Send(ctx context.Context, request Request) (Reply, error) {
	written, err := t.written(ctx, request)
	if err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrTransport, err)
	}
	response, err := t.client.Do(written)
	if err != nil {
		return Reply{}, fmt.Errorf("%w: %w", ErrTransport, err)
	}
	body, err := io.ReadAll(response.Body)
	if closed := response.Body.Close(); err != nil || closed != nil {
		return Reply{}, fmt.Errorf("%w: the reply ends early", ErrTransport)
	}
	after := seconds(response.Header.Get("Retry-After"))
	return Reply{Status: response.StatusCode, Body: body, RetryAfter: after}, nil
}

func (t *httpTransport) written(ctx context.Context, request Request) (*http.Request, error) {
	var body bytes.Buffer
	if request.Body != nil {
		if err := json.NewEncoder(&body).Encode(request.Body); err != nil {
			return nil, err
		}
	}
	written, err := http.NewRequestWithContext(ctx, request.Method, t.base+request.Path, &body)
	if err != nil {
		return nil, err
	}
	written.Header.Set("Authorization", "Bearer "+t.token)
	if request.Key != "" {
		written.Header.Set("Idempotency-Key", request.Key)
	}
	return written, nil
}

func seconds(header string) time.Duration {
	count, err := strconv.ParseUint(header, 10, 16)
	if err != nil {
		return 0
	}
	return time.Duration(count) * time.Second
}
