package main

import (
	"net/http"

	"k8s.io/apiserver/pkg/authentication/request/headerrequest"
)

// The mode request-header calls headerrequest.New: the part of front-proxy authentication that comes after the
// proxy's own certificate was verified.

type requestHeaderQuestion struct {
	question
	Headers headerFields `json:"headers"`
	// The configured names; left out, those of kubeadm.
	NameHeaders   []string `json:"nameHeaders"`
	UIDHeaders    []string `json:"uidHeaders"`
	GroupHeaders  []string `json:"groupHeaders"`
	ExtraPrefixes []string `json:"extraPrefixes"`
}

type requestHeaderAnswer struct {
	answer
	User    *userAnswer  `json:"user,omitempty"`
	Headers headerFields `json:"headers"`
}

func openRequestHeader() answerer {
	orDefault := func(names []string, name string) []string {
		if names == nil {
			return []string{name}
		}
		return names
	}
	return answering(func(q requestHeaderQuestion) any {
		authenticator, err := headerrequest.New(
			orDefault(q.NameHeaders, "X-Remote-User"),
			orDefault(q.UIDHeaders, "X-Remote-Uid"),
			orDefault(q.GroupHeaders, "X-Remote-Group"),
			orDefault(q.ExtraPrefixes, "X-Remote-Extra-"),
		)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		request := &http.Request{Header: q.Headers.header()}
		response, ok, err := authenticator.AuthenticateRequest(request)
		a := requestHeaderAnswer{answer: answer{ID: q.ID, Error: text(err)}, Headers: describeHeaders(request.Header)}
		if ok {
			a.User = describeUser(response.User)
		}
		return a
	})
}
