// A bare program beside which benchmarks/bulk measures: key, request, certificate and kubeconfig for each of
// many people, a folder each, by Go's own libraries on all processors. It checks no names, keeps no ledger,
// makes nothing durable and overwrites what is there: what is left is what cryptography and files cost.
//
//	bulk FOLDER COUNT CA.crt CA.key
package main

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"log"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const kubeconfig = `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster:
    server: https://10.0.0.1:6443
    certificate-authority-data: %s
contexts:
- name: %s@kubernetes
  context: {cluster: kubernetes, user: %s}
current-context: %s@kubernetes
users:
- name: %s
  user:
    client-certificate-data: %s
    client-key-data: %s
`

type issuer struct {
	folder      string
	pem         []byte
	certificate *x509.Certificate
	key         any
}

func main() {
	count, err := strconv.ParseInt(os.Args[2], 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	by, err := load(os.Args[1], os.Args[3], os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	var next atomic.Int64
	var done sync.WaitGroup
	for range runtime.NumCPU() {
		done.Add(1)
		go func() {
			defer done.Done()
			for i := next.Add(1); i <= count; i = next.Add(1) {
				if err := by.issue(i); err != nil {
					log.Fatal(err)
				}
			}
		}()
	}
	done.Wait()
}

func load(folder, certificate, key string) (*issuer, error) {
	text, err := os.ReadFile(certificate)
	if err != nil {
		return nil, err
	}
	keyText, err := os.ReadFile(key)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(text)
	keyBlock, _ := pem.Decode(keyText)
	if block == nil || keyBlock == nil {
		return nil, errors.New("certificate and key must be PEM")
	}
	parsed, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, err
	}
	var signer any
	if keyBlock.Type == "EC PRIVATE KEY" {
		signer, err = x509.ParseECPrivateKey(keyBlock.Bytes)
	} else {
		signer, err = x509.ParsePKCS8PrivateKey(keyBlock.Bytes)
	}
	return &issuer{folder, text, parsed, signer}, err
}

func (by *issuer) issue(number int64) error {
	user := fmt.Sprintf("user%d", number)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	subject := pkix.Name{CommonName: user, Organization: []string{"devs"}}
	request, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: subject}, key)
	if err != nil {
		return err
	}
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return err
	}
	now := time.Now()
	certificate, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber:          serial,
		Subject:               subject,
		NotBefore:             now.Add(-5 * time.Minute),
		NotAfter:              now.Add(24 * time.Hour),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
	}, by.certificate, key.Public(), by.key)
	if err != nil {
		return err
	}
	encoded, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return err
	}
	keyText := pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded})
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate})
	base64 := base64.StdEncoding.EncodeToString
	var config bytes.Buffer
	fmt.Fprintf(&config, kubeconfig, base64(by.pem), user, user, user, user, base64(text), base64(keyText))
	folder := filepath.Join(by.folder, user)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, content := range map[string][]byte{
		"client.key": keyText,
		"client.csr": pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: request}),
		"client.crt": text,
		"kubeconfig": config.Bytes(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), content, 0o600); err != nil {
			return err
		}
	}
	return nil
}
