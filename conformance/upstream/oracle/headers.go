package main

import (
	"net/http"
	"slices"
)

// headerFields are header lines in the order in which they were sent. Names are made canonical, as reading a request
// does; values are taken as they are, though over the wire they would have lost their outer blanks.
type headerFields [][2]string

func (h headerFields) header() http.Header {
	header := http.Header{}
	for _, field := range h {
		header.Add(field[0], field[1])
	}
	return header
}

// describeHeaders lists headers by name.
func describeHeaders(header http.Header) headerFields {
	fields := headerFields{}
	names := make([]string, 0, len(header))
	for name := range header {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range header[name] {
			fields = append(fields, [2]string{name, value})
		}
	}
	return fields
}
