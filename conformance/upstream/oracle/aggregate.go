package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/util/managedfields"
	"k8s.io/client-go/applyconfigurations"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/kubernetes/scheme"
	rbaclisters "k8s.io/client-go/listers/rbac/v1"
	clienttesting "k8s.io/client-go/testing"
	"k8s.io/client-go/tools/cache"
	"k8s.io/kubernetes/pkg/controller/clusterroleaggregation"
)

// The mode aggregate runs clusterroleaggregation.NewClusterRoleAggregation(...) with one worker until a whole pass
// over the roles changes nothing. Its server-side apply is answered by client-go's field-managed object tracker, so
// that ownership of rules is upstream's too (rule RS-22). Roles are worked on in the order of their names.

type aggregateQuestion struct {
	question
	// Policy is what the mode decide takes; only its ClusterRoles count.
	Policy []json.RawMessage `json:"policy"`
}

type aggregateAnswer struct {
	answer
	// ClusterRoles are the aggregating ones, by name.
	ClusterRoles []aggregatedRole `json:"clusterRoles"`
	// Failures are what the controller could not do.
	Failures []string `json:"failures,omitempty"`
}

type aggregatedRole struct {
	Name  string              `json:"name"`
	Rules []rbacv1.PolicyRule `json:"rules"`
}

// maxPasses bounds roles that select each other and never settle.
const maxPasses = 200

var clusterRolesResource = rbacv1.SchemeGroupVersion.WithResource("clusterroles")

// typeConverter knows the merge rules of every type; making it costs more than a question.
var typeConverter = sync.OnceValue(func() managedfields.TypeConverter {
	return applyconfigurations.NewTypeConverter(scheme.Scheme)
})

func openAggregate() answerer {
	return answering(func(q aggregateQuestion) any {
		objects, err := readPolicy(q.Policy)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a, err := aggregate(objects.ClusterRoles)
		if err != nil {
			return answer{ID: q.ID, Error: err.Error()}
		}
		a.ID = q.ID
		return a
	})
}

func aggregate(roles []*rbacv1.ClusterRole) (aggregateAnswer, error) {
	cluster, err := newAggregatedCluster(roles)
	if err != nil {
		return aggregateAnswer{}, err
	}
	takeHandledErrors()
	ctx, stop := context.WithCancel(context.Background())
	controller := clusterroleaggregation.NewClusterRoleAggregation(cluster, cluster.client().RbacV1())
	var running sync.WaitGroup
	running.Go(func() { controller.Run(ctx, 1) })
	settled := cluster.settle()
	close(cluster.settled)
	stop()
	running.Wait()

	a := aggregateAnswer{ClusterRoles: cluster.aggregated()}
	for _, failure := range takeHandledErrors() {
		if !slices.Contains(a.Failures, failure.Error()) {
			a.Failures = append(a.Failures, failure.Error())
		}
	}
	slices.Sort(a.Failures)
	if !settled {
		a.Failures = append(a.Failures, fmt.Sprintf("not settled after %d passes", maxPasses))
	}
	return a, nil
}

// aggregatedCluster is the cluster that the controller sees. It is the controller's informer and lister.
type aggregatedCluster struct {
	rbaclisters.ClusterRoleLister
	informer handInformer
	roles    cache.Indexer
	tracker  clienttesting.ObjectTracker
	applies  int
	passDone chan int
	// settled is closed when nobody waits for passes any more.
	settled chan struct{}
}

func newAggregatedCluster(roles []*rbacv1.ClusterRole) (*aggregatedCluster, error) {
	c := &aggregatedCluster{
		roles:    fill(roles),
		tracker:  clienttesting.NewFieldManagedObjectTracker(scheme.Scheme, scheme.Codecs.UniversalDecoder(), typeConverter()),
		passDone: make(chan int),
		settled:  make(chan struct{}),
	}
	c.ClusterRoleLister = rbaclisters.NewClusterRoleLister(c.roles)
	for _, stored := range c.roles.List() {
		role := stored.(*rbacv1.ClusterRole).DeepCopy()
		role.TypeMeta = metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: "ClusterRole"}
		if err := c.tracker.Create(clusterRolesResource, role, "", metav1.CreateOptions{FieldManager: "author"}); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// client applies to the tracker and then tells the controller, as a watch would.
func (c *aggregatedCluster) client() *fake.Clientset {
	client := &fake.Clientset{}
	react := clienttesting.ObjectReaction(c.tracker)
	client.AddReactor("*", "*", func(action clienttesting.Action) (bool, runtime.Object, error) {
		handled, result, err := react(action)
		if role, ok := result.(*rbacv1.ClusterRole); ok && err == nil && c.changes(role) {
			c.applies++
			_ = c.roles.Update(role)
			c.informer.handler.OnUpdate(role, role)
		}
		return handled, result, err
	})
	return client
}

// changes tells whether an apply changed anything: one that does not writes nothing, and no watch tells of it.
func (c *aggregatedCluster) changes(role *rbacv1.ClusterRole) bool {
	before, err := c.ClusterRoleLister.Get(role.Name)
	return err != nil || !equality.Semantic.DeepEqual(before.Rules, role.Rules)
}

// settle has the controller pass over all roles until a pass changes nothing.
func (c *aggregatedCluster) settle() bool {
	before := 0
	for range maxPasses {
		c.informer.added(nil) // the controller looks at none of its events, it enqueues all roles
		applies := <-c.passDone
		if applies == before {
			return true
		}
		before = applies
	}
	return false
}

func (c *aggregatedCluster) aggregated() []aggregatedRole {
	aggregated := []aggregatedRole{}
	for _, stored := range c.roles.List() {
		role := stored.(*rbacv1.ClusterRole)
		if role.AggregationRule == nil {
			continue
		}
		rules := role.Rules
		if rules == nil {
			rules = []rbacv1.PolicyRule{}
		}
		aggregated = append(aggregated, aggregatedRole{Name: role.Name, Rules: rules})
	}
	slices.SortFunc(aggregated, func(a, b aggregatedRole) int { return cmp.Compare(a.Name, b.Name) })
	return aggregated
}

// Informer and Lister make it the controller's informer.
func (c *aggregatedCluster) Informer() cache.SharedIndexInformer { return &c.informer }

func (c *aggregatedCluster) Lister() rbaclisters.ClusterRoleLister { return c }

// List lists by name, and the end of the queue last.
func (c *aggregatedCluster) List(selector labels.Selector) ([]*rbacv1.ClusterRole, error) {
	roles, err := c.ClusterRoleLister.List(selector)
	slices.SortFunc(roles, byName)
	if selector.Empty() {
		end := &rbacv1.ClusterRole{AggregationRule: &rbacv1.AggregationRule{}}
		end.Name = endOfQueue
		roles = append(roles, end)
	}
	return roles, err
}

// Get tells when the controller asks for the end of the queue.
func (c *aggregatedCluster) Get(name string) (*rbacv1.ClusterRole, error) {
	if name == endOfQueue {
		select {
		case c.passDone <- c.applies:
		case <-c.settled:
		}
		return nil, apierrors.NewNotFound(clusterRolesResource.GroupResource(), name)
	}
	return c.ClusterRoleLister.Get(name)
}
