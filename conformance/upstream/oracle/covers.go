package main

import (
	"cmp"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/component-helpers/auth/rbac/validation"
	rbacv1helpers "k8s.io/kubernetes/pkg/apis/rbac/v1"
	rbacregistryvalidation "k8s.io/kubernetes/pkg/registry/rbac/validation"
)

// The mode covers calls validation.Covers, which decides about escalation, and CompactRules, which shortens what is
// missing for the message (rules ES-06 to ES-08).

type coversQuestion struct {
	question
	Held   []rbacv1.PolicyRule `json:"held"`
	Wanted []rbacv1.PolicyRule `json:"wanted"`
}

type coversAnswer struct {
	answer
	Covers  bool                `json:"covers"`
	Missing []rbacv1.PolicyRule `json:"missing,omitempty"`
	Compact []rbacv1.PolicyRule `json:"compact,omitempty"`
}

func openCovers() answerer {
	return answering(func(q coversQuestion) any {
		covers, missing := validation.Covers(q.Held, q.Wanted)
		compact, err := compactRules(missing)
		return coversAnswer{answer: answer{ID: q.ID, Error: text(err)}, Covers: covers, Missing: missing, Compact: compact}
	})
}

// compactRules is CompactRules in one order: first the rules that it leaves as they are, in theirs, then those that it
// joins. It takes these from a map, so they are sorted here, by the text that the message sorts by.
func compactRules(rules []rbacv1.PolicyRule) ([]rbacv1.PolicyRule, error) {
	compact, err := rbacregistryvalidation.CompactRules(rules)
	if err != nil {
		return nil, err
	}
	kept := 0
	for _, rule := range rules {
		if !isJoined(rule) {
			kept++
		}
	}
	slices.SortFunc(compact[kept:], func(a, b rbacv1.PolicyRule) int {
		return cmp.Compare(rbacv1helpers.CompactString(a), rbacv1helpers.CompactString(b))
	})
	return compact, nil
}

// isJoined asks CompactRules whether it joins such a rule with one like it.
func isJoined(rule rbacv1.PolicyRule) bool {
	compact, err := rbacregistryvalidation.CompactRules([]rbacv1.PolicyRule{rule, rule})
	return err == nil && len(compact) == 1
}
