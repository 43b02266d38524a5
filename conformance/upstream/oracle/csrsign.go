package main

import (
	"context"
	"crypto"
	cryptox509 "crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	certificatesv1 "k8s.io/api/certificates/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/controller/certificates/authority"
	"k8s.io/kubernetes/pkg/controller/certificates/signer"
)

// The mode csr-sign tells what becomes of a CertificateSigningRequest, in the order in which a cluster comes to it:
//
//   - what the API server says when it is created: see csrcreate.go;
//   - what the signing controller makes of it, run as signer.NewCSRSigningController makes it: see csrcontroller.go;
//   - the certificate, by authority.CertificateAuthority.Sign with the caller's CA and clock.
//
// The controller itself signs by the real clock. So the certificate is made a second time, with the policy that
// the controller uses; TestSigningPolicyIsTheControllers holds the two together.

type csrSignQuestion struct {
	question
	CSR    json.RawMessage `json:"csr"`
	CACert string          `json:"caCert"`
	CAKey  string          `json:"caKey"`
	// SigningDuration is --cluster-signing-duration, by default 8760h.
	SigningDuration string `json:"signingDuration"`
	// Time is the controller's clock; left out, now.
	Time time.Time `json:"time"`
	// PEM asks for the certificate itself, whose serial number and signature are different each time.
	PEM bool `json:"pem"`
}

type csrSignAnswer struct {
	answer
	// Validation and Admission are the API server's refusals; the controller is asked all the same.
	Validation []cause `json:"validation,omitempty"`
	Admission  string  `json:"admission,omitempty"`
	// Outcome is ignored (not approved, already signed, not this signer's), failed, error or signed.
	Outcome     string             `json:"outcome"`
	Reason      string             `json:"reason,omitempty"`
	Message     string             `json:"message,omitempty"`
	Certificate *certificateAnswer `json:"certificate,omitempty"`
	PEM         string             `json:"pem,omitempty"`
}

func openCSRSign() answerer {
	controllers := newSigningControllers()
	authorities := loadedAuthorities{}
	return withScratch(func(s *scratch, q csrSignQuestion) any {
		duration := 8760 * time.Hour
		if q.SigningDuration != "" {
			var err error
			if duration, err = time.ParseDuration(q.SigningDuration); err != nil {
				return answer{ID: q.ID, Error: err.Error()}
			}
		}
		request := &certificatesv1.CertificateSigningRequest{}
		if err := runtime.DecodeInto(legacyscheme.Codecs.UniversalDecoder(certificatesv1.SchemeGroupVersion), q.CSR, request); err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		authority, err := authorities.load(s, q.CACert, q.CAKey)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a := csrSignAnswer{answer: answer{ID: q.ID}}
		a.Validation, a.Admission = createCSR(request)
		verdict := controllers.handle(request, duration)
		a.Outcome, a.Reason, a.Message = verdict.outcome, verdict.reason, verdict.message
		if verdict.outcome == "signed" {
			a.sign(authority, request, duration, q.Time, q.PEM)
		}
		return a
	})
}

// mostAuthorities is how many CAs are remembered: what looks at a CA's files, as the controller does, is never stopped.
const mostAuthorities = 256

// loadedAuthorities remembers CAs: streams mostly ask for many certificates of a few.
type loadedAuthorities map[[2]string]loadedAuthority

type loadedAuthority struct {
	authority *authority.CertificateAuthority
	err       error
}

func (l loadedAuthorities) load(s *scratch, caCert, caKey string) (*authority.CertificateAuthority, error) {
	key := [2]string{caCert, caKey}
	loaded, ok := l[key]
	if !ok {
		loaded.authority, loaded.err = loadAuthority(s, caCert, caKey)
		if len(l) == mostAuthorities {
			clear(l)
		}
		l[key] = loaded
	}
	return loaded.authority, loaded.err
}

// loadAuthority loads a CA as the controller does at its start, errors included.
func loadAuthority(s *scratch, caCert, caKey string) (*authority.CertificateAuthority, error) {
	if err := s.write(map[string]string{"ca.crt": caCert, "ca.key": caKey}); err != nil {
		return nil, err
	}
	_, err := signer.NewCSRSigningController(context.Background(), "load", certificatesv1.KubeAPIServerClientSignerName,
		nil, &csrQueue{}, "ca.crt", "ca.key", time.Hour)
	if err != nil {
		return nil, err
	}
	certificates, err := cert.ParseCertsPEM([]byte(caCert))
	if err != nil {
		return nil, err
	}
	key, err := keyutil.ParsePrivateKeyPEM([]byte(caKey))
	if err != nil {
		return nil, err
	}
	return &authority.CertificateAuthority{Certificate: certificates[0], PrivateKey: key.(crypto.Signer)}, nil
}

func (a *csrSignAnswer) sign(ca *authority.CertificateAuthority, csr *certificatesv1.CertificateSigningRequest,
	duration time.Duration, at time.Time, withPEM bool) {
	certificate, err := signAt(ca, csr, duration, at)
	if err != nil {
		a.Outcome, a.Message = "error", "error auto signing csr: "+err.Error()
		return
	}
	a.Certificate = describeCertificate(certificate)
	if withPEM {
		a.PEM = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
	}
}

func signAt(ca *authority.CertificateAuthority, csr *certificatesv1.CertificateSigningRequest,
	duration time.Duration, at time.Time) (*cryptox509.Certificate, error) {
	policy := signingPolicy(csr, duration)
	if !at.IsZero() {
		policy.Now = func() time.Time { return at }
	}
	block, _ := pem.Decode(csr.Spec.Request)
	if block == nil {
		return nil, errors.New("spec.request is not PEM")
	}
	der, err := ca.Sign(block.Bytes, policy)
	if err != nil {
		return nil, err
	}
	certificate, err := cryptox509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("the certificate does not parse: %w", err)
	}
	return certificate, nil
}

// signingPolicy is the policy that the controller hands to the authority (rules CS-40 and CS-41).
func signingPolicy(csr *certificatesv1.CertificateSigningRequest, duration time.Duration) authority.PermissiveSigningPolicy {
	const shortest = 10 * time.Minute
	ttl := duration
	if seconds := csr.Spec.ExpirationSeconds; seconds != nil {
		if requested := time.Duration(*seconds) * time.Second; requested <= duration {
			ttl = max(requested, shortest)
		}
	}
	return authority.PermissiveSigningPolicy{TTL: ttl, Usages: csr.Spec.Usages, Backdate: 5 * time.Minute, Short: 8 * time.Hour}
}
