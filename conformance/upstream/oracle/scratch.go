package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// root is what questions write for the folder of their files, and what answers show for it.
const root = "$ROOT"

// scratch is a folder for the files of one question, for upstream functions that read only files. Its real name is
// never seen: answers would otherwise differ from run to run.
type scratch struct {
	dir string
}

// newScratch makes the folder and makes it the working directory.
func newScratch() *scratch {
	dir, err := os.MkdirTemp("", "oracle")
	if err == nil {
		dir, err = filepath.EvalSymlinks(dir)
	}
	if err == nil {
		err = os.Chdir(dir)
	}
	if err != nil {
		panic(err)
	}
	return &scratch{dir: dir}
}

// write makes the files, given by paths inside the folder. A $ROOT in a content becomes the folder.
func (s *scratch) write(files map[string]string) error {
	for name, content := range files {
		if !filepath.IsLocal(strings.TrimPrefix(name, root+"/")) {
			return fmt.Errorf("file %q is outside the question's folder", name)
		}
		path := s.path(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(s.inside(content)), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// inside replaces $ROOT by the folder.
func (s *scratch) inside(text string) string {
	return strings.ReplaceAll(text, root, s.dir)
}

// path is where a file of the question lies.
func (s *scratch) path(name string) string {
	return filepath.Join(s.dir, strings.TrimPrefix(name, root+"/"))
}

// outside replaces the folder by $ROOT.
func (s *scratch) outside(text string) string {
	return strings.ReplaceAll(text, s.dir, root)
}

// outsideJSON does so in a whole answer.
func (s *scratch) outsideJSON(value any) any {
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		panic(err)
	}
	return json.RawMessage(s.outside(buffer.String()))
}

// clear empties the folder.
func (s *scratch) clear() {
	entries, err := os.ReadDir(s.dir)
	errs := []error{err}
	for _, entry := range entries {
		errs = append(errs, os.RemoveAll(filepath.Join(s.dir, entry.Name())))
	}
	if err := errors.Join(errs...); err != nil {
		panic(err)
	}
}

// remove ends the folder's life.
func (s *scratch) remove() {
	_ = os.Chdir(os.TempDir())
	_ = os.RemoveAll(s.dir)
}

// withScratch makes an answerer whose questions have files. The folder lives as long as the stream.
func withScratch[Q any](ask func(*scratch, Q) any) answerer {
	s := newScratch()
	atEnd = append(atEnd, s.remove)
	return answering(func(q Q) any {
		defer s.clear()
		return s.outsideJSON(ask(s, q))
	})
}

// atEnd is done when the stream has ended, or a signal ends the program.
var atEnd []func()

var ended sync.Once

func end() {
	ended.Do(func() {
		for _, end := range atEnd {
			end()
		}
	})
}

// endOnSignal leaves nothing behind when the program is told to go, or nobody reads its answers any more. To be called when all modes are open.
func endOnSignal() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGHUP, syscall.SIGINT, syscall.SIGTERM, syscall.SIGPIPE)
	go func() {
		received := <-signals
		end()
		os.Exit(128 + int(received.(syscall.Signal)))
	}()
}
