package main

import (
	"context"
	"os"

	"k8s.io/apiserver/pkg/authentication/token/tokenfile"
)

// The mode tokenfile calls tokenfile.NewCSV and then AuthenticateToken for each token asked about.

type tokenFileQuestion struct {
	question
	File string `json:"file"`
	// FileBase64 carries what is not UTF-8.
	FileBase64 []byte   `json:"fileBase64"`
	Tokens     []string `json:"tokens"`
}

type tokenFileAnswer struct {
	answer
	// Users has one entry for each token: null where the token is unknown.
	Users []*userAnswer `json:"users"`
}

const tokenFileName = "tokens.csv"

func openTokenFile() answerer {
	return withScratch(func(_ *scratch, q tokenFileQuestion) any {
		content := []byte(q.File)
		if q.FileBase64 != nil {
			content = q.FileBase64
		}
		if err := os.WriteFile(tokenFileName, content, 0o600); err != nil {
			panic(err)
		}
		authenticator, err := tokenfile.NewCSV(tokenFileName)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a := tokenFileAnswer{answer: answer{ID: q.ID}, Users: []*userAnswer{}}
		for _, token := range q.Tokens {
			response, ok, err := authenticator.AuthenticateToken(context.Background(), token)
			if err != nil {
				return answer{ID: q.ID, Error: err.Error()}
			}
			if !ok {
				a.Users = append(a.Users, nil)
				continue
			}
			a.Users = append(a.Users, describeUser(response.User))
		}
		return a
	})
}
