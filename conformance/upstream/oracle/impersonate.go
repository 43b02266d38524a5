package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	auditinternal "k8s.io/apiserver/pkg/apis/audit"
	"k8s.io/apiserver/pkg/audit"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/filters/impersonation"
	"k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// The mode impersonate calls impersonation.WithConstrainedImpersonation, or WithImpersonation when "constrained" is
// false, around a handler that looks at the user it is given. Each question has a filter of its own, so that neither
// the cache of verdicts nor that of the last mode is seen.

type impersonateQuestion struct {
	question
	userFields
	Headers     headerFields `json:"headers"`
	Constrained bool         `json:"constrained"`
	// Request is the actual request; left out, GET /version.
	Request *requestFields `json:"request"`
	// Verdicts answer the checks: the first that matches. Where none does there is no opinion.
	Verdicts []verdict `json:"verdicts"`
}

// verdict matches checks by the fields that it has.
type verdict struct {
	Verb        *string `json:"verb"`
	Namespace   *string `json:"namespace"`
	APIGroup    *string `json:"apiGroup"`
	Resource    *string `json:"resource"`
	Subresource *string `json:"subresource"`
	Name        *string `json:"name"`
	Decision    string  `json:"decision"`
	Reason      string  `json:"reason"`
	Error       string  `json:"error"`
}

type impersonateAnswer struct {
	answer
	// User is whom the next handler sees; absent if it was not called.
	User       *userAnswer  `json:"user,omitempty"`
	Headers    headerFields `json:"headers,omitempty"`
	Constraint string       `json:"constraint,omitempty"`
	Checks     []check      `json:"checks"`
	// Code, Reason and Message are the refusal.
	Code    int32  `json:"code,omitempty"`
	Reason  string `json:"reason,omitempty"`
	Message string `json:"message,omitempty"`
}

// check is a question that the filter put to the authorizer.
type check struct {
	Verb              string              `json:"verb"`
	Namespace         string              `json:"namespace,omitempty"`
	APIGroup          string              `json:"apiGroup,omitempty"`
	APIVersion        string              `json:"apiVersion,omitempty"`
	Resource          string              `json:"resource,omitempty"`
	Subresource       string              `json:"subresource,omitempty"`
	Name              string              `json:"name,omitempty"`
	Path              string              `json:"path,omitempty"`
	IsResourceRequest bool                `json:"isResourceRequest"`
	User              string              `json:"user"`
	Extra             map[string][]string `json:"extra,omitempty"`
	Decision          string              `json:"decision"`
}

func openImpersonate() answerer {
	return answering(func(q impersonateQuestion) any {
		return inOrderOfKeys(q)
	})
}

// inOrderOfKeys asks again until upstream happens to look at the extra keys in sorted order: it walks a Go map,
// so that with several keys any of them may be the first to be refused.
func inOrderOfKeys(q impersonateQuestion) impersonateAnswer {
	a := impersonate(q)
	const attempts = 5000
	for range attempts {
		if extraKeysAreSorted(q, a.Checks) && requestedKeysAreSorted(a.Message) {
			break
		}
		a = impersonate(q)
	}
	return a
}

// extraKeysAreSorted tells whether, under each verb, the keys that were looked at are the first of all keys, in order.
func extraKeysAreSorted(q impersonateQuestion, checks []check) bool {
	seen := extraKeys(checks)
	if len(seen) == 0 {
		return true
	}
	q.Verdicts = []verdict{{Verb: &classicVerb, Decision: "allow"}}
	all := extraKeys(impersonate(q).Checks)[classicVerb]
	slices.Sort(all)
	for _, keys := range seen {
		if len(keys) > len(all) || !slices.Equal(keys, all[:len(keys)]) {
			return false
		}
	}
	return true
}

// requestedExtra is one of the things that a refusal names, in the order in which they were found.
var requestedExtra = regexp.MustCompile(`\{UserExtra .*?  authentication\.k8s\.io/v1  ([^}]*)\}`)

// requestedKeysAreSorted tells the same of the keys in the refusal of a request that names nobody.
func requestedKeysAreSorted(message string) bool {
	var keys []string
	for _, found := range requestedExtra.FindAllStringSubmatch(message, -1) {
		keys = append(keys, found[1])
	}
	return slices.IsSorted(keys)
}

var classicVerb = "impersonate"

// extraKeys are the keys that were looked at, in order, by the verb of the check.
func extraKeys(checks []check) map[string][]string {
	keys := map[string][]string{}
	for _, c := range checks {
		if c.Resource == "userextras" && c.Subresource != "*" && !slices.Contains(keys[c.Verb], c.Subresource) {
			keys[c.Verb] = append(keys[c.Verb], c.Subresource)
		}
	}
	return keys
}

func impersonate(q impersonateQuestion) impersonateAnswer {
	a := impersonateAnswer{answer: answer{ID: q.ID}, Checks: []check{}}
	verdicts := authorizer.AuthorizerFunc(func(_ context.Context, attributes authorizer.Attributes) (authorizer.Decision, string, error) {
		decision, reason, err := judge(q.Verdicts, attributes)
		a.Checks = append(a.Checks, describeCheck(attributes, decision))
		return decision, reason, err
	})
	next := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		u, _ := request.UserFrom(r.Context())
		a.User = describeUser(u)
		a.Headers = describeHeaders(r.Header)
		// Only the audit event tells by which constraint the impersonation was allowed.
		audit.AuditContextFrom(r.Context()).ProcessEventStage(r.Context(), auditinternal.StageResponseComplete)
	})
	filter := impersonation.WithImpersonation
	if q.Constrained {
		filter = impersonation.WithConstrainedImpersonation
	}
	ctx := audit.WithAuditContext(q.context())
	if err := audit.AuditContextFrom(ctx).Init(audit.RequestAuditConfig{Level: auditinternal.LevelMetadata}, &a); err != nil {
		panic(err)
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/", nil)
	r.Header = q.Headers.header()
	response := httptest.NewRecorder()
	filter(next, verdicts, legacyscheme.Codecs).ServeHTTP(response, r)
	if a.User == nil {
		a.refusal(response)
	}
	return a
}

// context carries what the filters before it would have put there.
func (q impersonateQuestion) context() context.Context {
	fields := requestFields{Verb: "get", Path: "/version"}
	if q.Request != nil {
		fields = *q.Request
	}
	attributes := fields.attributes(nil)
	ctx := request.WithUser(context.Background(), q.info())
	return request.WithRequestInfo(ctx, &request.RequestInfo{
		IsResourceRequest: attributes.ResourceRequest,
		Path:              attributes.Path,
		Verb:              attributes.Verb,
		APIGroup:          attributes.APIGroup,
		APIVersion:        attributes.APIVersion,
		Namespace:         attributes.Namespace,
		Resource:          attributes.Resource,
		Subresource:       attributes.Subresource,
		Name:              attributes.Name,
	})
}

// ProcessEvents receives the audit event.
func (a *impersonateAnswer) ProcessEvents(events ...*auditinternal.Event) bool {
	for _, event := range events {
		if event.AuthenticationMetadata != nil {
			a.Constraint = event.AuthenticationMetadata.ImpersonationConstraint
		}
	}
	return true
}

func (a *impersonateAnswer) refusal(response *httptest.ResponseRecorder) {
	a.Code = int32(response.Code)
	var status metav1.Status
	if json.Unmarshal(response.Body.Bytes(), &status) == nil && status.Kind == "Status" {
		a.Code, a.Reason, a.Message = status.Code, string(status.Reason), status.Message
	} else {
		a.Message = response.Body.String()
	}
}

func judge(verdicts []verdict, attributes authorizer.Attributes) (authorizer.Decision, string, error) {
	is := func(want *string, got string) bool { return want == nil || *want == got }
	for _, v := range verdicts {
		if !is(v.Verb, attributes.GetVerb()) || !is(v.Namespace, attributes.GetNamespace()) ||
			!is(v.APIGroup, attributes.GetAPIGroup()) || !is(v.Resource, attributes.GetResource()) ||
			!is(v.Subresource, attributes.GetSubresource()) || !is(v.Name, attributes.GetName()) {
			continue
		}
		decision := authorizer.DecisionNoOpinion
		switch v.Decision {
		case "allow":
			decision = authorizer.DecisionAllow
		case "deny":
			decision = authorizer.DecisionDeny
		}
		var err error
		if v.Error != "" {
			err = errors.New(v.Error)
		}
		return decision, v.Reason, err
	}
	return authorizer.DecisionNoOpinion, "", nil
}

func describeCheck(attributes authorizer.Attributes, decision authorizer.Decision) check {
	return check{
		Verb:              attributes.GetVerb(),
		Namespace:         attributes.GetNamespace(),
		APIGroup:          attributes.GetAPIGroup(),
		APIVersion:        attributes.GetAPIVersion(),
		Resource:          attributes.GetResource(),
		Subresource:       attributes.GetSubresource(),
		Name:              attributes.GetName(),
		Path:              attributes.GetPath(),
		IsResourceRequest: attributes.IsResourceRequest(),
		User:              attributes.GetUser().GetName(),
		Extra:             attributes.GetUser().GetExtra(),
		Decision:          describeDecision(decision),
	}
}
