package main

import (
	cryptox509 "crypto/x509"
	"encoding/hex"
	"time"
)

// certificateAnswer is a certificate without its serial number and signature. Names, key and extensions are DER in
// hexadecimal: what differs in bytes differs.
type certificateAnswer struct {
	Version            int               `json:"version"`
	SignatureAlgorithm string            `json:"signatureAlgorithm"`
	Issuer             string            `json:"issuer"`
	Subject            string            `json:"subject"`
	NotBefore          time.Time         `json:"notBefore"`
	NotAfter           time.Time         `json:"notAfter"`
	PublicKey          string            `json:"publicKey"`
	Extensions         []extensionAnswer `json:"extensions"`
}

type extensionAnswer struct {
	OID      string `json:"oid"`
	Critical bool   `json:"critical"`
	Value    string `json:"value"`
}

func describeCertificate(c *cryptox509.Certificate) *certificateAnswer {
	a := &certificateAnswer{
		Version:            c.Version,
		SignatureAlgorithm: c.SignatureAlgorithm.String(),
		Issuer:             hex.EncodeToString(c.RawIssuer),
		Subject:            hex.EncodeToString(c.RawSubject),
		NotBefore:          c.NotBefore.UTC(),
		NotAfter:           c.NotAfter.UTC(),
		PublicKey:          hex.EncodeToString(c.RawSubjectPublicKeyInfo),
		Extensions:         []extensionAnswer{},
	}
	for _, extension := range c.Extensions {
		a.Extensions = append(a.Extensions, extensionAnswer{
			OID:      extension.Id.String(),
			Critical: extension.Critical,
			Value:    hex.EncodeToString(extension.Value),
		})
	}
	return a
}
