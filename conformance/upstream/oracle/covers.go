package main

import (
	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/component-helpers/auth/rbac/validation"
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
		compact, err := rbacregistryvalidation.CompactRules(missing)
		return coversAnswer{answer: answer{ID: q.ID, Error: text(err)}, Covers: covers, Missing: missing, Compact: compact}
	})
}
