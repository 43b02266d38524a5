package main

import (
	"crypto/rand"
	cryptox509 "crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"testing"
	"time"

	certificatesv1 "k8s.io/api/certificates/v1"
	"k8s.io/kubernetes/pkg/controller/certificates/authority"
)

// signingCA is a CA that is valid around noon, and its key.
func signingCA(t *testing.T) (ca minted, key string) {
	t.Helper()
	ca = mint(t, nil, true, []pkix.AttributeTypeAndValue{named(oidCN, "ca")}, func(c *cryptox509.Certificate) {
		c.NotAfter = noon.AddDate(2, 0, 0)
	})
	der, err := cryptox509.MarshalECPrivateKey(ca.key)
	if err != nil {
		t.Fatal(err)
	}
	return ca, string(pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}))
}

// approved is an approved request of the subject.
func approved(t *testing.T, subject pkix.Name, spec fields) fields {
	t.Helper()
	key := mint(t, nil, false, nil, nil).key
	der, err := cryptox509.CreateCertificateRequest(rand.Reader, &cryptox509.CertificateRequest{Subject: subject}, key)
	if err != nil {
		t.Fatal(err)
	}
	all := fields{
		"request":    pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der}),
		"signerName": certificatesv1.KubeAPIServerClientSignerName, "usages": []string{"client auth"},
	}
	for name, value := range spec {
		all[name] = value
	}
	return fields{"apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": fields{"name": "jane"},
		"spec": all, "status": fields{"conditions": []fields{{"type": "Approved", "status": "True"}}}}
}

func TestCSRSignOutcomes(t *testing.T) {
	ca, key := signingCA(t)
	jane := pkix.Name{CommonName: "jane"}
	pending := approved(t, jane, nil)
	delete(pending, "status")
	for _, row := range []struct {
		rule                        string
		csr                         fields
		outcome, message, admission string
	}{
		{"CS-32", pending, "ignored", "", ""},
		{"CS-30a", approved(t, jane, fields{"usages": []string{"server auth"}}), "failed", "invalid usage for client certificate: server auth", ""},
		{"CS-30a", approved(t, jane, fields{"signerName": "kubernetes.io/kubelet-serving"}), "failed", "subject organization is not system:nodes", ""},
		{"CS-02", approved(t, jane, fields{"request": []byte("x")}), "error", `unable to parse csr "jane": PEM block type must be CERTIFICATE REQUEST`,
			`certificatesigningrequests.certificates.k8s.io "jane" is forbidden: failed to parse CSR: PEM block type must be CERTIFICATE REQUEST`},
		{"CS-22", approved(t, pkix.Name{CommonName: "jane", Organization: []string{"system:masters"}}, nil), "signed", "",
			`certificatesigningrequests.certificates.k8s.io "jane" is forbidden: use of kubernetes.io/kube-apiserver-client signer with system:masters group is not allowed`},
		{"CS-31", approved(t, jane, nil), "signed", "", ""},
	} {
		a := asked[csrSignAnswer](t, "csr-sign", fields{"csr": row.csr, "caCert": ca.pem(), "caKey": key, "time": noon})
		expectEqual(t, row.rule, []string{a.Outcome, a.Message, a.Admission}, []string{row.outcome, row.message, row.admission})
	}
}

func TestCSRSignCertificates(t *testing.T) {
	ca, key := signingCA(t)
	for _, row := range []struct {
		rule      string
		at        time.Time
		spec      fields
		notBefore time.Time
		notAfter  time.Time
	}{
		{"CS-41", noon, nil, noon.Add(-5 * time.Minute), noon.Add(8760*time.Hour - 5*time.Minute)},
		{"CS-40", noon, fields{"expirationSeconds": 1}, noon.Add(-5 * time.Minute), noon.Add(10 * time.Minute)},
		{"CS-41", noon, fields{"expirationSeconds": 8*3600 - 1}, noon.Add(-5 * time.Minute), noon.Add(8*time.Hour - time.Second)},
		{"CS-41", noon, fields{"expirationSeconds": 8 * 3600}, noon.Add(-5 * time.Minute), noon.Add(8*time.Hour - 5*time.Minute)},
		{"CS-41", ca.NotAfter.Add(-time.Hour), nil, ca.NotAfter.Add(-time.Hour - 5*time.Minute), ca.NotAfter},
	} {
		csr := approved(t, pkix.Name{CommonName: "jane", Organization: []string{"b", "a"}}, row.spec)
		a := asked[csrSignAnswer](t, "csr-sign", fields{"csr": csr, "caCert": ca.pem(), "caKey": key, "time": row.at})
		if a.Certificate == nil {
			t.Fatalf("%s: %+v", row.rule, a)
		}
		expectEqual(t, row.rule, []time.Time{a.Certificate.NotBefore, a.Certificate.NotAfter}, []time.Time{row.notBefore, row.notAfter})
		expectEqual(t, "CS-43 groups are sorted by their encoding", a.Certificate.Subject,
			"302531143008060355040a1301613008060355040a130162310d300b06035504031304"+hex.EncodeToString([]byte("jane")))
		expectEqual(t, "CS-42", a.Certificate.Extensions[1], extensionAnswer{OID: "2.5.29.19", Critical: true, Value: "3000"})
	}
}

// The policy that signs a second time must be the controller's: what the controller signed, by the real clock, has
// the same lifetime.
func TestSigningPolicyIsTheControllers(t *testing.T) {
	controllers := newSigningControllers()
	for _, duration := range []time.Duration{time.Minute, time.Hour, 7*time.Hour + 58*time.Minute, 8760 * time.Hour} {
		for _, seconds := range []int32{-1, 0, 1, 599, 600, 601, 3600, 8*3600 - 1, 8 * 3600, 8*3600 + 200, 1 << 30} {
			csr := decoded(t, approved(t, pkix.Name{CommonName: "jane"}, fields{"expirationSeconds": seconds}))
			verdict := controllers.handle(csr, duration)
			if verdict.outcome != "signed" {
				t.Fatal(verdict)
			}
			block, _ := pem.Decode(verdict.certificate)
			theirs := mustParse(t, block.Bytes)
			ca := mint(t, nil, true, nil, func(c *cryptox509.Certificate) { c.NotAfter = time.Now().AddDate(30, 0, 0) })
			ours, err := signAt(authorityOf(ca), csr, duration, theirs.NotBefore.Add(5*time.Minute))
			if err != nil {
				t.Fatal(err)
			}
			expectEqual(t, duration.String(), []any{seconds, ours.NotBefore, ours.NotAfter, ours.KeyUsage, ours.ExtKeyUsage},
				[]any{seconds, theirs.NotBefore, theirs.NotAfter, theirs.KeyUsage, theirs.ExtKeyUsage})
		}
	}
}

func decoded(t *testing.T, csr fields) *certificatesv1.CertificateSigningRequest {
	t.Helper()
	request := &certificatesv1.CertificateSigningRequest{}
	if err := json.Unmarshal([]byte(jsonOf(t, csr)), request); err != nil {
		t.Fatal(err)
	}
	return request
}

func mustParse(t *testing.T, der []byte) *cryptox509.Certificate {
	t.Helper()
	certificate, err := cryptox509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return certificate
}

func authorityOf(ca minted) *authority.CertificateAuthority {
	return &authority.CertificateAuthority{Certificate: ca.Certificate, PrivateKey: ca.key}
}
