// A bare server beside which benchmarks/server measures: Go's own HTTP over mutual TLS, which reads a
// SubjectAccessReview, looks its user up in a map, and answers. It knows no RBAC, keeps no metrics and
// writes no audit events: what is left is what HTTP, TLS and JSON cost.
//
//	reviews ADDRESS CERTIFICATE KEY CLIENT-CA
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"os"
)

type review struct {
	APIVersion string         `json:"apiVersion"`
	Kind       string         `json:"kind"`
	Spec       map[string]any `json:"spec"`
	Status     status         `json:"status"`
}

type status struct {
	Allowed bool   `json:"allowed"`
	Reason  string `json:"reason,omitempty"`
}

func main() {
	allowed := map[string]string{"system:kube-scheduler": "known"}
	http.HandleFunc("/authorize", func(out http.ResponseWriter, in *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(out, in.Body, 3<<20))
		if err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
		var asked review
		if err := json.Unmarshal(body, &asked); err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
		user, _ := asked.Spec["user"].(string)
		asked.Status.Reason, asked.Status.Allowed = allowed[user]
		answer, err := json.Marshal(asked)
		if err != nil {
			http.Error(out, err.Error(), http.StatusInternalServerError)
			return
		}
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write(answer)
	})
	roots := x509.NewCertPool()
	pem, err := os.ReadFile(os.Args[4])
	if err != nil {
		log.Fatal(err)
	}
	roots.AppendCertsFromPEM(pem)
	server := &http.Server{
		Addr: os.Args[1],
		TLSConfig: &tls.Config{
			ClientCAs:              roots,
			ClientAuth:             tls.RequireAndVerifyClientCert,
			SessionTicketsDisabled: true,
		},
	}
	log.Fatal(server.ListenAndServeTLS(os.Args[2], os.Args[3]))
}
