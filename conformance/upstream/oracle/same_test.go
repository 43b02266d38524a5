package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const timesAsked = 40

// What upstream takes from a map or from the clock must not make an answer another one.
func TestAnswersAreTheSameEachTime(t *testing.T) {
	for _, row := range []struct{ mode, question, want string }{
		{"covers", `{"held":[],"wanted":[{"verbs":["get"],"apiGroups":[""],"resources":["secrets"]},{"verbs":["get"],"apiGroups":["x"],"resources":["pods"],"resourceNames":["b"]},` +
			`{"verbs":["get"],"nonResourceURLs":["/z","/a"]},{"verbs":["get","list"],"apiGroups":["","apps"],"resources":["pods"]}]}`,
			`"compact":[{"verbs":["get"],"nonResourceURLs":["/z"]},{"verbs":["get"],"nonResourceURLs":["/a"]},` +
				`{"verbs":["get","list"],"apiGroups":[""],"resources":["pods"]},{"verbs":["get"],"apiGroups":[""],"resources":["secrets"]},` +
				`{"verbs":["get","list"],"apiGroups":["apps"],"resources":["pods"]},{"verbs":["get"],"apiGroups":["x"],"resources":["pods"],"resourceNames":["b"]}]}`},
		{"covers", `{"held":[],"wanted":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]},{"verbs":["get"],"apiGroups":["apps"],"resources":["pods"]}]}`, ""},
		{"validate", `{"object":{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"a","labels":{"-":"x","_":"-","/":"y","b":"_"},` +
			`"annotations":{"-":"","_":"","/":""}},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"-":"","/":"","_":"-"}}]},"rules":[{}]}}`, `"field":"rules[0].verbs"`},
		{"claims", `{"flags":["--oidc-issuer-url=https://i.example","--oidc-client-id=a"],"tokens":[{"claims":{"iss":"https://i.example","aud":"a","sub":"u","exp":4102444800,"nbf":4102444800}},` +
			`{"claims":{"iss":"https://i.example","aud":"a","sub":"u","exp":946684800}}]}`,
			`{"error":"oidc: verify token: oidc: current time $NOW before the nbf (not before) time: 2100-01-01 00:00:00 +0000 UTC"},` +
				`{"error":"oidc: verify token: oidc: token is expired (Token Expiry: 2000-01-01 00:00:00 +0000 UTC)"}`},
		{"kubeconfig", `{"files":{"f":"users:\n- name: a\n  user: {exec: {command: c, apiVersion: v}}\n- name: a\n"},"precedence":["f"]}`, `<nil> $POINTER []}}`},
	} {
		var questions []string
		for range timesAsked {
			questions = append(questions, row.question)
		}
		answers := ask(t, row.mode, questions...)
		for _, answer := range answers {
			if answer != answers[0] {
				t.Errorf("%s answers once\n%s\nand once\n%s", row.mode, answers[0], answer)
				break
			}
		}
		if !strings.Contains(answers[0], row.want) {
			t.Errorf("%s: %s, want %s", row.mode, answers[0], row.want)
		}
	}
}

// loopOverMap is an expression that takes the values of a map in no order, which only upstream could put into one.
var loopOverMap = regexp.MustCompile(`transformMap|claims\.(map|filter|transformList)\(`)

// recordedAnswers is looked up before a mode changes the working directory.
var recordedAnswers, _ = filepath.Abs("../../src/test/resources/dev/certwright/conformance/differential/answers")

// What lies in the repository is what upstream says now.
func TestRecordedAnswersAreGivenAgain(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(recordedAnswers, "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		mode := strings.TrimSuffix(filepath.Base(file), ".jsonl")
		t.Run(mode, func(t *testing.T) {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var questions, recorded []string
			lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
			for i := 0; i+1 < len(lines); i += 2 {
				if !loopOverMap.MatchString(lines[i]) {
					questions, recorded = append(questions, lines[i]), append(recorded, lines[i+1])
				}
			}
			for i, answer := range ask(t, mode, questions...) {
				if answer != recorded[i] {
					t.Errorf("to %s\n%s was recorded, %s is answered", questions[i], recorded[i], answer)
				}
			}
		})
	}
}
