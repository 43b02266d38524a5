package main

import (
	"bufio"
	"fmt"
	"net/http"
	"strings"

	"k8s.io/apimachinery/pkg/util/sets"
	genericapiserver "k8s.io/apiserver/pkg/server"
)

// The mode requestinfo calls http.ReadRequest for the request line and the RequestInfo resolver that
// genericapiserver.NewRequestInfoResolver makes for kube-apiserver's prefixes.

type requestInfoQuestion struct {
	question
	Method string `json:"method"`
	// URL is the request target as it stands on the request line.
	URL string `json:"url"`
}

type requestInfoAnswer struct {
	answer
	IsResourceRequest bool     `json:"isResourceRequest"`
	Path              string   `json:"path"`
	Verb              string   `json:"verb"`
	APIPrefix         string   `json:"apiPrefix"`
	APIGroup          string   `json:"apiGroup"`
	APIVersion        string   `json:"apiVersion"`
	Namespace         string   `json:"namespace"`
	Resource          string   `json:"resource"`
	Subresource       string   `json:"subresource"`
	Name              string   `json:"name"`
	Parts             []string `json:"parts"`
	FieldSelector     string   `json:"fieldSelector"`
	LabelSelector     string   `json:"labelSelector"`
}

type httpRefusal struct {
	answer
	HTTPError string `json:"httpError"`
}

func openRequestInfo() answerer {
	resolver := genericapiserver.NewRequestInfoResolver(&genericapiserver.Config{
		LegacyAPIGroupPrefixes: sets.NewString(genericapiserver.DefaultLegacyAPIPrefix),
	})
	return answering(func(q requestInfoQuestion) any {
		request, err := requestOf(q.Method, q.URL)
		if err != nil {
			return httpRefusal{answer{ID: q.ID}, err.Error()}
		}
		info, err := resolver.NewRequestInfo(request)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a := requestInfoAnswer{
			answer:            answer{ID: q.ID},
			IsResourceRequest: info.IsResourceRequest,
			Path:              info.Path,
			Verb:              info.Verb,
			APIPrefix:         info.APIPrefix,
			APIGroup:          info.APIGroup,
			APIVersion:        info.APIVersion,
			Namespace:         info.Namespace,
			Resource:          info.Resource,
			Subresource:       info.Subresource,
			Name:              info.Name,
			Parts:             info.Parts,
			FieldSelector:     info.FieldSelector,
			LabelSelector:     info.LabelSelector,
		}
		if a.Parts == nil {
			a.Parts = []string{}
		}
		return a
	})
}

// requestOf reads the request that a client would have sent.
func requestOf(method, target string) (*http.Request, error) {
	line := method + " " + target + " HTTP/1.1"
	if i := strings.IndexAny(line, "\r\n"); i >= 0 {
		// It would end the request line there and ask something else.
		return nil, fmt.Errorf("line break in the request line at byte %d", i)
	}
	return http.ReadRequest(bufio.NewReader(strings.NewReader(line + "\r\nHost: localhost\r\n\r\n")))
}
