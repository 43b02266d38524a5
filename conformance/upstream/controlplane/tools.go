//go:build tools

// Package controlplane names the programs of the control plane, so that go.mod keeps what they need. The
// build script builds them; nothing is compiled from here.
package controlplane

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
	_ "k8s.io/kubernetes/cmd/kubectl"
)
