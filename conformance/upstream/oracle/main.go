// Command oracle answers questions as Kubernetes' own code answers them. It reads JSON lines on standard input
// and writes one JSON line for each, in order. Every mode calls upstream packages and decides nothing itself.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// mode is one kind of question. open is called once for a stream; what it returns answers the stream's lines.
type mode struct {
	name  string
	about string
	open  func() answerer
}

var modes = []mode{
	{"aggregate", "ClusterRoles -> their rules after the aggregation controller has worked", openAggregate},
	{"authentication-config", "AuthenticationConfiguration -> accepted or errors", openAuthenticationConfig},
	{"authorization-config", "AuthorizationConfiguration -> accepted or errors; its match conditions evaluated", openAuthorizationConfig},
	{"basic", "Authorization header -> user name and password", openBasic},
	{"bearer", "request headers -> user, by bearer token or WebSocket sub-protocol", openBearer},
	{"claims", "AuthenticationConfiguration or OIDC flags, and tokens -> users", openClaims},
	{"covers", "rules held and rules wanted -> whether the first cover the second", openCovers},
	{"csr-sign", "CertificateSigningRequest and CA -> certificate", openCSRSign},
	{"decide", "policy and attributes -> decision", openDecide},
	{"impersonate", "request headers -> checks made and resulting user", openImpersonate},
	{"kubeconfig", "kubeconfig files -> merged and effective configuration", openKubeconfig},
	{"request-header", "front-proxy headers -> user", openRequestHeader},
	{"requestinfo", "method and URL -> attributes", openRequestInfo},
	{"rules", "policy, user and namespace -> SelfSubjectRulesReview", openRules},
	{"tokenfile", "token file and tokens -> users", openTokenFile},
	{"validate", "RBAC object -> what the API server says of it", openValidate},
	{"x509", "roots, chain and time -> user", openX509},
	{"yaml", "YAML -> JSON", openYAML},
}

// benchmarks measure upstream's own time over a given input, so that ours can be compared in the same run.
var benchmarks = map[string]func(args []string) error{
	"bench-decide": benchDecide,
	"bench-x509":   benchX509,
}

func main() {
	if len(os.Args) < 2 {
		usage()
	}
	quiet()
	name := os.Args[1]
	if name == "version" {
		printVersion()
		return
	}
	if bench, ok := benchmarks[name]; ok {
		if err := bench(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(2)
		}
		return
	}
	for _, m := range modes {
		if m.name == name {
			if len(os.Args) > 2 {
				usage()
			}
			answerer := m.open()
			endOnSignal()
			err := serve(os.Stdin, os.Stdout, answerer)
			end()
			if err != nil {
				fmt.Fprintln(os.Stderr, "error:", err)
				os.Exit(3)
			}
			return
		}
	}
	usage()
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: oracle MODE < questions.jsonl > answers.jsonl")
	for _, m := range modes {
		fmt.Fprintf(os.Stderr, "  %-22s %s\n", m.name, m.about)
	}
	fmt.Fprintln(os.Stderr, "  bench-decide, bench-x509: upstream's time for the questions of that mode; version")
	os.Exit(2)
}

// printVersion names the code that answers, from what the linker recorded.
func printVersion() {
	versions := map[string]string{"go": runtime.Version()}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == "k8s.io/kubernetes" {
				versions["kubernetes"] = strings.TrimPrefix(dependency.Version, "v")
			}
		}
	}
	_ = json.NewEncoder(os.Stdout).Encode(versions)
}
