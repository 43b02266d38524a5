package main

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/meta"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	rbacapi "k8s.io/kubernetes/pkg/apis/rbac"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrole"
	"k8s.io/kubernetes/pkg/registry/rbac/clusterrolebinding"
	"k8s.io/kubernetes/pkg/registry/rbac/role"
	"k8s.io/kubernetes/pkg/registry/rbac/rolebinding"
)

// The mode validate calls what a create request to the API server goes through: the strict decoder with its
// defaults, and rest.BeforeCreate with the strategy of the kind, which validates (rules RV-01 to RV-08). Escalation
// is not checked.

type validateQuestion struct {
	question
	Object json.RawMessage `json:"object"`
}

type validateAnswer struct {
	answer
	Valid  bool    `json:"valid"`
	Causes []cause `json:"causes,omitempty"`
	// Decoding is the decoder's complaint: with a strict one about unknown or duplicate fields the object is validated all the same.
	Decoding string `json:"decoding,omitempty"`
}

// cause is one problem, with the path of its field.
type cause struct {
	Field   string `json:"field"`
	Type    string `json:"type"`
	Message string `json:"message"`
}

func openValidate() answerer {
	decoder := serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDecoder(rbacapi.SchemeGroupVersion)
	return answering(func(q validateQuestion) any {
		object, _, err := decoder.Decode(q.Object, nil, nil)
		a := validateAnswer{answer: answer{ID: q.ID}, Decoding: text(err)}
		if err != nil && !runtime.IsStrictDecodingError(err) {
			return a
		}
		strategy := strategyOf(object)
		if strategy == nil {
			return answer{ID: q.ID, Error: "not an RBAC object"}
		}
		err = create(strategy, object)
		a.Valid = err == nil && a.Decoding == ""
		a.Causes = causesOf(err)
		return a
	})
}

func strategyOf(object runtime.Object) rest.RESTCreateStrategy {
	switch object.(type) {
	case *rbacapi.ClusterRole:
		return clusterrole.Strategy
	case *rbacapi.ClusterRoleBinding:
		return clusterrolebinding.Strategy
	case *rbacapi.Role:
		return role.Strategy
	case *rbacapi.RoleBinding:
		return rolebinding.Strategy
	default:
		return nil
	}
}

// create does what the registry does before it stores. The request is for the namespace that the object names.
func create(strategy rest.RESTCreateStrategy, object runtime.Object) error {
	accessor, err := meta.Accessor(object)
	if err != nil {
		return err
	}
	rest.FillObjectMetaSystemFields(accessor)
	kinds, _, err := legacyscheme.Scheme.ObjectKinds(object)
	if err != nil {
		return err
	}
	ctx := genericapirequest.WithNamespace(context.Background(), accessor.GetNamespace())
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{
		IsResourceRequest: true, Verb: "create", APIGroup: kinds[0].Group, APIVersion: "v1",
	})
	return rest.BeforeCreate(strategy, ctx, object)
}

func causesOf(err error) []cause {
	if err == nil {
		return nil
	}
	var status *apierrors.StatusError
	if !errors.As(err, &status) || status.Status().Details == nil || len(status.Status().Details.Causes) == 0 {
		return []cause{{Message: err.Error()}}
	}
	var causes []cause
	for _, c := range status.Status().Details.Causes {
		causes = append(causes, cause{Field: c.Field, Type: string(c.Type), Message: c.Message})
	}
	sortWithinMaps(causes)
	return causes
}

// sortWithinMaps sorts the causes that upstream finds while it walks the map of one field, and only those: which label
// or annotation it comes to first is left to chance.
func sortWithinMaps(causes []cause) {
	for from := 0; from < len(causes); {
		to := from + 1
		for to < len(causes) && isOfMap(causes[from]) && isOfMap(causes[to]) && causes[from].Field == causes[to].Field {
			to++
		}
		slices.SortFunc(causes[from:to], func(a, b cause) int { return strings.Compare(a.Message, b.Message) })
		from = to
	}
}

func isOfMap(c cause) bool {
	return c.Type == string(metav1.CauseTypeFieldValueInvalid) &&
		(c.Field == "metadata.labels" || c.Field == "metadata.annotations" || strings.HasSuffix(c.Field, ".matchLabels"))
}
