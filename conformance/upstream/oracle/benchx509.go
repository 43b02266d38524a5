package main

import (
	"encoding/json"
	"os"
	"strings"

	"k8s.io/apiserver/pkg/server/dynamiccertificates"
)

// benchX509 reads what the mode x509 reads. Measured is what one request costs: the presented chain is parsed and
// authenticated. Bundles are loaded before, as the API server does.
func benchX509(args []string) error {
	duration, err := benchFlags("bench-x509", args)
	if err != nil {
		return err
	}
	var asked []x509Question
	var bundles []dynamiccertificates.CAContentProvider
	loaded := map[string]dynamiccertificates.CAContentProvider{}
	err = eachLine(os.Stdin, func(line []byte) error {
		var q x509Question
		if err := read(line, &q); err != nil {
			return err
		}
		key := strings.Join(q.Roots, "\n")
		bundle, ok := loaded[key]
		if !ok {
			if bundle, err = (&caBundles{}).load(q.Roots); err != nil {
				return err
			}
			loaded[key] = bundle
		}
		asked = append(asked, q)
		bundles = append(bundles, bundle)
		return nil
	})
	if err != nil {
		return err
	}
	result, err := measure("x509", len(asked), duration, func(i int) bool {
		chain, err := presented(asked[i].Chain)
		if err != nil {
			return false
		}
		response, _, _ := authenticate(bundles[i], chain, asked[i].Time, asked[i].AnyEKU)
		return response != nil
	})
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(result)
}
