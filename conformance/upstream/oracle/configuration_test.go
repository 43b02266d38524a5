package main

import (
	"strings"
	"testing"
	"time"
)

const kubeconfigHead = `apiVersion: v1
kind: Config
current-context: x
clusters:
- name: c
  cluster: {server: "https://h:6443"}
contexts:
- name: x
  context: {cluster: c, user: u, namespace: ns}
users:
- name: u
`

func TestKubeconfigMerging(t *testing.T) {
	a := asked[kubeconfigAnswer](t, "kubeconfig", fields{
		"files": fields{
			"d/one": kubeconfigHead + `  user: {token: first, tokenFile: t}`,
			"two":   strings.Replace(kubeconfigHead, "current-context: x", "current-context: other", 1) + `  user: {token: second, username: a}`,
		},
		"precedence": []string{"missing", "d/one", "", "two"},
	})
	if a.Client == nil {
		t.Fatal(a.ClientError)
	}
	expectEqual(t, "KC-03 the first file wins entirely", []string{a.Client.Token, a.Client.Username}, []string{"first", ""})
	expectEqual(t, "KC-03 origin", a.Origins.Users["u"], "$ROOT/d/one")
	expectEqual(t, "KC-05 relative to its file", a.Client.TokenFile, "$ROOT/d/t")
	expectEqual(t, "namespace", a.Namespace, "ns")
}

func TestKubeconfigErrors(t *testing.T) {
	for _, row := range []struct{ rule, file, load, client string }{
		{"KC-02", "", "", "invalid configuration: no configuration has been provided, try setting KUBERNETES_MASTER environment variable"},
		{"KC-02", "a: [", `error loading config file "$ROOT/f": yaml: line 1: did not find expected node content`, ""},
		{"KC-10", kubeconfigHead + `  user: {client-key: k, client-key-data: aw==, client-certificate-data: aw==}`, "",
			"invalid configuration: [client-key-data and client-key are both specified for u; client-key-data will override, " +
				"unable to read client-key $ROOT/k for u due to open $ROOT/k: no such file or directory]"},
		{"KC-11", kubeconfigHead + `  user: {client-certificate-data: aw==}`, "",
			"invalid configuration: client-key-data or client-key must be specified for u to use the clientCert authentication method."},
		{"KC-13", kubeconfigHead + `  user: {token: t, username: a}`, "",
			"invalid configuration: more than one authentication method found for u; found [token basicAuth], only one is allowed"},
		{"KC-16", strings.Replace(kubeconfigHead, "current-context: x", "current-context: other", 1) + `  user: {}`, "",
			"invalid configuration: [context was not found for specified context: other, cluster has no server defined]"},
	} {
		a := asked[kubeconfigAnswer](t, "kubeconfig", fields{"files": fields{"f": row.file}, "precedence": []string{"f"}})
		expectEqual(t, row.rule+" load", a.LoadError, row.load)
		if row.client != "" {
			expectEqual(t, row.rule+" client", a.ClientError, row.client)
		}
	}
}

const webhookConfig = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthorizationConfiguration
authorizers:
- type: Webhook
  name: revoked
  webhook:
    timeout: 1s
    subjectAccessReviewVersion: v1
    matchConditionSubjectAccessReviewVersion: v1
    failurePolicy: Deny
    connectionInfo: {type: KubeConfigFile, kubeConfigFile: $ROOT/never-called}
    matchConditions:
    - expression: "'authentication.kubernetes.io/credential-id' in request.extra && request.extra['authentication.kubernetes.io/credential-id'].exists(v, v in ['X509SHA256=aa'])"
    - expression: "{'': true}['this client certificate has been revoked']"
- {type: RBAC, name: rbac}
`

// The file that revokes one client certificate.
func TestAuthorizationConfigConditions(t *testing.T) {
	withID := func(id string) fields {
		return fields{"user": "jane", "extra": fields{"authentication.kubernetes.io/credential-id": []string{id}}}
	}
	a := asked[authorizationConfigAnswer](t, "authorization-config", fields{
		"config": webhookConfig, "files": fields{"never-called": ""},
		"reviews": []fields{withID("X509SHA256=aa"), withID("X509SHA256=bb"), {"user": "jane"}},
	})
	if !a.Accepted {
		t.Fatal(a.Refusal)
	}
	outcomes := a.Matches[0].Reviews
	if !strings.Contains(outcomes[0].Error, "no such key: this client certificate has been revoked") {
		t.Errorf("AC-11: %+v", outcomes[0])
	}
	expectEqual(t, "AC-11 another certificate", outcomes[1:], []matchOutcome{{}, {}})
}

func TestAuthorizationConfigRefusals(t *testing.T) {
	for _, row := range []struct{ rule, from, to, want string }{
		{"AC-01", "timeout: 1s", "timeout: 1s\n    time: 1s", `unknown field "authorizers[0].webhook.time"`},
		{"AC-02", "name: rbac", "name: revoked", `authorizers[1].name: Duplicate value: "revoked"`},
		{"AC-03", "timeout: 1s", "timeout: 31s", "must be > 0s and <= 30s"},
		{"AC-03", "never-called", "missing", "no such file or directory"},
		{"AC-04", "{'': true}", "{'': tru}", "undeclared reference to 'tru'"},
	} {
		config := strings.Replace(webhookConfig, row.from, row.to, 1)
		a := asked[authorizationConfigAnswer](t, "authorization-config", fields{"config": config, "files": fields{"never-called": ""}})
		if a.Accepted || !strings.Contains(a.Refusal, row.want) {
			t.Errorf("%s: accepted %v, %q, want %q", row.rule, a.Accepted, a.Refusal, row.want)
		}
	}
}

const issuerConfig = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
- issuer: {url: "https://i.example", audiences: [a]}
  claimMappings:
    username: {claim: sub, prefix: ""}
    groups: {claim: g, prefix: "p:"}
anonymous: {enabled: true, conditions: [{path: /healthz}]}
`

func TestAuthenticationConfig(t *testing.T) {
	a := asked[authenticationConfigAnswer](t, "authentication-config", fields{"config": issuerConfig})
	if !a.Accepted {
		t.Fatal(a.Refusal)
	}
	expectEqual(t, "J-01", string(a.Effective), `{"jwt":[{"issuer":{"url":"https://i.example","discoveryURL":"","audiences":["a"]},`+
		`"claimMappings":{"username":{"claim":"sub","prefix":""},"groups":{"claim":"g","prefix":"p:"},"uid":{}}}],`+
		`"anonymous":{"enabled":true,"conditions":[{"path":"/healthz"}]}}`)
	for _, row := range []struct{ rule, from, to, want string }{
		{"J-01", "kind: A", "knd: A", "Object 'Kind' is missing"},
		{"J-01", "jwt:", "jwts: 1\njwt:", `unknown field "jwts"`},
		{"J-02", "https:", "http:", "jwt[0].issuer.url: Invalid value: \"http://i.example\": URL scheme must be https"},
		{"J-02", "[a]", "[a, b]", "audienceMatchPolicy must be MatchAny for multiple audiences"},
		{"J-02", "[a]", "[a], egressSelectorType: etcd", "egress selector must be either controlplane or cluster"},
		{"J-03", "prefix: \"\"", "expression: claims.sub", "claim and expression can't both be set"},
		{"J-04", "claim: sub, prefix: \"\"", "expression: claims.email", "claims.email_verified must be used"},
		{"A-02", "enabled: true", "enabled: false", "enabled should be set to true when conditions are defined"},
	} {
		a := asked[authenticationConfigAnswer](t, "authentication-config", fields{"config": strings.Replace(issuerConfig, row.from, row.to, 1)})
		if a.Accepted || !strings.Contains(a.Refusal, row.want) {
			t.Errorf("%s: accepted %v, %q, want %q", row.rule, a.Accepted, a.Refusal, row.want)
		}
	}
	a = asked[authenticationConfigAnswer](t, "authentication-config", fields{"config": issuerConfig, "flags": []string{"--anonymous-auth=false"}})
	if !strings.Contains(a.Refusal, "--anonymous-auth flag cannot be set when anonymous field is configured") {
		t.Errorf("A-03: %q", a.Refusal)
	}
}

func TestClaims(t *testing.T) {
	const config = `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
- issuer: {url: "https://i.example", audiences: [a]}
  claimMappings:
    username: {expression: "claims.sub + '@x'"}
    groups: {claim: g, prefix: "p:"}
  userValidationRules:
  - {expression: "user.username != 'bad@x'", message: no bad}
`
	token := func(claims fields) fields {
		all := fields{"iss": "https://i.example", "aud": "a", "exp": time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC).Unix()}
		for name, value := range claims {
			all[name] = value
		}
		return fields{"claims": all}
	}
	none := token(fields{"sub": "u"})
	none["header"] = fields{"alg": "none"}
	a := asked[claimsAnswer](t, "claims", fields{"config": config, "tokens": []fields{
		token(fields{"sub": "u", "g": "one", "jti": "j"}), token(fields{"sub": "bad"}), token(fields{"iss": "https://other.example"}), none,
	}})
	if len(a.Tokens) != 4 {
		t.Fatal(a.Refusal)
	}
	expectEqual(t, "J-07", a.Tokens[0].User, &userAnswer{Name: "u@x", Groups: []string{"p:one"},
		Extra: map[string][]string{"authentication.kubernetes.io/credential-id": {"JTI=j"}}})
	for i, want := range map[int]string{1: "no bad", 3: "unsupported algorithm"} {
		if !strings.Contains(a.Tokens[i].Error, want) {
			t.Errorf("J-06: %+v, want %q", a.Tokens[i], want)
		}
	}
	expectEqual(t, "J-06 another issuer", a.Tokens[2], tokenAnswer{})

	flags := []string{"--oidc-issuer-url=https://i.example", "--oidc-client-id=a"}
	a = asked[claimsAnswer](t, "claims", fields{"flags": flags, "tokens": []fields{token(fields{"sub": "u"})}})
	expectEqual(t, "J-05", a.Tokens[0].User, &userAnswer{Name: "https://i.example#u"})
	a = asked[claimsAnswer](t, "claims", fields{"flags": flags, "jwks": `{"keys":[]}`, "tokens": []fields{token(fields{"sub": "u"})}})
	if !strings.Contains(a.Tokens[0].Error, "signature") {
		t.Errorf("with keys the signature counts: %+v", a.Tokens[0])
	}
	a = asked[claimsAnswer](t, "claims", fields{"config": strings.Replace(config, "https:", "http:", 1)})
	if !strings.Contains(a.Refusal, "jwt[0].issuer.url") {
		t.Errorf("J-02: %q", a.Refusal)
	}
}

func TestYAML(t *testing.T) {
	for document, want := range map[string]string{
		"a: yes\nb: 1e3\nc: 0x10\nd: 010\n": `{"json":"{\"a\":true,\"b\":1000,\"c\":16,\"d\":8}"}`,
		"a: &x {b: 1}\nc:\n  <<: *x\n":      `{"json":"{\"a\":{\"b\":1},\"c\":{\"b\":1}}"}`,
		"1: a\n":                            `{"json":"{\"1\":\"a\"}"}`,
		"a: 1\na: 2\n":                      `{"json":"{\"a\":2}","strictError":"yaml: unmarshal errors:\n  line 2: key \"a\" already set in map"}`,
	} {
		expectEqual(t, document, answerTo(t, "yaml", fields{"yaml": document}), want)
	}
}
