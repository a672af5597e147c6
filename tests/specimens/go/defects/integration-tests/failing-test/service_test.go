//go:build integration

package parcelkit_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"parcels.example/parcelkit"
)

const registered = `{"number": "RR1", "recipient": "Ada", "status": "registered"}`

// service starts a service on the loopback interface that answers with each status in turn.
func service(t *testing.T, statuses ...int) (*parcelkit.Client, *[]string) {
	t.Helper()
	var asked []string
	serve := func(w http.ResponseWriter, r *http.Request) {
		status := statuses[len(asked)]
		asked = append(asked, r.Method+" "+r.URL.Path)
		w.Header().Set("Retry-After", "1")
		w.WriteHeader(status)
		fmt.Fprint(w, registered)
	}
	server := httptest.NewServer(http.HandlerFunc(serve))
	t.Cleanup(server.Close)
	noPause := func(context.Context, time.Duration) error { return nil }
	transport := parcelkit.HTTP(server.URL, "key")
	return parcelkit.New(transport, parcelkit.WithSleep(noPause)), &asked
}

func TestIntegrationParcelIsRegistered(t *testing.T) {
	client, asked := service(t, http.StatusCreated)
	parcel, err := client.Register(context.Background(), "RR1", "Ada")
	if err != nil || parcel.Status != parcelkit.Registered {
		t.Error(parcel, err)
	}
	if (*asked)[0] != "POST /parcels" {
		t.Error(*asked)
	}
}

func TestIntegrationBusyServiceIsAskedAgain(t *testing.T) {
	client, asked := service(t, 503, 429, 200)
	if _, err := client.Track(context.Background(), "RR1"); err != nil || len(*asked) != 3 {
		t.Error(*asked, err)
	}
}

func TestIntegrationMissingParcelIsNotFound(t *testing.T) {
	client, _ := service(t, http.StatusGone)
	if _, err := client.Track(context.Background(), "RR1"); !errors.Is(err, parcelkit.ErrNotFound) {
		t.Error(err)
	}
}
