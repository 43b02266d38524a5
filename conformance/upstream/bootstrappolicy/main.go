// Command bootstrap-policy prints the roles and bindings that kube-apiserver makes at its start, one JSON object a
// line, in the order in which the upstream functions give them. It is built once for each Kubernetes version.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

func main() {
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetEscapeHTML(false)
	print := func(kind string, object runtime.Object) {
		object.GetObjectKind().SetGroupVersionKind(schema.GroupVersionKind{Group: rbacv1.GroupName, Version: "v1", Kind: kind})
		if err := encoder.Encode(object); err != nil {
			fmt.Fprintln(os.Stderr, "error:", err)
			os.Exit(3)
		}
	}
	for _, roles := range [][]rbacv1.ClusterRole{bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()} {
		for i := range roles {
			print("ClusterRole", &roles[i])
		}
	}
	for _, bindings := range [][]rbacv1.ClusterRoleBinding{bootstrappolicy.ClusterRoleBindings(), bootstrappolicy.ControllerRoleBindings()} {
		for i := range bindings {
			print("ClusterRoleBinding", &bindings[i])
		}
	}
	roles := bootstrappolicy.NamespaceRoles()
	for _, namespace := range slices.Sorted(maps.Keys(roles)) {
		for i := range roles[namespace] {
			print("Role", &roles[namespace][i])
		}
	}
	bindings := bootstrappolicy.NamespaceRoleBindings()
	for _, namespace := range slices.Sorted(maps.Keys(bindings)) {
		for i := range bindings[namespace] {
			print("RoleBinding", &bindings[namespace][i])
		}
	}
}
