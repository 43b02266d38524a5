package main

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"io"
	"time"
)

// benchAnswer is one line of result.
type benchAnswer struct {
	Benchmark string `json:"benchmark"`
	Questions int    `json:"questions"`
	// Operations were measured, one after the other on one thread.
	Operations int     `json:"operations"`
	NsPerOp    float64 `json:"nsPerOp"`
	// Yes counts the questions answered with allow or with a user.
	Yes int `json:"yes"`
	// HeapBytes is what the policy takes, where there is one.
	HeapBytes uint64 `json:"heapBytes,omitempty"`
}

// measure repeats the questions in turn for the given time, after half of it to warm up.
func measure(name string, questions int, duration time.Duration, ask func(i int) bool) (benchAnswer, error) {
	if questions == 0 {
		return benchAnswer{}, errors.New("no questions")
	}
	result := benchAnswer{Benchmark: name, Questions: questions}
	for i := range questions {
		if ask(i) {
			result.Yes++
		}
	}
	for start := time.Now(); time.Since(start) < duration/2; {
		for i := range questions {
			ask(i)
		}
	}
	start := time.Now()
	for time.Since(start) < duration {
		for i := range questions {
			ask(i)
		}
		result.Operations += questions
	}
	result.NsPerOp = float64(time.Since(start).Nanoseconds()) / float64(result.Operations)
	return result, nil
}

func benchFlags(name string, args []string) (time.Duration, error) {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	duration := flags.Duration("duration", 2*time.Second, "how long to measure")
	err := flags.Parse(args)
	return *duration, err
}

func eachLine(in io.Reader, do func(line []byte) error) error {
	reader := bufio.NewReaderSize(in, bufferSize)
	for {
		line, err := reader.ReadBytes('\n')
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			if err := do(trimmed); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
