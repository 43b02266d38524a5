package main

import "net/http"

// The mode basic calls http.Request.BasicAuth, which kube-apiserver's basicauth authenticator called until it was
// removed in 1.19 (rules PW-01 to PW-03). The password file itself is no longer in upstream code.

type basicQuestion struct {
	question
	// Authorization holds the values of that header; only the first is read.
	Authorization []string `json:"authorization"`
}

type basicAnswer struct {
	answer
	OK       bool   `json:"ok"`
	User     string `json:"user"`
	Password string `json:"password"`
}

func openBasic() answerer {
	return answering(func(q basicQuestion) any {
		request := &http.Request{Header: http.Header{"Authorization": q.Authorization}}
		user, password, ok := request.BasicAuth()
		return basicAnswer{answer: answer{ID: q.ID}, OK: ok, User: user, Password: password}
	})
}
