package main

import (
	"cmp"
	"context"
	"slices"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	rbaclisters "k8s.io/client-go/listers/rbac/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

// policyStore holds a policy in the indexers that the API server's informers fill, so that lookups behave as there.
// An object with the name of an earlier one replaces it.
type policyStore struct {
	clusterRoles, clusterRoleBindings, roles, roleBindings cache.Indexer
}

func newPolicyStore(objects *policyObjects) *policyStore {
	s := &policyStore{
		clusterRoles:        fill(objects.ClusterRoles),
		clusterRoleBindings: fill(objects.ClusterRoleBindings),
		roles:               fill(objects.Roles),
		roleBindings:        fill(objects.RoleBindings),
	}
	return s
}

func fill[T any](objects []T) cache.Indexer {
	indexer := cache.NewIndexer(cache.MetaNamespaceKeyFunc, cache.Indexers{cache.NamespaceIndex: cache.MetaNamespaceIndexFunc})
	for _, object := range objects {
		_ = indexer.Add(object) // the only error is that of the key function, which these types do not give
	}
	return indexer
}

// authorizer wires rbac.New as the API server does.
func (s *policyStore) authorizer() *rbac.RBACAuthorizer {
	return rbac.New(
		&rbac.RoleGetter{Lister: rbaclisters.NewRoleLister(s.roles)},
		&rbac.RoleBindingLister{Lister: rbaclisters.NewRoleBindingLister(s.roleBindings)},
		&rbac.ClusterRoleGetter{Lister: rbaclisters.NewClusterRoleLister(s.clusterRoles)},
		&rbac.ClusterRoleBindingLister{Lister: rbaclisters.NewClusterRoleBindingLister(s.clusterRoleBindings)},
	)
}

// orderedAuthorizer is the same with bindings listed by name. Upstream lists them in no order, so that any of
// several grants may be the one that it names; an oracle must name the same one each time.
func (s *policyStore) orderedAuthorizer() *rbac.RBACAuthorizer {
	bindings := &orderedBindings{ofNamespace: map[string][]*rbacv1.RoleBinding{}}
	bindings.ofCluster, _ = rbaclisters.NewClusterRoleBindingLister(s.clusterRoleBindings).List(labels.Everything())
	slices.SortFunc(bindings.ofCluster, byName)
	all, _ := rbaclisters.NewRoleBindingLister(s.roleBindings).List(labels.Everything())
	slices.SortFunc(all, byName)
	for _, binding := range all {
		bindings.ofNamespace[binding.Namespace] = append(bindings.ofNamespace[binding.Namespace], binding)
	}
	return rbac.New(
		&rbac.RoleGetter{Lister: rbaclisters.NewRoleLister(s.roles)},
		bindings,
		&rbac.ClusterRoleGetter{Lister: rbaclisters.NewClusterRoleLister(s.clusterRoles)},
		bindings,
	)
}

func byName[T metav1.Object](a, b T) int {
	return cmp.Compare(a.GetName(), b.GetName())
}

type orderedBindings struct {
	ofCluster   []*rbacv1.ClusterRoleBinding
	ofNamespace map[string][]*rbacv1.RoleBinding
}

func (b *orderedBindings) ListClusterRoleBindings(context.Context) ([]*rbacv1.ClusterRoleBinding, error) {
	return b.ofCluster, nil
}

func (b *orderedBindings) ListRoleBindings(_ context.Context, namespace string) ([]*rbacv1.RoleBinding, error) {
	return b.ofNamespace[namespace], nil
}
