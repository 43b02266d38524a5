package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// answerer answers one line. What it returns is written as JSON. It may panic: the stream goes on.
type answerer func(line []byte) any

// answer is what every answer begins with.
type answer struct {
	ID json.RawMessage `json:"id,omitempty"`
	// Error says that the line could not be asked about. Modes whose upstream code answers with an error
	// document which field carries it.
	Error string `json:"error,omitempty"`
}

// question is what every question may carry.
type question struct {
	ID      json.RawMessage `json:"id"`
	Comment any             `json:"comment"`
}

type panicked struct {
	ID    json.RawMessage `json:"id,omitempty"`
	Panic string          `json:"panic"`
}

const bufferSize = 1 << 16

// serve answers line by line. Output is flushed only when no whole line is waiting in the buffer: a pipe with many
// lines costs few writes, and a caller that waits for each answer gets it.
func serve(in io.Reader, out io.Writer, answerer answerer) error {
	reader := bufio.NewReaderSize(in, bufferSize)
	writer := bufio.NewWriterSize(out, bufferSize)
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for {
		if !lineWaiting(reader) {
			if err := writer.Flush(); err != nil {
				return err
			}
		}
		line, err := reader.ReadBytes('\n')
		if trimmed := bytes.TrimSpace(line); len(trimmed) > 0 {
			if err := encoder.Encode(safely(answerer, trimmed)); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return writer.Flush()
		}
		if err != nil {
			return errors.Join(err, writer.Flush())
		}
	}
}

func lineWaiting(reader *bufio.Reader) bool {
	buffered, _ := reader.Peek(reader.Buffered())
	return bytes.IndexByte(buffered, '\n') >= 0
}

// safely turns a panic of upstream code into an answer: that it panics is a finding, not an end.
func safely(answerer answerer, line []byte) (result any) {
	defer func() {
		if r := recover(); r != nil {
			var q question
			_ = json.Unmarshal(line, &q)
			result = panicked{ID: q.ID, Panic: fmt.Sprint(r)}
		}
	}()
	return answerer(line)
}

// read decodes a line strictly: a misspelt field would otherwise silently ask another question.
func read(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one JSON value on the line")
	}
	return nil
}

// refuse is the answer to a line that is no question.
func refuse(line []byte, err error) answer {
	var q struct {
		ID json.RawMessage `json:"id"`
	}
	_ = json.Unmarshal(line, &q)
	return answer{ID: q.ID, Error: err.Error()}
}

// answering makes an answerer of a function from a question to its answer.
func answering[Q any](ask func(Q) any) answerer {
	return func(line []byte) any {
		var q Q
		if err := read(line, &q); err != nil {
			return refuse(line, err)
		}
		return ask(q)
	}
}

func text(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}
