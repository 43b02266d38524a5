package main

import (
	"context"
	"errors"
	"net/http"

	"k8s.io/apiserver/pkg/authentication/authenticator"
	"k8s.io/apiserver/pkg/authentication/request/bearertoken"
	"k8s.io/apiserver/pkg/authentication/request/websocket"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/warning"
)

// The mode bearer calls bearertoken.New and websocket.NewProtocolAuthenticator, each on its own copy of the request,
// over a token authenticator that knows the given tokens.

type bearerQuestion struct {
	question
	Headers headerFields `json:"headers"`
	// Tokens maps the tokens that are accepted to their users; one with an error fails with it.
	Tokens map[string]struct {
		userFields
		Error string `json:"error"`
	} `json:"tokens"`
}

type bearerAnswer struct {
	answer
	Bearer    bearerOutcome `json:"bearer"`
	WebSocket bearerOutcome `json:"webSocket"`
}

type bearerOutcome struct {
	// Token is what was taken from the request, if anything was.
	Token    *string      `json:"token,omitempty"`
	User     *userAnswer  `json:"user,omitempty"`
	Error    string       `json:"error,omitempty"`
	Warnings []string     `json:"warnings,omitempty"`
	Headers  headerFields `json:"headers"`
}

func openBearer() answerer {
	return answering(func(q bearerQuestion) any {
		outcome := func(make func(authenticator.Token) authenticator.Request) (o bearerOutcome) {
			tokens := authenticator.TokenFunc(func(_ context.Context, token string) (*authenticator.Response, bool, error) {
				o.Token = &token
				known, ok := q.Tokens[token]
				switch {
				case !ok:
					return nil, false, nil
				case known.Error != "":
					return nil, false, errors.New(known.Error)
				}
				return &authenticator.Response{User: user.Info(known.info())}, true, nil
			})
			request := &http.Request{Header: q.Headers.header()}
			request = request.WithContext(warning.WithWarningRecorder(context.Background(), warningsTo(&o.Warnings)))
			response, ok, err := make(tokens).AuthenticateRequest(request)
			if ok {
				o.User = describeUser(response.User)
			}
			o.Error = text(err)
			o.Headers = describeHeaders(request.Header)
			return o
		}
		return bearerAnswer{
			answer:    answer{ID: q.ID},
			Bearer:    outcome(func(t authenticator.Token) authenticator.Request { return bearertoken.New(t) }),
			WebSocket: outcome(func(t authenticator.Token) authenticator.Request { return websocket.NewProtocolAuthenticator(t) }),
		}
	})
}

type warningRecorder func(text string)

func (r warningRecorder) AddWarning(_, text string) { r(text) }

func warningsTo(texts *[]string) warning.Recorder {
	return warningRecorder(func(text string) { *texts = append(*texts, text) })
}
