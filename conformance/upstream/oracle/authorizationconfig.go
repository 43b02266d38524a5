package main

import (
	"context"
	"encoding/json"

	authorizationv1 "k8s.io/api/authorization/v1"
	"k8s.io/apimachinery/pkg/runtime"
	apiserverapi "k8s.io/apiserver/pkg/apis/apiserver"
	"k8s.io/apiserver/pkg/apis/apiserver/install"
	apiserverv1 "k8s.io/apiserver/pkg/apis/apiserver/v1"
	"k8s.io/apiserver/pkg/apis/apiserver/validation"
	authorizationcel "k8s.io/apiserver/pkg/authorization/cel"
	"k8s.io/kubernetes/pkg/kubeapiserver/authorizer"
)

// The mode authorization-config calls authorizer.LoadAndValidateData, which kube-apiserver calls at its start and at
// each reload, and for the conditions validation.ValidateAndCompileMatchConditions and CELMatcher.Eval.
// A kubeconfig that the configuration names must exist: give it in "files" and name it below $ROOT.

type authorizationConfigQuestion struct {
	question
	Config string            `json:"config"`
	Files  map[string]string `json:"files"`
	// Reviews are asked of the match conditions of every webhook.
	Reviews []authorizationv1.SubjectAccessReviewSpec `json:"reviews"`
}

type authorizationConfigAnswer struct {
	answer
	Accepted bool `json:"accepted"`
	// Refusal is why the API server would not take it.
	Refusal string `json:"refusal,omitempty"`
	// Effective is the configuration with its defaults, as v1.
	Effective json.RawMessage `json:"effective,omitempty"`
	// Matches has one entry for each webhook, each with one for each review.
	Matches []webhookMatches `json:"matches,omitempty"`
}

type webhookMatches struct {
	Webhook string         `json:"webhook"`
	Reviews []matchOutcome `json:"reviews"`
}

// matchOutcome tells whether the webhook is called. With an error it is not: its failurePolicy decides (rule AC-11).
type matchOutcome struct {
	Matches bool   `json:"matches"`
	Error   string `json:"error,omitempty"`
}

func openAuthorizationConfig() answerer {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	compiler := authorizationcel.NewDefaultCompiler()
	return withScratch(func(s *scratch, q authorizationConfigQuestion) any {
		if err := s.write(q.Files); err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		config, err := authorizer.LoadAndValidateData([]byte(s.inside(q.Config)), compiler, nil)
		if err != nil {
			return authorizationConfigAnswer{answer: answer{ID: q.ID}, Refusal: err.Error()}
		}
		a := authorizationConfigAnswer{answer: answer{ID: q.ID}, Accepted: true}
		a.Effective, err = asV1(scheme, config, &apiserverv1.AuthorizationConfiguration{})
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		if len(q.Reviews) > 0 {
			a.Matches = matchesOf(compiler, config, q.Reviews)
		}
		return a
	})
}

// asV1 converts an internal object into one of version v1.
func asV1(scheme *runtime.Scheme, internal, v1 any) (json.RawMessage, error) {
	if err := scheme.Convert(internal, v1, nil); err != nil {
		return nil, err
	}
	return json.Marshal(v1)
}

func matchesOf(compiler authorizationcel.Compiler, config *apiserverapi.AuthorizationConfiguration,
	reviews []authorizationv1.SubjectAccessReviewSpec) []webhookMatches {
	all := []webhookMatches{}
	for _, configured := range config.Authorizers {
		if configured.Webhook == nil {
			continue
		}
		matches := webhookMatches{Webhook: configured.Name, Reviews: []matchOutcome{}}
		matcher, _ := validation.ValidateAndCompileMatchConditions(compiler, configured.Webhook.MatchConditions)
		for i := range reviews {
			outcome := matchOutcome{Matches: true} // without conditions the webhook is always called
			if matcher != nil && matcher.CompilationResults != nil {
				matched, err := matcher.Eval(context.Background(), &authorizationv1.SubjectAccessReview{Spec: reviews[i]})
				outcome = matchOutcome{Matches: matched, Error: text(err)}
			}
			matches.Reviews = append(matches.Reviews, outcome)
		}
		all = append(all, matches)
	}
	return all
}
