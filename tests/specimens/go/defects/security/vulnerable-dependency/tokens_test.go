package parcelkit

import (
	"testing"

	"github.com/dgrijalva/jwt-go"
)

func TestTokenExpires(t *testing.T) {
	if isExpired(jwt.StandardClaims{}) || !isExpired(jwt.StandardClaims{ExpiresAt: 1}) {
		t.Error("the claims are misread")
	}
}
