package weights

// zones holds a price for each weight in grams and each pair of postal codes.
var zones [1 << 17][1 << 17][1 << 17]int

// Price returns the price of a parcel between two postal codes.
func Price(grams, from, to int) int {
	return zones[grams][from][to]
}
