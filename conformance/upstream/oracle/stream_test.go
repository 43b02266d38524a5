package main

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

func TestMalformedLinesAreAnsweredAndTheStreamGoesOn(t *testing.T) {
	for _, m := range modes {
		t.Run(m.name, func(t *testing.T) {
			answers := ask(t, m.name, `not JSON`, `{"id":"b","nonsense":1}`, `{"id":"c"} {}`, `{"id":"d"}`, `{`)
			for i, answer := range answers {
				var a struct{ Error, Panic string }
				if err := json.Unmarshal([]byte(answer), &a); err != nil {
					t.Fatal(err)
				}
				if a.Panic != "" || a.Error == "" && i != 3 {
					t.Errorf("line %d: %s", i+1, answer)
				}
			}
			if !strings.HasPrefix(answers[1], `{"id":"b",`) {
				t.Errorf("the id is lost: %s", answers[1])
			}
		})
	}
}

func TestPanicsAreAnswered(t *testing.T) {
	got := safely(func([]byte) any { panic("out of order") }, []byte(`{"id":7}`))
	line, _ := json.Marshal(got)
	expectEqual(t, "answer", string(line), `{"id":7,"panic":"out of order"}`)
}

// A caller that waits for each answer before it asks again must not wait for ever.
func TestAnswersComeWithoutMoreInput(t *testing.T) {
	questions, ask := io.Pipe()
	answers, answer := io.Pipe()
	served := make(chan error, 1)
	go func() {
		served <- serve(questions, answer, openBasic())
		answer.Close()
	}()
	reader := bufio.NewReader(answers)
	for range 3 {
		// The second line is only begun, so that a part of it waits in the buffer.
		if _, err := io.WriteString(ask, "{\"id\":1}\n{\"id\""); err != nil {
			t.Fatal(err)
		}
		if _, err := reader.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(ask, ":2}\n"); err != nil {
			t.Fatal(err)
		}
		if _, err := reader.ReadString('\n'); err != nil {
			t.Fatal(err)
		}
	}
	ask.Close()
	if err := <-served; err != nil {
		t.Fatal(err)
	}
}
