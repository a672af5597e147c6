module parcels.example/parcelkit

go 1.22

require github.com/google/uuid v1.6.0

require github.com/kr/logfmt v0.0.0-20140226030751-b84e30acd515
