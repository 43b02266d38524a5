package main

import "testing"

func TestTokenFile(t *testing.T) {
	for _, row := range []struct{ rule, file, token, want string }{
		{"T-01", "#a,u,1\n", "#a", `{"users":[{"name":"u","uid":"1"}]}`},
		{"T-01", " t , u ,1\n", " t ", `{"users":[{"name":" u ","uid":"1"}]}`},
		{"T-02", "t,u\n", "t", `{"error":"token file 'tokens.csv' must have at least 3 columns (token, user name, user uid), found 2"}`},
		{"T-04", ",u,1\nt,v,2\n", "t", `{"users":[{"name":"v","uid":"2"}]}`},
		{"T-05", "t,u,1,g\nt,v,2\n", "t", `{"users":[{"name":"v","uid":"2"}]}`},
		{"T-06", "t,u,1,\"a, b\",x\n", "t", `{"users":[{"name":"u","uid":"1","groups":["a"," b"]}]}`},
		{"T-06", "t,u,1,\n", "t", `{"users":[{"name":"u","uid":"1","groups":[""]}]}`},
		{"T-07", "t,,\n", "t", `{"users":[{"name":""}]}`},
		{"T-08", "t,u,1\n", "T", `{"users":[null]}`},
		{"T-10", "\ufefft,u,1\n", "\ufefft", `{"users":[{"name":"u","uid":"1"}]}`},
	} {
		expectEqual(t, row.rule, answerTo(t, "tokenfile", fields{"file": row.file, "tokens": []string{row.token}}), row.want)
	}
}

func TestBearer(t *testing.T) {
	for _, row := range []struct{ rule, authorization, token, err string }{
		{"B-01", "bearer abc", "abc", ""},
		{"B-01", "Basic abc", "", ""},
		{"B-02", "Bearer abc def", "abc", ""},
		{"B-03", "Bearer  abc", "", ""},
		{"B-04", "Bearer abcd", "abcd", "invalid bearer token"},
		{"B-06", "Bearer\tabc", "", ""},
	} {
		a := asked[bearerAnswer](t, "bearer", fields{
			"headers": [][]string{{"Authorization", row.authorization}},
			"tokens":  fields{"abc": fields{"user": "u"}},
		})
		token := ""
		if a.Bearer.Token != nil {
			token = *a.Bearer.Token
		}
		expectEqual(t, row.rule+" token", token, row.token)
		expectEqual(t, row.rule+" error", a.Bearer.Error, row.err)
		expectEqual(t, "B-03 warning", len(a.Bearer.Warnings) == 1, row.rule == "B-03")
		expectEqual(t, "B-05 removed", len(a.Bearer.Headers) == 0, row.token == "abc")
	}
}

func TestWebSocketBearer(t *testing.T) {
	const prefix = "base64url.bearer.authorization.k8s.io."
	for _, row := range []struct{ rule, protocol, user, err string }{
		{"W-02", "x, " + prefix + "YWJj", "u", ""},
		{"W-03", prefix + "YWJj", "", "missing additional subprotocol"},
		{"W-03", prefix + "YWJj,x," + prefix + "YWJj", "", "multiple base64.bearer.authorization tokens specified"},
		{"W-03", prefix + "YW=,x", "", "invalid base64.bearer.authorization token encoding"},
		{"W-03", prefix + "_w,x", "", "invalid base64.bearer.authorization token"},
		{"W-04", prefix + "YWI,x", "", "invalid bearer token"},
	} {
		a := asked[bearerAnswer](t, "bearer", fields{
			"headers": [][]string{{"Connection", "upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Protocol", row.protocol}},
			"tokens":  fields{"abc": fields{"user": "u"}},
		})
		user := ""
		if a.WebSocket.User != nil {
			user = a.WebSocket.User.Name
		}
		expectEqual(t, row.rule+" user", user, row.user)
		expectEqual(t, row.rule+" error", a.WebSocket.Error, row.err)
	}
}

func TestBasic(t *testing.T) {
	expectEqual(t, "colon in the password", answerTo(t, "basic", fields{"authorization": []string{"basic dTpwOng="}}), `{"ok":true,"user":"u","password":"p:x"}`)
	expectEqual(t, "PW-02 no Basic header", answerTo(t, "basic", fields{"authorization": []string{"Bearer x"}}), `{"ok":false,"user":"","password":""}`)
}

// Rule H-01, and H-03: a key that a proxy escaped comes back in lower case.
func TestRequestHeader(t *testing.T) {
	expectEqual(t, "H-01", answerTo(t, "request-header", fields{"headers": [][]string{
		{"x-remote-user", "u"}, {"X-Remote-User", "v"}, {"X-Remote-Group", "b"}, {"X-Remote-Group", ""}, {"X-Remote-Group", "a"},
		{"X-Remote-Extra-A%2fB", "1"}, {"Other", "x"},
	}}), `{"user":{"name":"u","groups":["b","a"],"extra":{"a/b":["1"]}},"headers":[["Other","x"]]}`)
	expectEqual(t, "H-01 nobody", answerTo(t, "request-header", fields{"headers": [][]string{{"X-Remote-Group", "a"}}}), `{"headers":[["X-Remote-Group","a"]]}`)
}

// answerTo is the line that answers a question.
func answerTo(t *testing.T, mode string, question any) string {
	t.Helper()
	return ask(t, mode, jsonOf(t, question))[0]
}
