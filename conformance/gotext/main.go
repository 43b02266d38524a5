// Writes which characters Go's strconv.Quote leaves as they are, for the Java code that has to quote alike.
//
// The output is a list of run lengths as unsigned LEB128 numbers: so many characters that are escaped, so many
// that are printed, so many that are escaped, and so on, from U+0000 to U+10FFFF.
//
//	go run ./conformance/gotext > rbac/src/main/resources/dev/certwright/rbac/printable.bin
package main

import (
	"encoding/binary"
	"os"
	"strconv"
	"unicode"
)

func main() {
	var out []byte
	printed, length := false, uint64(0)
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if strconv.IsPrint(r) != printed {
			out = binary.AppendUvarint(out, length)
			printed, length = !printed, 0
		}
		length++
	}
	out = binary.AppendUvarint(out, length)
	if _, err := os.Stdout.Write(out); err != nil {
		panic(err)
	}
}
