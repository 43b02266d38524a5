package main

import (
	"context"

	authorizationv1 "k8s.io/api/authorization/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apiserver/pkg/authorization/union"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	authorizationapi "k8s.io/kubernetes/pkg/apis/authorization"
	"k8s.io/kubernetes/pkg/registry/authorization/selfsubjectrulesreview"

	_ "k8s.io/kubernetes/pkg/apis/authorization/install"
)

// The mode rules calls the API server's storage of SelfSubjectRulesReview over union.NewRuleResolvers and
// rbac.New(...).RulesFor, and answers with its status as v1. Its refusals (no namespace) are in "error".

type rulesQuestion struct {
	question
	userFields
	Namespace string `json:"namespace"`
}

type rulesAnswer struct {
	answer
	ResourceRules    []authorizationv1.ResourceRule    `json:"resourceRules"`
	NonResourceRules []authorizationv1.NonResourceRule `json:"nonResourceRules"`
	Incomplete       bool                              `json:"incomplete"`
	EvaluationError  string                            `json:"evaluationError,omitempty"`
}

func openRules() answerer {
	return overPolicy(func(p *policyInForce, q rulesQuestion) any {
		review := &authorizationapi.SelfSubjectRulesReview{Spec: authorizationapi.SelfSubjectRulesReviewSpec{Namespace: q.Namespace}}
		ctx := genericapirequest.WithUser(context.Background(), q.info())
		created, err := selfsubjectrulesreview.NewREST(union.NewRuleResolvers(p.rbac)).Create(ctx, review, nil, &metav1.CreateOptions{})
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		var v1 authorizationv1.SelfSubjectRulesReview
		if err := legacyscheme.Scheme.Convert(created, &v1, nil); err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		return rulesAnswer{
			answer:           answer{ID: q.ID},
			ResourceRules:    v1.Status.ResourceRules,
			NonResourceRules: v1.Status.NonResourceRules,
			Incomplete:       v1.Status.Incomplete,
			EvaluationError:  v1.Status.EvaluationError,
		}
	})
}
