package main

import (
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// userFields is a user as the JSON lines carry it. Groups are taken exactly as given: nothing is added.
type userFields struct {
	User   string              `json:"user"`
	UID    string              `json:"uid"`
	Groups []string            `json:"groups"`
	Extra  map[string][]string `json:"extra"`
}

func (u userFields) info() *user.DefaultInfo {
	return &user.DefaultInfo{Name: u.User, UID: u.UID, Groups: u.Groups, Extra: u.Extra}
}

// requestFields is what is asked of an authorizer.
type requestFields struct {
	Verb        string `json:"verb"`
	Namespace   string `json:"namespace"`
	APIGroup    string `json:"apiGroup"`
	APIVersion  string `json:"apiVersion"`
	Resource    string `json:"resource"`
	Subresource string `json:"subresource"`
	Name        string `json:"name"`
	Path        string `json:"path"`
	// IsResourceRequest may be left out: then a request with a path is a non-resource request.
	IsResourceRequest *bool `json:"isResourceRequest"`
}

func (r requestFields) attributes(u user.Info) authorizer.AttributesRecord {
	resourceRequest := r.Path == ""
	if r.IsResourceRequest != nil {
		resourceRequest = *r.IsResourceRequest
	}
	return authorizer.AttributesRecord{
		User:            u,
		Verb:            r.Verb,
		Namespace:       r.Namespace,
		APIGroup:        r.APIGroup,
		APIVersion:      r.APIVersion,
		Resource:        r.Resource,
		Subresource:     r.Subresource,
		Name:            r.Name,
		Path:            r.Path,
		ResourceRequest: resourceRequest,
	}
}

// userAnswer is an authenticated user, as answers carry it.
type userAnswer struct {
	Name   string              `json:"name"`
	UID    string              `json:"uid,omitempty"`
	Groups []string            `json:"groups,omitempty"`
	Extra  map[string][]string `json:"extra,omitempty"`
}

func describeUser(u user.Info) *userAnswer {
	if u == nil {
		return nil
	}
	return &userAnswer{Name: u.GetName(), UID: u.GetUID(), Groups: u.GetGroups(), Extra: u.GetExtra()}
}

func describeDecision(decision authorizer.Decision) string {
	switch decision {
	case authorizer.DecisionAllow:
		return "allow"
	case authorizer.DecisionDeny:
		return "deny"
	default:
		return "noOpinion"
	}
}
