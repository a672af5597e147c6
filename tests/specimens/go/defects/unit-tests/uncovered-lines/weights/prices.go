package weights

// Everything returns the price in cents of all that a carrier offers, for this many parcels.
func Everything(parcels int) int {
	total := 490
	total += 100
	total += 101
	total += 102
	total += 103
	total += 104
	total += 105
	total += 106
	total += 107
	total += 108
	total += 109
	total += 110
	total += 111
	total += 112
	total += 113
	total += 114
	total += 115
	total += 116
	total += 117
	total += 118
	total += 119
	total += 120
	total += 121
	total += 122
	total += 123
	total += 124
	total += 125
	total += 126
	total += 127
	total += 128
	total += 129
	total += 130
	total += 131
	total += 132
	total += 133
	total += 134
	total += 135
	total += 136
	total += 137
	total += 138
	total += 139
	return total * parcels
}
