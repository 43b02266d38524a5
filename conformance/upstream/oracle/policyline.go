package main

import (
	"encoding/json"

	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/authorization/authorizerfactory"
	"k8s.io/apiserver/pkg/authorization/union"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

// policyLine switches the policy of the lines that follow, in the modes decide and rules.
type policyLine struct {
	question
	Policy []json.RawMessage `json:"policy"`
	// Chain asks for the reasons of the whole chain, which since 1.37 carry the authorizer's name (rule RS-23).
	Chain bool `json:"chain"`
}

type policyAnswer struct {
	answer
	Policy *policyCounts `json:"policy,omitempty"`
}

type policyCounts struct {
	ClusterRoles        int `json:"clusterRoles"`
	ClusterRoleBindings int `json:"clusterRoleBindings"`
	Roles               int `json:"roles"`
	RoleBindings        int `json:"roleBindings"`
	Others              int `json:"others"`
}

// policyInForce is what the questions of a stream are asked of. Before the first policy line it is empty.
type policyInForce struct {
	rbac *rbac.RBACAuthorizer
	// superuser answers before it, as in the API server's chain.
	superuser authorizer.Authorizer
	chain     authorizer.Authorizer
	useChain  bool
}

func (p *policyInForce) set(objects *policyObjects, chain bool) {
	p.rbac = newPolicyStore(objects).orderedAuthorizer()
	p.superuser = superuserAuthorizer()
	p.useChain = chain
	var err error
	p.chain, err = union.New(
		union.NamedAuthorizer{AuthorizerName: "kubernetes.io/system-privileged-group", Authorizer: p.superuser},
		union.NamedAuthorizer{AuthorizerName: "rbac", Authorizer: p.rbac},
	)
	if err != nil {
		panic(err)
	}
}

// superuserAuthorizer is what kube-apiserver puts before every configured authorizer (rule AC-20).
func superuserAuthorizer() authorizer.Authorizer {
	return authorizerfactory.NewPrivilegedGroups(user.SystemPrivilegedGroup)
}

// overPolicy makes an answerer of lines that are either policy lines or questions.
func overPolicy[Q any](ask func(*policyInForce, Q) any) answerer {
	inForce := &policyInForce{}
	inForce.set(&policyObjects{}, false)
	return func(line []byte) any {
		var kind struct {
			Policy json.RawMessage `json:"policy"`
		}
		if json.Unmarshal(line, &kind) == nil && kind.Policy != nil {
			return inForce.answerLine(line)
		}
		return answering(func(q Q) any { return ask(inForce, q) })(line)
	}
}

func (p *policyInForce) answerLine(line []byte) any {
	var q policyLine
	if err := read(line, &q); err != nil {
		return refuse(line, err)
	}
	objects, err := readPolicy(q.Policy)
	if err != nil {
		return refuse(line, err)
	}
	p.set(objects, q.Chain)
	return policyAnswer{answer: answer{ID: q.ID}, Policy: &policyCounts{
		ClusterRoles:        len(objects.ClusterRoles),
		ClusterRoleBindings: len(objects.ClusterRoleBindings),
		Roles:               len(objects.Roles),
		RoleBindings:        len(objects.RoleBindings),
		Others:              objects.Others,
	}}
}
