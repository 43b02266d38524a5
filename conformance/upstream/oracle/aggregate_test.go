package main

import "testing"

func clusterRole(name string, more fields) fields {
	role := fields{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": fields{"name": name, "labels": more["labels"]}}
	for _, field := range []string{"rules", "aggregationRule"} {
		if value, ok := more[field]; ok {
			role[field] = value
		}
	}
	return role
}

func rulesOn(resource string) []fields {
	return []fields{{"verbs": []string{"get"}, "apiGroups": []string{""}, "resources": []string{resource}}}
}

func selecting(label string) fields {
	return fields{"clusterRoleSelectors": []fields{{"matchLabels": fields{label: "true"}}}}
}

func TestAggregate(t *testing.T) {
	label := func(name string) fields { return fields{name: "true"} }
	for _, row := range []struct {
		rule  string
		roles []fields
		want  map[string][]string
	}{
		{"AG-01", []fields{
			clusterRole("all", fields{"aggregationRule": selecting("x"), "rules": rulesOn("stale")}),
			clusterRole("b", fields{"labels": label("x"), "rules": rulesOn("b")}),
			clusterRole("a", fields{"labels": label("x"), "rules": rulesOn("a")}),
			clusterRole("c", fields{"labels": label("x"), "rules": rulesOn("a")}),
		}, map[string][]string{"all": {"a", "b"}}},
		{"AG-02", []fields{
			clusterRole("admin", fields{"aggregationRule": selecting("edit")}),
			clusterRole("edit", fields{"aggregationRule": selecting("view"), "labels": label("edit")}),
			clusterRole("view", fields{"labels": label("view"), "rules": rulesOn("pods")}),
		}, map[string][]string{"admin": {"pods"}, "edit": {"pods"}}},
		{"RS-22", []fields{
			clusterRole("none", fields{"aggregationRule": selecting("x"), "rules": rulesOn("own")}),
			clusterRole("self", fields{"aggregationRule": selecting("y"), "labels": label("y"), "rules": rulesOn("own")}),
		}, map[string][]string{"none": {"own"}, "self": {"own"}}},
	} {
		a := asked[aggregateAnswer](t, "aggregate", fields{"policy": row.roles})
		got := map[string][]string{}
		for _, role := range a.ClusterRoles {
			for _, rule := range role.Rules {
				got[role.Name] = append(got[role.Name], rule.Resources...)
			}
		}
		expectEqual(t, row.rule, got, row.want)
		expectEqual(t, row.rule+" failures", len(a.Failures), 0)
	}
}

// Rules RV-02, RV-05, RV-08 and RV-11.
func TestValidate(t *testing.T) {
	for _, row := range []struct {
		rule   string
		object fields
		fields []string
	}{
		{"RV-01", clusterRole("A:b c", nil), nil},
		{"RV-01", clusterRole("a/b", nil), []string{"metadata.name"}},
		{"RV-02", clusterRole("a", fields{"rules": []fields{{}}}), []string{"rules[0].apiGroups", "rules[0].resources", "rules[0].verbs"}},
		{"RV-05", fields{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": fields{"name": "a"},
			"roleRef": fields{"kind": "Role", "name": "x"}}, []string{"roleRef.kind"}},
		{"RV-08", fields{"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": fields{"name": "a"}}, []string{"metadata.namespace"}},
	} {
		a := asked[validateAnswer](t, "validate", fields{"object": row.object})
		var got []string
		for _, c := range a.Causes {
			got = append(got, c.Field)
		}
		expectEqual(t, row.rule, got, row.fields)
		expectEqual(t, row.rule+" valid", a.Valid, row.fields == nil)
	}
	unknown := clusterRole("a", nil)
	unknown["rule"] = []string{}
	expectEqual(t, "RV-11", asked[validateAnswer](t, "validate", fields{"object": unknown}).Decoding, `strict decoding error: unknown field "rule"`)
}

func TestCovers(t *testing.T) {
	rule := func(verb, resource string) []fields {
		return []fields{{"verbs": []string{verb}, "apiGroups": []string{""}, "resources": []string{resource}}}
	}
	for _, row := range []struct {
		held, wanted []fields
		want         bool
	}{
		{rule("get", "*/log"), rule("get", "pods/log"), true},
		{rule("get", "pods"), rule("get", "pods/log"), false},
		{rule("*", "*"), rule("get", "pods/log"), true},
		{rule("get", "pods"), rule("*", "pods"), false},
		{nil, []fields{{"verbs": []string{}, "apiGroups": []string{""}, "resources": []string{"pods"}}}, true},
	} {
		expectEqual(t, "ES-07", asked[coversAnswer](t, "covers", fields{"held": row.held, "wanted": row.wanted}).Covers, row.want)
	}
}
