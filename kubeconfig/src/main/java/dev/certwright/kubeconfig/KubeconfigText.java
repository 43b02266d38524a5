package dev.certwright.kubeconfig;

import dev.certwright.yaml.SyntaxNode;
import dev.certwright.yaml.SyntaxParser;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlText;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A kubeconfig's text with everything needed to change it in place. */
final class KubeconfigText {
  private final String file;
  private final byte[] bytes;
  private final String text;
  private final String lineEnd;
  private final @Nullable SyntaxNode root;
  private final YamlValue value;
  private final Kubeconfig config;

  private KubeconfigText(
      String file, byte[] bytes, String text, @Nullable SyntaxNode root, YamlValue value) {
    this.file = file;
    this.bytes = bytes;
    this.text = text;
    this.lineEnd = lineEnd(text);
    this.root = root;
    this.value = value;
    this.config = KubeconfigReader.of(file, value);
  }

  /**
   * Parses a text.
   *
   * @throws MalformedKubeconfigException if it is no kubeconfig
   */
  static KubeconfigText of(String file, byte[] bytes) {
    try {
      String text = YamlText.decode(file, bytes, KubeconfigReader.LIMITS);
      SyntaxNode root = SyntaxParser.first(file, text, KubeconfigReader.LIMITS);
      return new KubeconfigText(file, bytes, text, root, KubeconfigReader.parse(file, bytes));
    } catch (YamlException e) {
      throw new MalformedKubeconfigException(e);
    }
  }

  private static String lineEnd(String text) {
    int newline = text.indexOf('\n');
    if (newline > 0 && text.charAt(newline - 1) == '\r') {
      return "\r\n";
    }
    return newline < 0 && text.indexOf('\r') >= 0 ? "\r" : "\n";
  }

  String file() {
    return file;
  }

  byte[] bytes() {
    return bytes.clone();
  }

  String text() {
    return text;
  }

  String lineEnd() {
    return lineEnd;
  }

  /** The first document's root, null if there is no document. */
  @Nullable SyntaxNode root() {
    return root;
  }

  YamlValue value() {
    return value;
  }

  Kubeconfig config() {
    return config;
  }

  /** Another text in the encoding of this one, byte order mark kept. */
  byte[] encode(String other) {
    int mark = YamlText.markLength(bytes);
    Charset charset = StandardCharsets.UTF_8;
    if (mark == 2) {
      charset = bytes[0] == (byte) 0xFE ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    byte[] content = other.getBytes(charset);
    byte[] whole = Arrays.copyOf(bytes, mark + content.length);
    System.arraycopy(content, 0, whole, mark, content.length);
    return whole;
  }
}
