// Load for all servers that benchmarks/server compares: the same POST over mutual TLS and HTTP/1.1 by
// some connections that are kept alive.
//
// Without -rate each connection sends its next request when its last was answered. With it, so many a
// second are sent at equal distances whatever becomes of them, each by a connection that is free, and
// their time counts from when they should have been sent: a server that stops answers late all of what
// came meanwhile, not one request.
//
// A body with @@@@@@@@ has a number there that grows; then -count says how many are sent.
//
// Prints requests a second, then milliseconds: half of the answers came within, 99 of 100, 999 of 1000,
// all; then how many connections failed.
package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
	"unsafe"
)

const mark = "@@@@@@@@"

var (
	target      = flag.String("url", "", "where to post to")
	bodyFile    = flag.String("body", "", "what to post")
	certificate = flag.String("cert", "", "client certificate")
	key         = flag.String("key", "", "its key")
	authority   = flag.String("ca", "", "who signed the server's certificate")
	connections = flag.Int("connections", 16, "at once")
	warm        = flag.Float64("warm", 2, "seconds that do not count, as fast as it goes")
	seconds     = flag.Float64("seconds", 5, "seconds that count")
	rate        = flag.Float64("rate", 0, "requests a second; 0 is as fast as it goes")
	count       = flag.Int64("count", 0, "with a number in the body: how many to send")
)

func main() {
	flag.Parse()
	// Nothing is allocated for a request, so there is nothing to collect.
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(1 << 30)
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(3)
	}
}

func run() error {
	request, number, err := newRequest()
	if err != nil {
		return err
	}
	all := make([]*connection, *connections)
	for i := range all {
		if all[i], err = open(request, number); err != nil {
			return err
		}
	}
	begun := time.Now()
	switch {
	case number >= 0:
		each(all, func(c *connection) error { return c.countTo(*count) })
	case *rate == 0:
		begun = begun.Add(time.Duration(*warm * float64(time.Second)))
		end := begun.Add(time.Duration(*seconds * float64(time.Second)))
		each(all, func(c *connection) error { return c.untilCounting(begun, end) })
	default:
		end := begun.Add(time.Duration(*warm * float64(time.Second)))
		each(all, func(c *connection) error { return c.untilCounting(end, end) })
		begun = paced(all)
	}
	report(all, time.Since(begun))
	return nil
}

func report(all []*connection, took time.Duration) {
	var times []time.Duration
	failed := 0
	for _, c := range all {
		times = append(times, c.times...)
		if c.failure != nil {
			fmt.Fprintln(os.Stderr, c.failure)
			failed++
		}
	}
	slices.Sort(times)
	at := func(share float64) float64 {
		if len(times) == 0 {
			return 0
		}
		return float64(times[min(len(times)-1, int(share*float64(len(times))))]) / 1e6
	}
	fmt.Printf("%.0f %.2f %.2f %.2f %.2f %d\n",
		float64(len(times))/took.Seconds(), at(0.5), at(0.99), at(0.999), at(1), failed)
}

func each(all []*connection, do func(*connection) error) {
	var done sync.WaitGroup
	for _, c := range all {
		done.Add(1)
		go func() {
			defer done.Done()
			if c.failure == nil {
				c.failure = do(c)
			}
		}()
	}
	done.Wait()
}

// paced sends at equal distances from one thread of its own, and returns when that began to count. The
// first second does not: the queues that were there before have to empty.
func paced(all []*connection) time.Time {
	// A processor of Go's for the sleeping thread, which never gives it up.
	runtime.GOMAXPROCS(runtime.NumCPU() + 1)
	free := &stack{free: slices.Clone(all)}
	begun := time.Now().Add(time.Second)
	end := begun.Add(time.Duration(*seconds * float64(time.Second)))
	for _, c := range all {
		go func() {
			for c.failure == nil {
				if err := c.receive(); err != nil {
					if time.Now().Before(end) {
						c.failure = err
					}
					return
				}
				if now := time.Now(); c.due.After(begun) {
					c.times = append(c.times, now.Sub(c.due))
				}
				free.put(c)
			}
		}()
	}
	done := make(chan struct{})
	go func() {
		runtime.LockOSThread()
		exactly()
		distance := time.Duration(float64(time.Second) / *rate)
		for due := time.Now(); due.Before(end); due = due.Add(distance) {
			for time.Now().Before(due) {
				nap(time.Until(due))
			}
			c := free.take()
			for c == nil {
				if time.Now().After(end.Add(10 * time.Second)) {
					break
				}
				nap(20 * time.Microsecond)
				c = free.take()
			}
			if c == nil {
				break
			}
			c.due = due
			if _, err := c.conn.Write(c.request); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		}
		close(done)
	}()
	<-done
	// What is on its way still counts.
	for waited := 0; free.size() < len(all) && waited < 1000; waited++ {
		time.Sleep(10 * time.Millisecond)
	}
	for _, c := range all {
		c.conn.Close()
	}
	return time.Now().Add(-end.Sub(begun))
}

// exactly has this thread woken when it wants to be, not 50 microseconds later.
func exactly() {
	const setTimerSlack = 29
	_, _, _ = syscall.RawSyscall(syscall.SYS_PRCTL, setTimerSlack, 1, 0)
}

// nap is a sleep that Go's scheduler, whose own are to the millisecond, does not know of.
func nap(duration time.Duration) {
	if duration <= 0 {
		return
	}
	until := syscall.NsecToTimespec(int64(duration))
	_, _, _ = syscall.RawSyscall(syscall.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&until)), 0, 0)
}

type stack struct {
	lock sync.Mutex
	free []*connection
}

func (s *stack) take() *connection {
	s.lock.Lock()
	defer s.lock.Unlock()
	if len(s.free) == 0 {
		return nil
	}
	c := s.free[0]
	s.free = s.free[1:]
	return c
}

func (s *stack) put(c *connection) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.free = append(s.free, c)
}

func (s *stack) size() int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return len(s.free)
}

type connection struct {
	conn    *tls.Conn
	request []byte
	number  int
	buffer  []byte
	due     time.Time
	times   []time.Duration
	failure error
}

var numbers atomic.Int64

func (c *connection) countTo(most int64) error {
	for next := numbers.Add(1) - 1; next < most; next = numbers.Add(1) - 1 {
		copy(c.request[c.number:], fmt.Sprintf("%08d", next))
		if err := c.exchange(); err != nil {
			return err
		}
	}
	return nil
}

func (c *connection) untilCounting(from, end time.Time) error {
	for now := time.Now(); now.Before(end); {
		if err := c.exchange(); err != nil {
			return err
		}
		done := time.Now()
		if now.After(from) && done.Before(end) {
			c.times = append(c.times, done.Sub(now))
		}
		now = done
	}
	return nil
}

func (c *connection) exchange() error {
	if _, err := c.conn.Write(c.request); err != nil {
		return err
	}
	return c.receive()
}

var (
	headEnd = []byte("\r\n\r\n")
	lengths = [][]byte{[]byte("\r\nContent-Length: "), []byte("\r\ncontent-length: ")}
)

// receive takes one answer, which must have a length.
func (c *connection) receive() error {
	have := 0
	for {
		n, err := c.conn.Read(c.buffer[have:])
		have += n
		if err != nil {
			return err
		}
		head := bytes.Index(c.buffer[:have], headEnd)
		if head < 0 {
			continue
		}
		if status := c.buffer[9:12]; status[0] != '2' {
			return fmt.Errorf("status %s", status)
		}
		length, err := contentLength(c.buffer[:head+2])
		if err != nil {
			return err
		}
		if have == head+4+length {
			return nil
		}
		if have > head+4+length || head+4+length > len(c.buffer) {
			return errors.New("an answer is longer than it should be")
		}
	}
}

func contentLength(head []byte) (int, error) {
	for _, name := range lengths {
		if at := bytes.Index(head, name); at >= 0 {
			value := head[at+len(name):]
			return strconv.Atoi(string(value[:bytes.IndexByte(value, '\r')]))
		}
	}
	return 0, errors.New("an answer has no length")
}

func newRequest() ([]byte, int, error) {
	to, err := url.Parse(*target)
	if err != nil {
		return nil, 0, err
	}
	body, err := os.ReadFile(*bodyFile)
	if err != nil {
		return nil, 0, err
	}
	request := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: load\r\n"+
		"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", to.RequestURI(), to.Host, len(body), body)
	return request, bytes.Index(request, []byte(mark)), nil
}

func open(request []byte, number int) (*connection, error) {
	to, err := url.Parse(*target)
	if err != nil {
		return nil, err
	}
	own, err := tls.LoadX509KeyPair(*certificate, *key)
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	pem, err := os.ReadFile(*authority)
	if err != nil {
		return nil, err
	}
	roots.AppendCertsFromPEM(pem)
	plain, err := net.Dial("tcp", to.Host)
	if err != nil {
		return nil, err
	}
	conn := tls.Client(plain, &tls.Config{
		RootCAs:      roots,
		Certificates: []tls.Certificate{own},
		ServerName:   to.Hostname(),
		NextProtos:   []string{"http/1.1"},
	})
	if err := conn.Handshake(); err != nil {
		return nil, err
	}
	return &connection{
		conn:    conn,
		request: slices.Clone(request),
		number:  number,
		buffer:  make([]byte, 1<<16),
		times:   make([]time.Duration, 0, 1<<20),
	}, nil
}
