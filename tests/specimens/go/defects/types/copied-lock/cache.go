package parcelkit

import "sync"

type cache struct {
	lock    sync.Mutex
	parcels map[string]Parcel
}

// known returns what was asked before.
func (c cache) known(number string) (Parcel, bool) {
	c.lock.Lock()
	defer c.lock.Unlock()
	parcel, found := c.parcels[number]
	return parcel, found
}
