package dev.certwright.authority;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.StringTokenizer;

/** The characters of {@code look-alikes.txt}, read when the first name beyond ASCII comes. */
final class LookAlikeCharacters {
  private static final String FILE = "look-alikes.txt";

  /** Code points that are in no name. */
  static final BitSet ALWAYS = read("always");

  /** Code points that a word may have, but not alone. */
  static final BitSet IN_WORDS = read("words");

  private LookAlikeCharacters() {}

  private static BitSet read(String kind) {
    BitSet found = new BitSet();
    try (InputStream in = LookAlikeCharacters.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing in this build");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        StringTokenizer words = new StringTokenizer(line);
        if (words.nextToken().equals(kind)) {
          words.nextToken();
          while (words.hasMoreTokens()) {
            found.set(Integer.parseInt(words.nextToken(), 16));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }
}
