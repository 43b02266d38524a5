//go:build suites

package main

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// suitesFolder is read before the oracle forgets its environment.
var suitesFolder = os.Getenv("CERTWRIGHT_SUITES")

// suites is the folder of suites by others, which are not part of this repository.
func suites(t *testing.T) string {
	t.Helper()
	if suitesFolder == "" {
		t.Fatal("CERTWRIGHT_SUITES names no folder")
	}
	return suitesFolder
}

func matching(t *testing.T, pattern ...string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(append([]string{suites(t)}, pattern...)...))
	if err != nil || len(files) == 0 {
		t.Fatalf("no %s in CERTWRIGHT_SUITES", filepath.Join(pattern...))
	}
	return files
}

// The real policies, all at once.
func TestRealPoliciesLoad(t *testing.T) {
	line, _ := json.Marshal(fields{"policy": matching(t, "rbac", "*.yaml*")})
	answers := ask(t, "decide", string(line),
		`{"user":"system:serviceaccount:monitoring:prometheus-k8s","verb":"get","resource":"pods","namespace":"default"}`)
	var a policyAnswer
	if err := json.Unmarshal([]byte(answers[0]), &a); err != nil || a.Policy == nil {
		t.Fatal(answers[0])
	}
	if objects := a.Policy.ClusterRoles + a.Policy.ClusterRoleBindings + a.Policy.Roles + a.Policy.RoleBindings; objects < 2900 {
		t.Errorf("only %d objects", objects)
	}
	expectEqual(t, "prometheus", answers[1], `{"decision":"allow","reason":"RBAC: allowed by RoleBinding \"prometheus-k8s/default\" of Role \"prometheus-k8s\" to ServiceAccount \"prometheus-k8s/monitoring\""}`)
}

// Every answer of the X.509 suites, except for error texts.
func TestX509SuitesAgree(t *testing.T) {
	total := 0
	for _, expected := range matching(t, "x509-suites", "*-expected.jsonl.gz") {
		name := strings.TrimSuffix(expected, "-expected.jsonl.gz")
		cases, wanted := lines(t, name+".jsonl.gz"), lines(t, expected)
		answerer := openX509()
		for i := range cases {
			got, _ := json.Marshal(answerer([]byte(cases[i])))
			var g, w x509Answer
			if err := json.Unmarshal(got, &g); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal([]byte(wanted[i]), &w); err != nil {
				t.Fatal(err)
			}
			g.Error, w.Error = "", ""
			expectEqual(t, string(w.ID), g, w)
		}
		total += len(cases)
	}
	t.Logf("%d cases agree", total)
}

func lines(t *testing.T, path string) []string {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	reader := bufio.NewReader(unpacked)
	for {
		line, err := reader.ReadString('\n')
		if line != "" {
			lines = append(lines, line)
		}
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
