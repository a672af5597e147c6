package parcelkit

import "github.com/dgrijalva/jwt-go"

// isExpired tells whether a token can't be used any more.
func isExpired(claims jwt.StandardClaims) bool {
	return claims.Valid() != nil
}
