package main

import "testing"

func TestRequestInfo(t *testing.T) {
	for _, row := range []struct {
		rule, method, url string
		want              requestInfoAnswer
	}{
		{"R-08", "GET", "/api/v1/namespaces/foo", requestInfoAnswer{IsResourceRequest: true, Verb: "get", Namespace: "foo", Resource: "namespaces", Name: "foo"}},
		{"RS-14", "GET", "/api/v1/pods?watch=", requestInfoAnswer{IsResourceRequest: true, Verb: "watch", Resource: "pods"}},
		{"RS-14", "GET", "/api/v1/pods?watch=False", requestInfoAnswer{IsResourceRequest: true, Verb: "list", Resource: "pods"}},
		{"RS-15", "GET", "/api/v1/pods?limit=x&fieldSelector=metadata.name%3Da", requestInfoAnswer{IsResourceRequest: true, Verb: "list", Resource: "pods", FieldSelector: "metadata.name=a"}},
		{"RS-16", "GET", "/api/v1/pods?fieldSelector=metadata.name%3Da", requestInfoAnswer{IsResourceRequest: true, Verb: "list", Resource: "pods", Name: "a", FieldSelector: "metadata.name=a"}},
		{"RS-17", "GET", "/api/v1/namespaces/n/pods/a%2Fb", requestInfoAnswer{IsResourceRequest: true, Verb: "get", Namespace: "n", Resource: "pods", Name: "a", Subresource: "b"}},
		{"RS-17", "GET", "/api/v1//pods", requestInfoAnswer{IsResourceRequest: true, Verb: "get", Name: "pods"}},
		{"RS-18", "PUT", "/api/v1/namespaces/n/finalize", requestInfoAnswer{IsResourceRequest: true, Verb: "update", Namespace: "n", Resource: "namespaces", Name: "n", Subresource: "finalize"}},
		{"RS-19", "PROPFIND", "/api/v1/pods", requestInfoAnswer{IsResourceRequest: true, Resource: "pods"}},
		{"RS-19", "get", "/api/v1/pods", requestInfoAnswer{IsResourceRequest: true, Resource: "pods"}},
		{"RS-20", "GET", "/api/v1/proxy/namespaces/other/pods/foo/sub", requestInfoAnswer{IsResourceRequest: true, Verb: "proxy", Namespace: "other", Resource: "pods", Name: "foo"}},
		{"RS-21", "GET", "/api/v1", requestInfoAnswer{Verb: "get"}},
	} {
		got := asked[requestInfoAnswer](t, "requestinfo", fields{"method": row.method, "url": row.url})
		got.Path, got.Parts, got.APIPrefix, got.APIGroup, got.APIVersion = "", nil, "", "", ""
		expectEqual(t, row.rule+" "+row.method+" "+row.url, got, row.want)
	}
}

func TestRequestInfoRefusals(t *testing.T) {
	answers := ask(t, "requestinfo",
		`{"method":"GET","url":"/api/v1/watch"}`,
		`{"method":"GET","url":"pods"}`,
		`{"method":"GET","url":"/\r\nX: y"}`)
	expectEqual(t, "R-07", answers[0], `{"error":"unable to determine kind and namespace from url, /api/v1/watch"}`)
	expectEqual(t, "request line", answers[1], `{"httpError":"parse \"pods\": invalid URI for request"}`)
	expectEqual(t, "line break", answers[2], `{"httpError":"line break in the request line at byte 5"}`)
}
