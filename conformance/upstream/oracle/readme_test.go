package main

import (
	"os"
	"strings"
	"testing"
)

// The examples of conformance/README.md: blocks "jsonl MODE" in which questions and answers alternate.
func TestReadmeExamples(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, block := range strings.Split(string(readme), "```jsonl ")[1:] {
		block, _, _ = strings.Cut(block, "```")
		lines := strings.Split(strings.TrimSpace(block), "\n")
		mode := lines[0]
		shown[mode] = true
		var questions, answers []string
		for i, line := range lines[1:] {
			if i%2 == 0 {
				questions = append(questions, line)
			} else {
				answers = append(answers, line)
			}
		}
		for i, got := range ask(t, mode, questions...) {
			expectEqual(t, mode, got, answers[i])
		}
	}
	for _, m := range modes {
		if !shown[m.name] {
			t.Errorf("README.md has no example of %s", m.name)
		}
	}
}
