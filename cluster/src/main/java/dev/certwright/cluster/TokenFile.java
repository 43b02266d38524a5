package dev.certwright.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file that {@code tokenFile} of a kubeconfig names (rule KC-13). */
final class TokenFile {
  private static final int LONGEST_TOKEN = 1 << 20;

  /** What is white space to Go's programs; the JDK's own idea of it is another. */
  private static final String BLANKS =
      " \t\n\u000B\f\r\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
          + "\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

  private TokenFile() {}

  /**
   * The token without white space around it; empty if there is none.
   *
   * @throws IOException if the file cannot be read
   * @throws UnusableCredentialsException if it is too large to hold a token, or is not UTF-8: what
   *     would be sent of it instead is somebody else's
   */
  static String read(String file) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      byte[] bytes = in.readNBytes(LONGEST_TOKEN + 1);
      if (bytes.length > LONGEST_TOKEN) {
        throw unusable(file, "is larger than " + (LONGEST_TOKEN >> 20) + " MiB", null);
      }
      return stripped(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      throw unusable(file, "is not UTF-8", binary);
    } catch (InvalidPathException noName) {
      throw new IOException("no file has such a name", noName);
    }
  }

  static UnusableCredentialsException unusable(
      String file, String problem, @Nullable Throwable cause) {
    return new UnusableCredentialsException(
        "the token file " + file + " " + problem, "expected a token in it", cause);
  }

  private static String stripped(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && BLANKS.indexOf(text.charAt(start)) >= 0) {
      start++;
    }
    while (end > start && BLANKS.indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return text.substring(start, end);
  }
}
