// Command track prints where a parcel stands.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/tj/go-spin"

	"parcels.example/parcelkit"
)

func main() {
	client := parcelkit.New(parcelkit.HTTP(os.Getenv("PARCELS_URL"), os.Getenv("PARCELS_TOKEN")))
	if err := run(context.Background(), os.Stdout, client, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, client *parcelkit.Client, numbers []string) error {
	spinner := spin.New()
	for _, number := range numbers {
		parcel, err := client.Track(ctx, number)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(out, "%s %s: %s\n", spinner.Next(), parcel.Number, parcel.Status); err != nil {
			return err
		}
	}
	return nil
}
