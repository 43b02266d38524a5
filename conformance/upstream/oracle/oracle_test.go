package main

import (
	"bytes"
	"encoding/json"
	"os"
	"reflect"
	"strings"
	"testing"
)

// asProgram, in the environment, makes the test program the oracle itself, in that mode.
const asProgram = "ORACLE_MODE"

func TestMain(m *testing.M) {
	if mode := os.Getenv(asProgram); mode != "" {
		os.Args = []string{"oracle", mode}
		main()
		os.Exit(0)
	}
	quiet()
	code := m.Run()
	end()
	os.Exit(code)
}

// ask puts lines to a mode through the stream that the program serves, and returns the lines of the answer.
func ask(t *testing.T, name string, lines ...string) []string {
	t.Helper()
	for _, m := range modes {
		if m.name == name {
			var out bytes.Buffer
			if err := serve(strings.NewReader(strings.Join(lines, "\n")), &out, m.open()); err != nil {
				t.Fatal(err)
			}
			answers := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
			if len(answers) != len(lines) {
				t.Fatalf("%d answers to %d lines:\n%s", len(answers), len(lines), out.String())
			}
			return answers
		}
	}
	t.Fatalf("no mode %q", name)
	return nil
}

// asked is ask for one question, decoded.
func asked[A any](t *testing.T, mode string, question any) A {
	t.Helper()
	var a A
	answer := ask(t, mode, jsonOf(t, question))[0]
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(answer, `"panic"`) {
		t.Fatalf("%s panicked: %s", mode, answer)
	}
	return a
}

func jsonOf(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fields are an object, to write questions with.
type fields map[string]any

func expectEqual(t *testing.T, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: got %#v, want %#v", what, got, want)
	}
}
