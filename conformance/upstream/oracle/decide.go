package main

import (
	"context"

	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/apiserver/pkg/endpoints/handlers/responsewriters"
)

// The mode decide calls authorizerfactory.NewPrivilegedGroups and then rbac.New(...).Authorize, or union.New over
// both when the policy line asked for the chain; responsewriters.ForbiddenStatusError makes the message.

type decideQuestion struct {
	question
	userFields
	requestFields
	// Message asks for the text of the 403 too.
	Message bool `json:"message"`
}

type decideAnswer struct {
	answer
	Decision string `json:"decision"`
	Reason   string `json:"reason"`
	Message  string `json:"message,omitempty"`
}

func openDecide() answerer {
	return overPolicy(func(p *policyInForce, q decideQuestion) any {
		attributes := q.attributes(q.info())
		decision, reason, err := p.authorize(attributes)
		a := decideAnswer{answer: answer{ID: q.ID, Error: text(err)}, Decision: describeDecision(decision), Reason: reason}
		if q.Message && decision != authorizer.DecisionAllow {
			a.Message = responsewriters.ForbiddenStatusError(attributes, reason).Error()
		}
		return a
	})
}

func (p *policyInForce) authorize(attributes authorizer.Attributes) (authorizer.Decision, string, error) {
	ctx := context.Background()
	if p.useChain {
		return p.chain.Authorize(ctx, attributes)
	}
	if decision, reason, err := p.superuser.Authorize(ctx, attributes); decision != authorizer.DecisionNoOpinion {
		return decision, reason, err
	}
	return p.rbac.Authorize(ctx, attributes)
}
