package main

import (
	"encoding/json"
	"regexp"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
	clientcmdlatest "k8s.io/client-go/tools/clientcmd/api/latest"
	"sigs.k8s.io/yaml"
)

// The mode kubeconfig calls clientcmd.ClientConfigLoadingRules.Load for the merged configuration and
// NewNonInteractiveDeferredLoadingClientConfig for the effective one, as kubectl does.
//
// Files are written below $ROOT, and paths in answers are shown so. The credentials of exec plug-ins are not fetched.
// Upstream prints structures with the addresses of what they point to, which answers show as $POINTER.

type kubeconfigQuestion struct {
	question
	// Files are what lies on disk: kubeconfigs and what they name. FilesBase64 are those that are not UTF-8.
	Files       map[string]string `json:"files"`
	FilesBase64 map[string][]byte `json:"filesBase64"`
	// Explicit is --kubeconfig, Precedence the entries of KUBECONFIG; both name files of this question.
	Explicit   string   `json:"explicit"`
	Precedence []string `json:"precedence"`
	// Context, Cluster, User and Namespace are kubectl's flags of those names.
	Context   string `json:"context"`
	Cluster   string `json:"cluster"`
	User      string `json:"user"`
	Namespace string `json:"namespace"`
}

type kubeconfigAnswer struct {
	answer
	// Merged is the merged configuration as kubectl would write it, Origins which file each entry came from.
	Merged    json.RawMessage    `json:"merged,omitempty"`
	Origins   *kubeconfigOrigins `json:"origins,omitempty"`
	LoadError string             `json:"loadError,omitempty"`
	// Client is what a client is configured with.
	Client      *clientAnswer `json:"client,omitempty"`
	ClientError string        `json:"clientError,omitempty"`
	// NamespaceOverridden tells that the namespace is not the default's.
	Namespace           string `json:"namespace,omitempty"`
	NamespaceOverridden bool   `json:"namespaceOverridden,omitempty"`
	NamespaceError      string `json:"namespaceError,omitempty"`
}

type kubeconfigOrigins struct {
	Clusters map[string]string `json:"clusters"`
	Users    map[string]string `json:"users"`
	Contexts map[string]string `json:"contexts"`
}

type clientAnswer struct {
	Host               string                           `json:"host"`
	APIPath            string                           `json:"apiPath,omitempty"`
	ServerName         string                           `json:"tlsServerName,omitempty"`
	Insecure           bool                             `json:"insecure,omitempty"`
	CAFile             string                           `json:"caFile,omitempty"`
	CAData             []byte                           `json:"caData,omitempty"`
	CertFile           string                           `json:"certFile,omitempty"`
	CertData           []byte                           `json:"certData,omitempty"`
	KeyFile            string                           `json:"keyFile,omitempty"`
	KeyData            []byte                           `json:"keyData,omitempty"`
	Token              string                           `json:"token,omitempty"`
	TokenFile          string                           `json:"tokenFile,omitempty"`
	Username           string                           `json:"username,omitempty"`
	Password           string                           `json:"password,omitempty"`
	Impersonate        *rest.ImpersonationConfig        `json:"impersonate,omitempty"`
	AuthProvider       *clientcmdapi.AuthProviderConfig `json:"authProvider,omitempty"`
	Exec               *execAnswer                      `json:"exec,omitempty"`
	Proxy              string                           `json:"proxy,omitempty"`
	DisableCompression bool                             `json:"disableCompression,omitempty"`
	Timeout            string                           `json:"timeout,omitempty"`
	// TLSError is why no TLS configuration can be made of it.
	TLSError string `json:"tlsError,omitempty"`
}

type execAnswer struct {
	APIVersion         string                    `json:"apiVersion"`
	Command            string                    `json:"command"`
	Args               []string                  `json:"args,omitempty"`
	Env                []clientcmdapi.ExecEnvVar `json:"env,omitempty"`
	InteractiveMode    string                    `json:"interactiveMode"`
	ProvideClusterInfo bool                      `json:"provideClusterInfo"`
	InstallHint        string                    `json:"installHint,omitempty"`
}

func openKubeconfig() answerer {
	return withScratch(func(s *scratch, q kubeconfigQuestion) any {
		if err := s.writeAll(q.Files, q.FilesBase64); err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a := kubeconfigAnswer{answer: answer{ID: q.ID}}
		merged, err := q.rules(s).Load()
		a.LoadError = withoutPointers(err)
		if err == nil {
			a.describe(merged)
		}
		client := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(q.rules(s), q.overrides())
		config, err := client.ClientConfig()
		a.ClientError = withoutPointers(err)
		if err == nil {
			a.Client = describeClient(config)
		}
		a.Namespace, a.NamespaceOverridden, err = client.Namespace()
		a.NamespaceError = withoutPointers(err)
		return a
	})
}

var pointer = regexp.MustCompile(`\b0x[0-9a-f]{9,16}\b`)

func withoutPointers(err error) string {
	return pointer.ReplaceAllLiteralString(text(err), "$POINTER")
}

// writeAll writes files of both kinds.
func (s *scratch) writeAll(files map[string]string, base64 map[string][]byte) error {
	if err := s.write(files); err != nil {
		return err
	}
	for name, content := range base64 {
		if err := s.write(map[string]string{name: string(content)}); err != nil {
			return err
		}
	}
	return nil
}

func (q kubeconfigQuestion) rules(s *scratch) *clientcmd.ClientConfigLoadingRules {
	rules := &clientcmd.ClientConfigLoadingRules{}
	if q.Explicit != "" {
		rules.ExplicitPath = s.path(q.Explicit)
	}
	for _, file := range q.Precedence {
		if file != "" {
			file = s.path(file)
		}
		rules.Precedence = append(rules.Precedence, file)
	}
	return rules
}

func (q kubeconfigQuestion) overrides() *clientcmd.ConfigOverrides {
	overrides := &clientcmd.ConfigOverrides{CurrentContext: q.Context}
	overrides.Context.Cluster = q.Cluster
	overrides.Context.AuthInfo = q.User
	overrides.Context.Namespace = q.Namespace
	return overrides
}

func (a *kubeconfigAnswer) describe(merged *clientcmdapi.Config) {
	a.Origins = &kubeconfigOrigins{map[string]string{}, map[string]string{}, map[string]string{}}
	for name, cluster := range merged.Clusters {
		a.Origins.Clusters[name] = cluster.LocationOfOrigin
	}
	for name, user := range merged.AuthInfos {
		a.Origins.Users[name] = user.LocationOfOrigin
	}
	for name, context := range merged.Contexts {
		a.Origins.Contexts[name] = context.LocationOfOrigin
	}
	encoded, err := runtime.Encode(clientcmdlatest.Codec, merged)
	if err != nil {
		a.LoadError = err.Error()
		return
	}
	if a.Merged, err = yaml.YAMLToJSON(encoded); err != nil {
		panic(err)
	}
}

func describeClient(c *rest.Config) *clientAnswer {
	a := &clientAnswer{
		Host: c.Host, APIPath: c.APIPath, ServerName: c.ServerName, Insecure: c.Insecure,
		CAFile: c.CAFile, CAData: c.CAData, CertFile: c.CertFile, CertData: c.CertData, KeyFile: c.KeyFile, KeyData: c.KeyData,
		Token: c.BearerToken, TokenFile: c.BearerTokenFile, Username: c.Username, Password: c.Password,
		AuthProvider: c.AuthProvider, DisableCompression: c.DisableCompression,
	}
	if c.Timeout != 0 {
		a.Timeout = c.Timeout.String()
	}
	if c.Impersonate.UserName != "" || c.Impersonate.UID != "" || c.Impersonate.Groups != nil || c.Impersonate.Extra != nil {
		a.Impersonate = &c.Impersonate
	}
	if exec := c.ExecProvider; exec != nil {
		a.Exec = &execAnswer{exec.APIVersion, exec.Command, exec.Args, exec.Env, string(exec.InteractiveMode), exec.ProvideClusterInfo, exec.InstallHint}
	}
	if c.Proxy != nil {
		if proxy, err := c.Proxy(nil); err != nil {
			a.Proxy = err.Error()
		} else if proxy != nil {
			a.Proxy = proxy.String()
		}
	}
	if a.Exec == nil && a.AuthProvider == nil {
		_, err := rest.TLSConfigFor(c)
		a.TLSError = text(err)
	}
	return a
}
