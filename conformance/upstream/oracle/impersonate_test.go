package main

import "testing"

var allowAll = []fields{{"decision": "allow"}}

func TestImpersonateIdentity(t *testing.T) {
	for _, row := range []struct {
		rule        string
		constrained bool
		headers     [][]string
		want        userAnswer
	}{
		{"I-05", false, [][]string{{"Impersonate-User", "jane"}}, userAnswer{Name: "jane", Groups: []string{"system:authenticated"}}},
		{"I-05", false, [][]string{{"Impersonate-User", "system:anonymous"}}, userAnswer{Name: "system:anonymous", Groups: []string{"system:unauthenticated"}}},
		{"I-05", false, [][]string{{"Impersonate-User", "system:serviceaccount:a:b"}},
			userAnswer{Name: "system:serviceaccount:a:b", Groups: []string{"system:serviceaccounts", "system:serviceaccounts:a", "system:authenticated"}}},
		{"I-02", false, [][]string{{"Impersonate-User", "jane"}, {"Impersonate-Extra-A.b%2fC", "x"}, {"Impersonate-Extra-%zz", "y"}},
			userAnswer{Name: "jane", Groups: []string{"system:authenticated"}, Extra: map[string][]string{"a.b/c": {"x"}, "%zz": {"y"}}}},
		{"CI-04", true, [][]string{{"Impersonate-User", "system:node:n"}}, userAnswer{Name: "system:node:n", Groups: []string{"system:nodes", "system:authenticated"}}},
	} {
		a := asked[impersonateAnswer](t, "impersonate", fields{"user": "root", "constrained": row.constrained, "headers": row.headers, "verdicts": allowAll})
		if a.User == nil {
			t.Errorf("%s: refused: %s", row.rule, a.Message)
			continue
		}
		expectEqual(t, row.rule, *a.User, row.want)
		expectEqual(t, "I-07", len(a.Headers), 0)
	}
}

func TestImpersonateRefusals(t *testing.T) {
	for _, row := range []struct {
		rule     string
		headers  [][]string
		verdicts []fields
		code     int32
	}{
		{"I-01", [][]string{{"Impersonate-Group", "dev"}}, allowAll, 400},
		{"I-04", [][]string{{"Impersonate-User", "jane"}}, nil, 403},
		{"I-04", [][]string{{"Impersonate-User", "jane"}}, []fields{{"decision": "allow", "error": "but"}}, 403},
		{"I-04", [][]string{{"Impersonate-User", "jane"}, {"Impersonate-Group", "dev"}}, []fields{{"resource": "users", "decision": "allow"}}, 403},
	} {
		a := asked[impersonateAnswer](t, "impersonate", fields{"user": "root", "headers": row.headers, "verdicts": row.verdicts})
		expectEqual(t, row.rule, a.Code, row.code)
		expectEqual(t, row.rule+" user", a.User, (*userAnswer)(nil))
	}
}

// Rules CI-01 and CI-02: the constrained mode first, with its two permissions, then the classic one.
func TestConstrainedImpersonationChecks(t *testing.T) {
	question := fields{"user": "root", "constrained": true, "headers": [][]string{{"Impersonate-User", "jane"}},
		"request": fields{"verb": "list", "resource": "pods", "namespace": "n"}}
	verbs := func(verdicts []fields) (verbs []string, constraint string) {
		question["verdicts"] = verdicts
		a := asked[impersonateAnswer](t, "impersonate", question)
		for _, c := range a.Checks {
			verbs = append(verbs, c.Verb+" "+c.Resource)
		}
		return verbs, a.Constraint
	}
	constrained, constraint := verbs(allowAll)
	expectEqual(t, "CI-02", constrained, []string{"impersonate-on:user-info:list pods", "impersonate:user-info users"})
	expectEqual(t, "CI-06", constraint, "impersonate:user-info")
	classic, constraint := verbs([]fields{{"verb": "impersonate", "decision": "allow"}})
	expectEqual(t, "CI-01", classic, []string{"impersonate-on:user-info:list pods", "impersonate users"})
	expectEqual(t, "CI-06", constraint, "")
}

// Upstream walks a map; the oracle must not.
func TestImpersonateIsDeterministic(t *testing.T) {
	question := fields{"user": "root", "verdicts": []fields{{"resource": "users", "decision": "allow"}}, "headers": [][]string{
		{"Impersonate-User", "jane"}, {"Impersonate-Extra-C", "1"}, {"Impersonate-Extra-A", "2"}, {"Impersonate-Extra-B", "3"}}}
	for range 50 {
		a := asked[impersonateAnswer](t, "impersonate", question)
		expectEqual(t, "refused key", a.Checks[len(a.Checks)-1].Subresource, "a")
	}
}
