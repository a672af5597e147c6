module parcels.example/parcelkit

go 1.999

require github.com/google/uuid v1.6.0
