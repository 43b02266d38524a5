// Command etcd is the etcd server as its own module ships it. It stands in a module of its own, so that the
// versions that it needs do not meet those of Kubernetes.
package main

import (
	"os"

	"go.etcd.io/etcd/server/v3/etcdmain"
)

func main() {
	etcdmain.Main(os.Args)
}
