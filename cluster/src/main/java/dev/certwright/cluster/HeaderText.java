package dev.certwright.cluster;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Texts as values of HTTP headers: the bytes of UTF-8, as Go's programs send them.
 *
 * <p>The JDK's connections write headers in the platform's character set, and a question mark for
 * what that has not.
 */
final class HeaderText {
  static final Charset WRITTEN = written();

  private HeaderText() {}

  private static Charset written() {
    String name = System.getProperty("file.encoding", "");
    try {
      Charset charset = Charset.forName(name);
      String ascii = "Authorization: 0";
      boolean superset =
          Arrays.equals(ascii.getBytes(charset), ascii.getBytes(StandardCharsets.US_ASCII));
      return superset ? charset : StandardCharsets.ISO_8859_1;
    } catch (IllegalArgumentException unknown) {
      return StandardCharsets.ISO_8859_1;
    }
  }

  /**
   * What a connection has to be given, so that the bytes of the text arrive.
   *
   * @param what it is, for the message; the text may be secret
   * @throws UnusableCredentialsException if they would not, or no header can hold them: whoever
   *     sent something similar would be somebody else
   */
  static String of(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' && c != '\t' || c == 0x7F) {
        throw new UnusableCredentialsException(
            what + " of the user holds a control character, which no header can",
            "correct the kubeconfig, or the file it names",
            null);
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    String sent = new String(bytes, WRITTEN);
    if (!Arrays.equals(sent.getBytes(WRITTEN), bytes)) {
      throw new UnusableCredentialsException(
          what + " of the user holds characters that cannot be sent in " + WRITTEN,
          "set a locale with UTF-8, such as LC_ALL=C.UTF-8",
          null);
    }
    return sent;
  }
}
