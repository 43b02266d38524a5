package main

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"os"
	"regexp"
	"slices"

	"github.com/spf13/pflag"
	"k8s.io/apiserver/pkg/authentication/authenticator"
	authenticationcel "k8s.io/apiserver/pkg/authentication/cel"
	tokenunion "k8s.io/apiserver/pkg/authentication/token/union"
	"k8s.io/apiserver/plugin/pkg/authenticator/token/oidc"
	kubeauthenticator "k8s.io/kubernetes/pkg/kubeapiserver/authenticator"
	"k8s.io/kubernetes/pkg/kubeapiserver/options"
)

// The mode claims calls BuiltInAuthenticationOptions.ToAuthenticationConfig for the file or the --oidc flags, and
// oidc.New(...).AuthenticateToken for each issuer, joined by tokenunion.New as in kube-apiserver.
//
// Keys come from "jwks", without a network; where that is left out no signature is checked, so that claims can be
// asked about alone. The clock is the real one: upstream has no way to set it. Answers show "$NOW" for it. Discovery URLs
// are not followed.

type claimsQuestion struct {
	question
	// Config is an AuthenticationConfiguration; Flags are kube-apiserver's instead.
	Config string       `json:"config"`
	Flags  []string     `json:"flags"`
	JWKS   string       `json:"jwks"`
	Tokens []tokenField `json:"tokens"`
}

// tokenField is a token, or the claims (and header) of one.
type tokenField struct {
	Token  string          `json:"token"`
	Header json.RawMessage `json:"header"`
	Claims json.RawMessage `json:"claims"`
}

type claimsAnswer struct {
	answer
	// Refusal is why the API server would not take the configuration.
	Refusal string        `json:"refusal,omitempty"`
	Tokens  []tokenAnswer `json:"tokens,omitempty"`
	// Anonymous tells whether and for which paths anonymous requests are let in.
	Anonymous *anonymousAnswer `json:"anonymous,omitempty"`
}

type anonymousAnswer struct {
	Enabled bool     `json:"enabled"`
	Paths   []string `json:"paths,omitempty"`
}

// tokenAnswer is a user, or an error, or neither: then no issuer knows the token.
type tokenAnswer struct {
	User  *userAnswer `json:"user,omitempty"`
	Error string      `json:"error,omitempty"`
}

const authenticationConfigFile = "authentication-config.yaml"

func openClaims() answerer {
	last := &claimsConfiguration{}
	return withScratch(func(_ *scratch, q claimsQuestion) any {
		config := last
		if !config.isOf(q) {
			config = configureClaims(q)
			last = config
		}
		a := claimsAnswer{answer: answer{ID: q.ID}, Refusal: text(config.err)}
		if config.err != nil {
			return a
		}
		a.Anonymous = &config.anonymous
		for _, token := range q.Tokens {
			response, ok, err := config.tokens.AuthenticateToken(context.Background(), token.text())
			outcome := tokenAnswer{Error: withoutClock(text(err))}
			if ok {
				outcome.User = describeUser(response.User)
			}
			a.Tokens = append(a.Tokens, outcome)
		}
		return a
	})
}

// clock is the time of day as go-oidc writes it into the one error that tells it: with nanoseconds, and with the time
// since the program began.
var clock = regexp.MustCompile(`(oidc: current time )[0-9-]+ [0-9:.]+ \+0000 UTC m=[+-][0-9.]+( before the nbf )`)

func withoutClock(message string) string {
	return clock.ReplaceAllString(message, "${1}$$NOW${2}")
}

func (t tokenField) text() string {
	if t.Claims == nil {
		return t.Token
	}
	header := t.Header
	if header == nil {
		header = json.RawMessage(`{"alg":"RS256"}`)
	}
	encode := base64.RawURLEncoding.EncodeToString
	return encode(header) + "." + encode(t.Claims) + "." + encode([]byte("signature"))
}

// claimsConfiguration is kept from line to line: compiling expressions costs far more than evaluating them.
type claimsConfiguration struct {
	question  *claimsQuestion
	tokens    authenticator.Token
	anonymous anonymousAnswer
	err       error
}

func (c *claimsConfiguration) isOf(q claimsQuestion) bool {
	return c.question != nil && c.question.Config == q.Config && c.question.JWKS == q.JWKS && slices.Equal(c.question.Flags, q.Flags)
}

func configureClaims(q claimsQuestion) *claimsConfiguration {
	c := &claimsConfiguration{question: &q}
	config, err := authenticationConfig(q.Config, q.Flags)
	if err != nil {
		c.err = err
		return c
	}
	c.anonymous.Enabled = config.Anonymous.Enabled
	for _, condition := range config.Anonymous.Conditions {
		c.anonymous.Paths = append(c.anonymous.Paths, condition.Path)
	}
	compiler := authenticationcel.NewDefaultCompiler()
	var issuers []authenticator.Token
	for _, jwt := range config.AuthenticationConfig.JWT {
		// A key set and a discovery URL exclude each other.
		jwt.Issuer.DiscoveryURL = ""
		issuer, err := oidc.New(context.Background(), oidc.Options{
			JWTAuthenticator:     jwt,
			KeySet:               keySet(q.JWKS),
			Compiler:             compiler,
			SupportedSigningAlgs: config.OIDCSigningAlgs,
		})
		if err != nil {
			c.err = err
			return c
		}
		issuers = append(issuers, issuer)
	}
	c.tokens = tokenunion.New(issuers...)
	return c
}

// authenticationConfig is what kube-apiserver makes of a file and of its flags at its start.
func authenticationConfig(config string, arguments []string) (kubeauthenticator.Config, error) {
	authentication := options.NewBuiltInAuthenticationOptions().WithAnonymous().WithOIDC()
	flags := pflag.NewFlagSet("kube-apiserver", pflag.ContinueOnError)
	authentication.AddFlags(flags)
	if config != "" {
		if err := os.WriteFile(authenticationConfigFile, []byte(config), 0o600); err != nil {
			return kubeauthenticator.Config{}, err
		}
		arguments = append([]string{"--authentication-config=" + authenticationConfigFile}, arguments...)
	}
	if err := flags.Parse(arguments); err != nil {
		return kubeauthenticator.Config{}, err
	}
	if errs := authentication.Validate(); len(errs) > 0 {
		return kubeauthenticator.Config{}, errs[0]
	}
	return authentication.ToAuthenticationConfig()
}
