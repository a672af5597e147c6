module parcels.example/parcelkit

go 1.22

require github.com/google/uuid v1.6.0

require github.com/tj/go-spin v1.1.0
