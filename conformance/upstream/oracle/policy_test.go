package main

import (
	"encoding/json"
	"fmt"
	"testing"
)

// clusterPolicy is a policy of one ClusterRole with the given rules, bound to the subjects.
func clusterPolicy(rules string, subjects string) string {
	return `{"policy":[
		{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"r"},"rules":` + rules + `},
		{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"b"},"subjects":` + subjects + `,
		 "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"r"}}]}`
}

func decisionOn(t *testing.T, policy, question string) string {
	t.Helper()
	answers := ask(t, "decide", compact(t, policy), question)
	var a decideAnswer
	if err := json.Unmarshal([]byte(answers[1]), &a); err != nil {
		t.Fatal(err)
	}
	return a.Decision
}

func compact(t *testing.T, text string) string {
	t.Helper()
	var value any
	if err := json.Unmarshal([]byte(text), &value); err != nil {
		t.Fatal(err)
	}
	line, _ := json.Marshal(value)
	return string(line)
}

const janeIsBound = `[{"kind":"User","name":"jane"}]`

func TestDecideMatchesRules(t *testing.T) {
	for _, row := range []struct{ rule, rules, request, want string }{
		{"RS-06", `[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]`, `"resource":"pods"`, "allow"},
		{"RS-06", `[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]`, `"resource":"pods","subresource":"log"`, "noOpinion"},
		{"RS-06", `[{"verbs":["get"],"apiGroups":[""],"resources":["*"]}]`, `"resource":"pods","subresource":"log"`, "allow"},
		{"RS-06", `[{"verbs":["get"],"apiGroups":[""],"resources":["*/log"]}]`, `"resource":"pods","subresource":"log"`, "allow"},
		{"RS-06", `[{"verbs":["get"],"apiGroups":[""],"resources":["pods/*"]}]`, `"resource":"pods","subresource":"log"`, "noOpinion"},
		{"RS-07", `[{"verbs":["get"],"apiGroups":[""],"resources":["pods"],"resourceNames":[""]}]`, `"resource":"pods"`, "allow"},
		{"RS-07", `[{"verbs":["get"],"apiGroups":[""],"resources":["pods"],"resourceNames":["*"]}]`, `"resource":"pods","name":"p"`, "noOpinion"},
		{"RS-08", `[{"verbs":["get"],"nonResourceURLs":["/healthz/*"]}]`, `"path":"/healthz"`, "noOpinion"},
		{"RS-08", `[{"verbs":["get"],"nonResourceURLs":["/healthz/**"]}]`, `"path":"/healthz/x"`, "allow"},
		{"RS-09", `[{"verbs":["get"],"resources":["pods"]}]`, `"resource":"pods"`, "noOpinion"},
		{"RB-03", `[{"verbs":["GET"],"apiGroups":[""],"resources":["pods"]}]`, `"resource":"pods"`, "noOpinion"},
	} {
		got := decisionOn(t, clusterPolicy(row.rules, janeIsBound), `{"user":"jane","verb":"get",`+row.request+`}`)
		if got != row.want {
			t.Errorf("%s: %s on %s: %s, want %s", row.rule, row.request, row.rules, got, row.want)
		}
	}
}

func TestDecideMatchesSubjects(t *testing.T) {
	const anything = `[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]`
	for _, row := range []struct{ rule, subjects, user, want string }{
		{"RS-01", `[{"kind":"user","name":"jane"}]`, `"user":"jane"`, "noOpinion"},
		{"RS-01", `[{"kind":"Group","name":"*"}]`, `"user":"jane","groups":["dev"]`, "noOpinion"},
		{"RS-01", `[{"kind":"Group","name":"*"}]`, `"user":"jane","groups":["*"]`, "allow"},
		{"RS-02", `[{"kind":"ServiceAccount","namespace":"a","name":"x:y"}]`, `"user":"system:serviceaccount:a:x:y"`, "allow"},
		{"RS-03", `[{"kind":"ServiceAccount","name":"x"}]`, `"user":"system:serviceaccount::x"`, "noOpinion"},
		{"RS-12", `[]`, `"user":"jane","groups":["system:masters"]`, "allow"},
	} {
		got := decisionOn(t, clusterPolicy(anything, row.subjects), `{`+row.user+`,"verb":"get","resource":"pods"}`)
		if got != row.want {
			t.Errorf("%s: %s on %s: %s, want %s", row.rule, row.user, row.subjects, got, row.want)
		}
	}
}

// Rule RS-04: a ClusterRoleBinding to a Role finds the Role whose key it names.
func TestDecideFindsARoleByItsKey(t *testing.T) {
	policy := `{"policy":[
		{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"Role","metadata":{"name":"r","namespace":"n"},"rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}]},
		{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBinding","metadata":{"name":"b"},"subjects":[{"kind":"User","name":"jane"}],"roleRef":{"kind":"Role","name":"n/r"}}]}`
	expectEqual(t, "RS-04", decisionOn(t, policy, `{"user":"jane","verb":"get","resource":"nodes"}`), "allow")
}

func TestDecideReasons(t *testing.T) {
	dangling := `{"policy":["apiVersion: rbac.authorization.k8s.io/v1beta1\nkind: ClusterRoleBinding\nmetadata: {name: b}\nsubjects: [{kind: User, name: jane}]\nroleRef: {kind: ClusterRole, name: gone}\n"]%s}`
	for _, row := range []struct{ rule, policy, question, want string }{
		{"RE-05", clusterPolicy(`[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}]`, janeIsBound), `{"user":"jane","verb":"get","resource":"pods"}`,
			`{"decision":"allow","reason":"RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to User \"jane\""}`},
		{"RE-06", fmt.Sprintf(dangling, ""), `{"user":"jane","verb":"get","resource":"pods"}`,
			`{"decision":"noOpinion","reason":"RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found"}`},
		{"RS-23", fmt.Sprintf(dangling, `,"chain":true`), `{"user":"jane","verb":"get","resource":"pods"}`,
			`{"decision":"noOpinion","reason":"rbac: RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found"}`},
		{"F-04", `{"policy":[]}`, `{"user":"jane","verb":"get","resource":"pods","subresource":"log","name":"p","namespace":"n","message":true}`,
			`{"decision":"noOpinion","reason":"","message":"pods \"p\" is forbidden: User \"jane\" cannot get resource \"pods/log\" in API group \"\" in the namespace \"n\""}`},
	} {
		expectEqual(t, row.rule, ask(t, "decide", compact(t, row.policy), row.question)[1], row.want)
	}
}

// Rule RS-13: rules with both parts are split, those with neither are dropped, and each binding repeats them.
func TestRulesListing(t *testing.T) {
	policy := clusterPolicy(`[{"verbs":["get"],"apiGroups":[""],"resources":["pods"],"nonResourceURLs":["/x"]},{"verbs":["get"]}]`, janeIsBound)
	answers := ask(t, "rules", compact(t, policy), `{"user":"jane","namespace":"n"}`, `{"user":"jane"}`)
	expectEqual(t, "RS-13", answers[1], `{"resourceRules":[{"verbs":["get"],"apiGroups":[""],"resources":["pods"]}],`+
		`"nonResourceRules":[{"verbs":["get"],"nonResourceURLs":["/x"]}],"incomplete":false}`)
	expectEqual(t, "SR-20", answers[2], `{"error":"no namespace on request"}`)
}
