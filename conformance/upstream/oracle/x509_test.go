package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	cryptox509 "crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"testing"
	"time"
)

var (
	noon       = time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	oidCN      = asn1.ObjectIdentifier{2, 5, 4, 3}
	oidO       = asn1.ObjectIdentifier{2, 5, 4, 10}
	oidUID     = asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57683, 2}
	clientAuth = []cryptox509.ExtKeyUsage{cryptox509.ExtKeyUsageClientAuth}
)

// minted is a certificate with its key.
type minted struct {
	*cryptox509.Certificate
	key *ecdsa.PrivateKey
}

func (m minted) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: m.Raw}))
}

// mint makes a certificate signed by the parent, or by itself. The subject has the attributes in the given order.
func mint(t *testing.T, parent *minted, ca bool, attributes []pkix.AttributeTypeAndValue, change func(*cryptox509.Certificate)) minted {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	var sequence pkix.RDNSequence
	for _, attribute := range attributes {
		sequence = append(sequence, pkix.RelativeDistinguishedNameSET{attribute})
	}
	subject, err := asn1.Marshal(sequence)
	if err != nil {
		t.Fatal(err)
	}
	template := &cryptox509.Certificate{
		SerialNumber: big.NewInt(1), RawSubject: subject,
		NotBefore: noon.Add(-time.Hour), NotAfter: noon.Add(time.Hour),
		BasicConstraintsValid: ca, IsCA: ca,
	}
	if !ca {
		template.ExtKeyUsage = clientAuth
	}
	if change != nil {
		change(template)
	}
	issuer, signer := template, key
	if parent != nil {
		issuer, signer = parent.Certificate, parent.key
	}
	der, err := cryptox509.CreateCertificate(rand.Reader, template, issuer, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := cryptox509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return minted{certificate, key}
}

func named(oid asn1.ObjectIdentifier, value string) pkix.AttributeTypeAndValue {
	return pkix.AttributeTypeAndValue{Type: oid, Value: value}
}

func TestX509Identity(t *testing.T) {
	ca := mint(t, nil, true, []pkix.AttributeTypeAndValue{named(oidCN, "ca")}, nil)
	type attributes = []pkix.AttributeTypeAndValue
	for _, row := range []struct {
		rule    string
		subject attributes
		want    x509Answer
	}{
		{"X-14", attributes{named(oidCN, "a"), named(oidCN, "b")}, x509Answer{OK: true, Name: "b"}},
		{"XS-01", attributes{named(oidCN, "a"), named(oidCN, "")}, x509Answer{Stage: "noopinion"}},
		{"X-13", attributes{named(oidO, "g")}, x509Answer{Stage: "noopinion"}},
		{"XS-02", attributes{named(oidO, "b"), named(oidO, ""), named(oidCN, "u"), named(oidO, "a"), named(oidO, "b")},
			x509Answer{OK: true, Name: "u", Groups: []string{"b", "", "a", "b"}}},
		{"X-18", attributes{named(oidCN, "u"), named(oidUID, "1")}, x509Answer{OK: true, Name: "u", UID: "1"}},
		{"XS-03", attributes{named(oidCN, "u"), named(oidUID, "1"), named(oidUID, "1")}, x509Answer{Stage: "identity"}},
		{"X-19", attributes{named(oidCN, "u"), named(oidUID, "")}, x509Answer{Stage: "identity"}},
	} {
		leaf := mint(t, &ca, false, row.subject, nil)
		got := asked[x509Answer](t, "x509", fields{"roots": []string{ca.pem()}, "chain": []string{leaf.pem()}, "time": noon})
		if got.OK && len(got.CredentialID) != len("X509SHA256=")+64 {
			t.Errorf("credential id %q", got.CredentialID)
		}
		got.CredentialID, got.Error = "", ""
		expectEqual(t, row.rule, got, row.want)
	}
}

func TestX509Stages(t *testing.T) {
	subject := []pkix.AttributeTypeAndValue{named(oidCN, "u")}
	ca := mint(t, nil, true, []pkix.AttributeTypeAndValue{named(oidCN, "ca")}, nil)
	other := mint(t, nil, true, []pkix.AttributeTypeAndValue{named(oidCN, "ca")}, nil)
	leaf := mint(t, &ca, false, subject, nil)
	server := mint(t, &ca, false, subject, func(c *cryptox509.Certificate) {
		c.ExtKeyUsage = []cryptox509.ExtKeyUsage{cryptox509.ExtKeyUsageServerAuth}
	})
	const unparsable = "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"
	for _, row := range []struct {
		rule   string
		root   string
		chain  []string
		time   time.Time
		anyEKU bool
		want   string
	}{
		{"X-04", "no PEM", []string{leaf.pem()}, noon, false, "roots"},
		{"XS-36", ca.pem() + unparsable, []string{leaf.pem()}, noon, false, "roots"},
		{"XS-36", ca.pem(), []string{leaf.pem(), unparsable}, noon, false, "tls"},
		{"GV-02", ca.pem(), []string{leaf.pem()}, noon.Add(time.Hour), false, ""},
		{"XS-15", ca.pem(), []string{leaf.pem()}, noon.Add(time.Hour + 1), false, "verify"},
		{"GV-08", ca.pem(), []string{server.pem()}, noon, false, "verify"},
		{"GV-08", ca.pem(), []string{server.pem()}, noon, true, ""},
		{"GV-03", other.pem(), []string{leaf.pem()}, noon, false, "verify"},
		{"X-08", other.pem(), []string{leaf.pem(), ca.pem()}, noon, false, "verify"},
	} {
		got := asked[x509Answer](t, "x509", fields{"roots": []string{row.root}, "chain": row.chain, "time": row.time, "anyEKU": row.anyEKU})
		expectEqual(t, row.rule, got.Stage, row.want)
	}
}
