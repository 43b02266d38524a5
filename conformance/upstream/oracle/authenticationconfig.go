package main

import (
	"encoding/json"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/apis/apiserver/install"
	apiserverv1 "k8s.io/apiserver/pkg/apis/apiserver/v1"
)

// The mode authentication-config calls BuiltInAuthenticationOptions.ToAuthenticationConfig, which reads the file and
// calls validation.ValidateAuthenticationConfiguration, as kube-apiserver does at its start. Nothing is fetched.

type authenticationConfigQuestion struct {
	question
	Config string `json:"config"`
	// ConfigBase64 carries a file that is not UTF-8.
	ConfigBase64 []byte `json:"configBase64"`
	// Flags are kube-apiserver's beside the file, such as --anonymous-auth.
	Flags []string `json:"flags"`
}

type authenticationConfigAnswer struct {
	answer
	Accepted bool `json:"accepted"`
	// Refusal is why the API server would not take it.
	Refusal string `json:"refusal,omitempty"`
	// Effective is the configuration as it was read, as v1.
	Effective json.RawMessage `json:"effective,omitempty"`
}

func openAuthenticationConfig() answerer {
	scheme := runtime.NewScheme()
	install.Install(scheme)
	return withScratch(func(_ *scratch, q authenticationConfigQuestion) any {
		text := q.Config
		if len(q.ConfigBase64) > 0 {
			text = string(q.ConfigBase64)
		}
		if text == "" {
			return answer{ID: q.ID, Error: "a file is needed: config or configBase64"}
		}
		config, err := authenticationConfig(text, q.Flags)
		if err != nil {
			return authenticationConfigAnswer{answer: answer{ID: q.ID}, Refusal: err.Error()}
		}
		a := authenticationConfigAnswer{answer: answer{ID: q.ID}, Accepted: true}
		a.Effective, err = asV1(scheme, config.AuthenticationConfig, &apiserverv1.AuthenticationConfiguration{})
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		return a
	})
}
