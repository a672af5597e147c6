package main

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"parcels.example/parcelkit"
)

type fixed parcelkit.Reply

func (f fixed) Send(context.Context, parcelkit.Request) (parcelkit.Reply, error) {
	return parcelkit.Reply(f), nil
}

func TestStatusIsPrinted(t *testing.T) {
	reply := fixed{Status: 200, Body: []byte(`{"number": "RR1", "status": "returned"}`)}
	var out bytes.Buffer
	err := run(context.Background(), &out, parcelkit.New(reply), []string{"RR1"})
	if err != nil || out.String() != "⠋ RR1: returned\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func TestMissingParcelIsAnError(t *testing.T) {
	client := parcelkit.New(fixed{Status: 404})
	err := run(context.Background(), &bytes.Buffer{}, client, []string{"RR1"})
	if !errors.Is(err, parcelkit.ErrNotFound) {
		t.Error(err)
	}
}
