package main

import (
	"context"
	"io"
	"log"
	"os"
	"sync"
	"time"
	// Where the machine has no time zones, those of this Go are there.
	_ "time/tzdata"

	"github.com/go-logr/logr"
	utilruntime "k8s.io/apimachinery/pkg/util/runtime"
	"k8s.io/klog/v2"
)

// handledErrors keeps what upstream's background workers report through HandleError, which is the only place
// where a controller says that it could not do its work.
var handledErrors struct {
	sync.Mutex
	errs []error
}

// quiet keeps upstream's logs off standard error, a panic of one of its workers from ending the program, and what is
// particular to this machine out of answers.
func quiet() {
	klog.SetLogger(logr.Discard())
	log.SetOutput(io.Discard)
	utilruntime.ReallyCrash = false
	utilruntime.ErrorHandlers = []utilruntime.ErrorHandler{
		func(_ context.Context, err error, _ string, _ ...interface{}) {
			handledErrors.Lock()
			defer handledErrors.Unlock()
			handledErrors.errs = append(handledErrors.errs, err)
		},
	}
	forgetEnvironment()
	// Some messages show times in the machine's own zone.
	time.Local = time.UTC
}

// forgetEnvironment leaves nothing but where temporary files go: upstream's code and Go's own library look for proxies,
// features, a pod's own cluster, debugging and more.
func forgetEnvironment() {
	temporary := os.TempDir()
	os.Clearenv()
	_ = os.Setenv("TMPDIR", temporary)
}

// takeHandledErrors returns and forgets what was reported.
func takeHandledErrors() []error {
	handledErrors.Lock()
	defer handledErrors.Unlock()
	errs := handledErrors.errs
	handledErrors.errs = nil
	return errs
}
