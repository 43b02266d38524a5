package main

import (
	"context"
	"crypto"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	certificatesv1 "k8s.io/api/certificates/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes/fake"
	certificateslisters "k8s.io/client-go/listers/certificates/v1"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
	"k8s.io/kubernetes/pkg/controller/certificates/signer"
)

// csrVerdict is what the controller did with a request.
type csrVerdict struct {
	outcome, reason, message string
	certificate              []byte
}

// signingControllers runs one controller for each signer and duration. They sign with a CA of their own that is
// valid now: what they decide does not depend on the CA, and the caller's may not be valid.
type signingControllers struct {
	running  map[string]*csrQueue
	requests int
	// caFile and keyFile stay while the controllers run, which look at them again and again.
	caFile, keyFile string
}

func newSigningControllers() *signingControllers {
	dir, err := os.MkdirTemp("", "oracle-ca")
	if err != nil {
		panic(err)
	}
	atEnd = append(atEnd, func() { _ = os.RemoveAll(dir) })
	c := &signingControllers{
		running: map[string]*csrQueue{},
		caFile:  filepath.Join(dir, "ca.crt"),
		keyFile: filepath.Join(dir, "ca.key"),
	}
	if err := writeAuthority(c.caFile, c.keyFile); err != nil {
		panic(err)
	}
	return c
}

// handle lets the controller of the request's signer work on it.
func (c *signingControllers) handle(request *certificatesv1.CertificateSigningRequest, duration time.Duration) csrVerdict {
	queue, err := c.controllerOf(request.Spec.SignerName, duration)
	if err != nil {
		// kube-controller-manager runs none for such a signer, so nobody answers.
		return csrVerdict{outcome: "ignored", message: err.Error()}
	}
	c.requests++
	named := request.DeepCopy()
	named.Name = "csr-" + strconv.Itoa(c.requests)
	takeHandledErrors()
	updated := queue.work(named)
	// A request that failed is tried again later; by then it is gone.
	for _, err := range takeHandledErrors() {
		if message, ok := strings.CutPrefix(err.Error(), "Sync "+named.Name+" failed with : "); ok {
			message = strings.ReplaceAll(message, strconv.Quote(named.Name), strconv.Quote(request.Name))
			return csrVerdict{outcome: "error", message: message}
		}
	}
	if updated == nil {
		return csrVerdict{outcome: "ignored"}
	}
	if len(updated.Status.Certificate) > 0 {
		return csrVerdict{outcome: "signed", certificate: updated.Status.Certificate}
	}
	added := updated.Status.Conditions[len(updated.Status.Conditions)-1]
	return csrVerdict{outcome: "failed", reason: added.Reason, message: added.Message}
}

func (c *signingControllers) controllerOf(signerName string, duration time.Duration) (*csrQueue, error) {
	key := signerName + " " + duration.String()
	if queue, ok := c.running[key]; ok {
		return queue, nil
	}
	queue := &csrQueue{workDone: make(chan struct{})}
	controller, err := signer.NewCSRSigningController(context.Background(), "oracle", signerName, queue.client(), queue, c.caFile, c.keyFile, duration)
	if err != nil {
		return nil, err
	}
	go controller.Run(context.Background(), 1)
	c.running[key] = queue
	return queue, nil
}

// writeAuthority makes a CA.
func writeAuthority(caFile, keyFile string) error {
	keyPEM, err := keyutil.MakeEllipticPrivateKeyPEM()
	if err != nil {
		return err
	}
	key, err := keyutil.ParsePrivateKeyPEM(keyPEM)
	if err != nil {
		return err
	}
	ca, err := cert.NewSelfSignedCACert(cert.Config{CommonName: "oracle"}, key.(crypto.Signer))
	if err != nil {
		return err
	}
	caPEM, err := cert.EncodeCertificates(ca)
	if err != nil {
		return err
	}
	if err := os.WriteFile(caFile, caPEM, 0o600); err != nil {
		return err
	}
	return os.WriteFile(keyFile, keyPEM, 0o600)
}

// csrQueue is the informer, the lister and the status client of one controller.
type csrQueue struct {
	certificateslisters.CertificateSigningRequestLister
	informer handInformer
	// pending are handed out once: the controller comes back later for what failed, and must not find it.
	pending  sync.Map
	updated  *certificatesv1.CertificateSigningRequest
	workDone chan struct{}
	// recorder is the client that the controller has: it notes all that is done with it.
	recorder *fake.Clientset
}

// work waits until the controller has done with the request, and returns what it wrote, if anything.
func (q *csrQueue) work(request *certificatesv1.CertificateSigningRequest) *certificatesv1.CertificateSigningRequest {
	end := &certificatesv1.CertificateSigningRequest{}
	end.Name = endOfQueue
	q.updated = nil
	q.pending.Store(request.Name, request)
	q.informer.added(request)
	q.informer.added(end)
	<-q.workDone
	q.recorder.ClearActions()
	return q.updated
}

func (q *csrQueue) client() *fake.Clientset {
	client := &fake.Clientset{}
	q.recorder = client
	client.AddReactor("update", "certificatesigningrequests", func(action clienttesting.Action) (bool, runtime.Object, error) {
		object := action.(clienttesting.UpdateAction).GetObject()
		q.updated = object.(*certificatesv1.CertificateSigningRequest)
		return true, object, nil
	})
	return client
}

func (q *csrQueue) Informer() cache.SharedIndexInformer { return &q.informer }

func (q *csrQueue) Lister() certificateslisters.CertificateSigningRequestLister { return q }

// Get hands a request out, and tells when the controller asks for the end of the queue.
func (q *csrQueue) Get(name string) (*certificatesv1.CertificateSigningRequest, error) {
	if name == endOfQueue {
		q.workDone <- struct{}{}
	} else if request, ok := q.pending.LoadAndDelete(name); ok {
		return request.(*certificatesv1.CertificateSigningRequest), nil
	}
	return nil, apierrors.NewNotFound(certificatesv1.Resource("certificatesigningrequests"), name)
}
