package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"runtime"

	"k8s.io/apiserver/pkg/authorization/authorizer"
)

// benchDecide reads what the mode decide reads: policy lines, and then the questions that are asked of it. The
// listers are the API server's own, unsorted ones.
func benchDecide(args []string) error {
	duration, err := benchFlags("bench-decide", args)
	if err != nil {
		return err
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var store *policyStore
	var asked []authorizer.AttributesRecord
	err = eachLine(os.Stdin, func(line []byte) error {
		var p policyLine
		if json.Unmarshal(line, &p) == nil && p.Policy != nil {
			objects, err := readPolicy(p.Policy)
			if err != nil {
				return err
			}
			store = newPolicyStore(objects)
			return nil
		}
		var q decideQuestion
		if err := read(line, &q); err != nil {
			return err
		}
		asked = append(asked, q.attributes(q.info()))
		return nil
	})
	if err != nil {
		return err
	}
	if store == nil {
		return errors.New("no policy")
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	superuser, rbac := superuserAuthorizer(), store.authorizer()
	ctx := context.Background()
	result, err := measure("decide", len(asked), duration, func(i int) bool {
		decision, _, _ := superuser.Authorize(ctx, &asked[i])
		if decision == authorizer.DecisionNoOpinion {
			decision, _, _ = rbac.Authorize(ctx, &asked[i])
		}
		return decision == authorizer.DecisionAllow
	})
	if err != nil {
		return err
	}
	result.HeapBytes = after.HeapAlloc - before.HeapAlloc
	return json.NewEncoder(os.Stdout).Encode(result)
}
