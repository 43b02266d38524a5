package main

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// TestNothingIsLeftBehind ends the program in all ways, after it made its files.
func TestNothingIsLeftBehind(t *testing.T) {
	for how, finish := range map[string]func(*exec.Cmd, io.Closer) error{
		"end of input": func(_ *exec.Cmd, in io.Closer) error { return in.Close() },
		"nobody reads": func(program *exec.Cmd, _ io.Closer) error { return program.Process.Signal(syscall.SIGPIPE) },
		"SIGTERM":      func(program *exec.Cmd, _ io.Closer) error { return program.Process.Signal(syscall.SIGTERM) },
	} {
		t.Run(how, func(t *testing.T) {
			folder := t.TempDir()
			program, in, out := start(t, "csr-sign", "TMPDIR="+folder)
			if _, err := io.WriteString(in, "{}\n"); err != nil {
				t.Fatal(err)
			}
			if _, err := out.ReadString('\n'); err != nil {
				t.Fatal(err)
			}
			if made, err := os.ReadDir(folder); err != nil || len(made) == 0 {
				t.Fatalf("no files while it runs: %v", err)
			}
			if err := finish(program, in); err != nil {
				t.Fatal(err)
			}
			_ = program.Wait()
			left, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			expectEqual(t, "files left", len(left), 0)
		})
	}
}

// TestEnvironmentDoesNotCount asks with an environment that Go, client-go and kubectl would look at.
func TestEnvironmentDoesNotCount(t *testing.T) {
	question := `{"files":{"c":"current-context: x\nclusters: [{name: c, cluster: {server: 'https://h'}}]\ncontexts: [{name: x, context: {cluster: c}}]\n"},"precedence":["c","none"]}`
	hostile := []string{
		"HOME=/nowhere", "USER=nobody", "LANG=tr_TR.UTF-8", "TZ=Asia/Tokyo", "ZONEINFO=/nowhere", "GODEBUG=x509sha1=1",
		"HTTP_PROXY=http://p:1", "HTTPS_PROXY=http://p:1", "https_proxy=http://p:1", "ALL_PROXY=http://p:1",
		"KUBECONFIG=/nowhere", "KUBERNETES_SERVICE_HOST=10.0.0.1", "KUBERNETES_SERVICE_PORT=443", "POD_NAMESPACE=of-the-pod",
		"KUBE_FEATURE_WatchListClient=false", "KUBERNETES_EXEC_INFO={}",
	}
	var answers []string
	for _, environment := range [][]string{nil, hostile} {
		program, in, out := start(t, "kubeconfig", append([]string{"TMPDIR=" + t.TempDir()}, environment...)...)
		if _, err := io.WriteString(in, question+"\n{}\n"); err != nil {
			t.Fatal(err)
		}
		_ = in.Close()
		all, err := io.ReadAll(out)
		if err != nil {
			t.Fatal(err)
		}
		_ = program.Wait()
		answers = append(answers, string(all))
	}
	if !strings.Contains(answers[0], `"host":"https://h"`) {
		t.Error(answers[0])
	}
	expectEqual(t, "with a hostile environment", answers[1], answers[0])
}

// start runs this test program as the oracle, with that environment alone.
func start(t *testing.T, mode string, environment ...string) (*exec.Cmd, io.WriteCloser, *bufio.Reader) {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := exec.Command(path)
	program.Env = append(environment, asProgram+"="+mode)
	program.Stderr = os.Stderr
	in, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	return program, in, bufio.NewReader(out)
}
