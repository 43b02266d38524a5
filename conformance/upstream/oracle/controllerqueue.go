package main

import (
	"k8s.io/client-go/tools/cache"
)

// handInformer stands for a shared informer: a controller registers its handler, and events are given by hand.
// Upstream's controllers keep what they do in unexported functions; this is the exported way to have them work.
type handInformer struct {
	cache.SharedIndexInformer
	handler cache.ResourceEventHandler
}

func (i *handInformer) AddEventHandler(handler cache.ResourceEventHandler) (cache.ResourceEventHandlerRegistration, error) {
	i.handler = handler
	return nil, nil
}

func (i *handInformer) HasSynced() bool { return true }

func (i *handInformer) added(object any) { i.handler.OnAdd(object, false) }

// endOfQueue is the name of an object that is put into a controller's queue last. When the controller, which has one
// worker, asks its lister for it, everything before it is done.
const endOfQueue = "~end-of-queue~"
