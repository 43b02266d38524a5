package main

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sources is where the tests start; some modes work in a folder of their own.
var sources, _ = os.Getwd()

// example is a block "jsonl MODE" of conformance/README.md, in which questions and answers alternate.
type example struct {
	mode               string
	questions, answers []string
}

func readmeExamples(t *testing.T) []example {
	t.Helper()
	readme, err := os.ReadFile(filepath.Join(sources, "..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	var examples []example
	for _, block := range strings.Split(string(readme), "```jsonl ")[1:] {
		block, _, _ = strings.Cut(block, "```")
		lines := strings.Split(strings.TrimSpace(block), "\n")
		e := example{mode: lines[0]}
		for i, line := range lines[1:] {
			if i%2 == 0 {
				e.questions = append(e.questions, line)
			} else {
				e.answers = append(e.answers, line)
			}
		}
		examples = append(examples, e)
	}
	return examples
}

func TestReadmeExamples(t *testing.T) {
	shown := map[string]bool{}
	for _, e := range readmeExamples(t) {
		shown[e.mode] = true
		for i, got := range ask(t, e.mode, e.questions...) {
			expectEqual(t, e.mode, got, e.answers[i])
		}
	}
	for _, m := range modes {
		if !shown[m.name] {
			t.Errorf("README.md has no example of %s", m.name)
		}
	}
}

// Questions that were damaged anywhere get an answer each, and no answer is a panic.
func TestDamagedQuestionsAreAnswered(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, e := range readmeExamples(t) {
		var damaged []string
		for range 200 {
			for _, question := range e.questions {
				bytes := []byte(question)
				for range 1 + random.IntN(3) {
					bytes[random.IntN(len(bytes))] = `"{}[],:\nu0-*/%aZ `[random.IntN(18)]
				}
				damaged = append(damaged, string(bytes))
			}
		}
		for i, answer := range ask(t, e.mode, damaged...) {
			if !json.Valid([]byte(answer)) || strings.Contains(answer, `"panic":`) {
				t.Errorf("%s: %s: %s", e.mode, damaged[i], answer)
			}
		}
	}
}
