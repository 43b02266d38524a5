package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	rbacapi "k8s.io/kubernetes/pkg/apis/rbac"

	// The API server's own conversions: v1beta1 and v1alpha1 become v1 as there, with its defaults.
	_ "k8s.io/kubernetes/pkg/apis/rbac/install"
)

// policyObjects are the RBAC objects of a policy, converted to v1. Nothing is validated: the authorizer does not either.
type policyObjects struct {
	ClusterRoles        []*rbacv1.ClusterRole
	ClusterRoleBindings []*rbacv1.ClusterRoleBinding
	Roles               []*rbacv1.Role
	RoleBindings        []*rbacv1.RoleBinding
	// Others counts objects of other kinds, which are skipped.
	Others int
}

// readPolicy reads the sources of a policy line. A source is the path of a file (gzip if it ends so), YAML or JSON
// text (a string with a line break, or one that begins with a brace), or a Kubernetes object.
func readPolicy(sources []json.RawMessage) (*policyObjects, error) {
	objects := &policyObjects{}
	for i, source := range sources {
		if err := objects.addSource(source); err != nil {
			return nil, fmt.Errorf("policy[%d]: %w", i, err)
		}
	}
	return objects, nil
}

func (p *policyObjects) addSource(source json.RawMessage) error {
	if !bytes.HasPrefix(source, []byte(`"`)) {
		return p.addObject(source)
	}
	var content string
	if err := json.Unmarshal(source, &content); err != nil {
		return err
	}
	if !strings.Contains(content, "\n") && !strings.HasPrefix(content, "{") {
		file, err := readFile(content)
		if err != nil {
			return err
		}
		content = string(file)
	}
	return p.addDocuments(content)
}

func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if !strings.HasSuffix(path, ".gz") {
		return io.ReadAll(file)
	}
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(unpacked)
}

// addDocuments splits YAML or JSON as kubectl does.
func (p *policyObjects) addDocuments(content string) error {
	decoder := yaml.NewYAMLOrJSONDecoder(strings.NewReader(content), 4096)
	for {
		var document runtime.RawExtension
		if err := decoder.Decode(&document); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		if raw := bytes.TrimSpace(document.Raw); len(raw) == 0 || bytes.Equal(raw, []byte("null")) {
			continue
		}
		if err := p.addObject(document.Raw); err != nil {
			return err
		}
	}
}

func (p *policyObjects) addObject(raw []byte) error {
	var list struct {
		APIVersion string            `json:"apiVersion"`
		Kind       string            `json:"kind"`
		Items      []json.RawMessage `json:"items"`
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return err
	}
	if list.Kind == "List" {
		for _, item := range list.Items {
			if err := p.addObject(item); err != nil {
				return err
			}
		}
		return nil
	}
	if !strings.HasPrefix(list.APIVersion, rbacv1.GroupName+"/") {
		p.Others++
		return nil
	}
	object, err := decodeV1(raw)
	if err != nil {
		return err
	}
	switch o := object.(type) {
	case *rbacv1.ClusterRole:
		p.ClusterRoles = append(p.ClusterRoles, o)
	case *rbacv1.ClusterRoleBinding:
		p.ClusterRoleBindings = append(p.ClusterRoleBindings, o)
	case *rbacv1.Role:
		p.Roles = append(p.Roles, o)
	case *rbacv1.RoleBinding:
		p.RoleBindings = append(p.RoleBindings, o)
	case *rbacv1.ClusterRoleList:
		p.ClusterRoles = appendPointers(p.ClusterRoles, o.Items)
	case *rbacv1.ClusterRoleBindingList:
		p.ClusterRoleBindings = appendPointers(p.ClusterRoleBindings, o.Items)
	case *rbacv1.RoleList:
		p.Roles = appendPointers(p.Roles, o.Items)
	case *rbacv1.RoleBindingList:
		p.RoleBindings = appendPointers(p.RoleBindings, o.Items)
	default:
		p.Others++
	}
	return nil
}

// decodeV1 decodes any served version, with its defaults, and converts it through the internal one, as the API server
// does for a request.
func decodeV1(raw []byte) (runtime.Object, error) {
	internal, err := runtime.Decode(legacyscheme.Codecs.UniversalDecoder(rbacapi.SchemeGroupVersion), raw)
	if err != nil {
		return nil, err
	}
	return legacyscheme.Scheme.ConvertToVersion(internal, rbacv1.SchemeGroupVersion)
}

func appendPointers[T any](to []*T, items []T) []*T {
	for i := range items {
		to = append(to, &items[i])
	}
	return to
}
