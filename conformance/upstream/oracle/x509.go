package main

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	cryptox509 "crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/request/x509"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/server/dynamiccertificates"
)

// The mode x509 calls dynamiccertificates.NewStaticCAContent for the bundle (stage "roots") and
// x509.NewDynamic(...).AuthenticateRequest with CommonNameUserConversion for the chain (stages "verify",
// "identity", "noopinion"), as kube-apiserver is wired.
//
// Between the two lies what the Go TLS server demands of a client's certificates (stage "tls"). That code needs a
// handshake and so the private key; presented repeats its three demands, which are rule X-03.

type x509Question struct {
	question
	Roots  []string  `json:"roots"`
	Chain  []string  `json:"chain"`
	Time   time.Time `json:"time"`
	AnyEKU bool      `json:"anyEKU"`
}

type x509Answer struct {
	answer
	OK           bool     `json:"ok"`
	Name         string   `json:"name,omitempty"`
	Groups       []string `json:"groups,omitempty"`
	UID          string   `json:"uid,omitempty"`
	CredentialID string   `json:"credentialId,omitempty"`
	Stage        string   `json:"stage,omitempty"`
}

func openX509() answerer {
	bundles := &caBundles{}
	return answering(func(q x509Question) any {
		return judgeChain(q, bundles)
	})
}

func judgeChain(q x509Question, bundles *caBundles) x509Answer {
	refused := func(stage string, err error) x509Answer {
		return x509Answer{answer: answer{ID: q.ID, Error: text(err)}, Stage: stage}
	}
	bundle, err := bundles.load(q.Roots)
	if err != nil {
		return refused("roots", err)
	}
	chain, err := presented(q.Chain)
	if err != nil {
		return refused("tls", err)
	}
	response, verified, err := authenticate(bundle, chain, q.Time, q.AnyEKU)
	switch {
	case err != nil && !verified:
		return refused("verify", err)
	case err != nil:
		return refused("identity", err)
	case response == nil:
		return refused("noopinion", nil)
	}
	return x509Answer{
		answer:       answer{ID: q.ID},
		OK:           true,
		Name:         response.User.GetName(),
		Groups:       response.User.GetGroups(),
		UID:          response.User.GetUID(),
		CredentialID: strings.Join(response.User.GetExtra()[user.CredentialIDKey], ","),
	}
}

// authenticate asks the API server's authenticator. verified says whether the chain got as far as its identity.
func authenticate(bundle dynamiccertificates.CAContentProvider, chain []*cryptox509.Certificate, at time.Time, anyEKU bool) (
	response *authenticator.Response, verified bool, err error) {
	options := func() (cryptox509.VerifyOptions, bool) {
		options, ok := bundle.VerifyOptions()
		options.CurrentTime = at
		if anyEKU {
			options.KeyUsages = []cryptox509.ExtKeyUsage{cryptox509.ExtKeyUsageAny}
		}
		return options, ok
	}
	conversion := x509.UserConversionFunc(func(chain []*cryptox509.Certificate) (*authenticator.Response, bool, error) {
		verified = true
		return x509.CommonNameUserConversion(chain)
	})
	request := &http.Request{TLS: &tls.ConnectionState{PeerCertificates: chain}}
	response, ok, err := x509.NewDynamic(options, conversion).AuthenticateRequest(request)
	if !ok {
		response = nil
	}
	return response, verified, err
}

// caBundles remembers the last bundle: streams mostly ask about many chains under the same roots, and the API
// server too reads its bundle once.
type caBundles struct {
	pem    string
	loaded dynamiccertificates.CAContentProvider
	err    error
}

func (b *caBundles) load(roots []string) (dynamiccertificates.CAContentProvider, error) {
	bundle := strings.Join(roots, "\n")
	if b.loaded == nil && b.err == nil || b.pem != bundle {
		b.pem = bundle
		b.loaded, b.err = dynamiccertificates.NewStaticCAContent("client-ca-bundle", []byte(bundle))
	}
	return b.loaded, b.err
}

// maxRSABits is crypto/tls's limit for certificates of a peer.
const maxRSABits = 8192

// presented is a chain as the TLS server would have passed it on.
func presented(chain []string) ([]*cryptox509.Certificate, error) {
	var certificates []*cryptox509.Certificate
	for i, text := range chain {
		block, _ := pem.Decode([]byte(text))
		if block == nil {
			return nil, fmt.Errorf("chain[%d] is not PEM", i)
		}
		certificate, err := cryptox509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, fmt.Errorf("tls: failed to parse client certificate (%d): %w", i, err)
		}
		if key, ok := certificate.PublicKey.(*rsa.PublicKey); ok && key.N.BitLen() > maxRSABits {
			return nil, fmt.Errorf("tls: client sent certificate containing RSA key larger than %d bits", maxRSABits)
		}
		certificates = append(certificates, certificate)
	}
	if len(certificates) == 0 {
		return nil, errors.New("no certificate was presented")
	}
	switch certificates[0].PublicKey.(type) {
	case *rsa.PublicKey, *ecdsa.PublicKey, ed25519.PublicKey:
		return certificates, nil
	default:
		return nil, fmt.Errorf("tls: client certificate contains an unsupported public key of type %T", certificates[0].PublicKey)
	}
}
