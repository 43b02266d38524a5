package main

import (
	"sigs.k8s.io/yaml"
)

// The mode yaml calls sigs.k8s.io/yaml: YAMLToJSON, which kubectl and clientcmd use, and YAMLToJSONStrict, which
// also refuses duplicate keys. The JSON is answered as text, because how numbers and strings are written is part of it.

type yamlQuestion struct {
	question
	YAML string `json:"yaml"`
	// YAMLBase64 carries what is not UTF-8.
	YAMLBase64 []byte `json:"yamlBase64"`
}

type yamlAnswer struct {
	answer
	JSON        string `json:"json,omitempty"`
	StrictJSON  string `json:"strictJson,omitempty"`
	StrictError string `json:"strictError,omitempty"`
}

func openYAML() answerer {
	return answering(func(q yamlQuestion) any {
		document := []byte(q.YAML)
		if q.YAMLBase64 != nil {
			document = q.YAMLBase64
		}
		json, err := yaml.YAMLToJSON(document)
		strict, strictErr := yaml.YAMLToJSONStrict(document)
		a := yamlAnswer{answer: answer{ID: q.ID, Error: text(err)}, JSON: string(json), StrictError: text(strictErr)}
		if string(strict) != string(json) {
			// The two only ever differ by one of them failing; anything else must be seen.
			a.StrictJSON = string(strict)
		}
		return a
	})
}
