package dev.certwright.kubeconfig;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that stand in a kubeconfig as base64, such as {@code client-key-data}.
 *
 * <p>Immutable; {@link #toString()} tells the size and nothing else.
 */
public final class EmbeddedData {
  /** No data. */
  public static final EmbeddedData NONE = new EmbeddedData(new byte[0]);

  private final byte[] bytes;

  private EmbeddedData(byte[] bytes) {
    this.bytes = bytes;
  }

  /** A copy of these bytes. */
  public static EmbeddedData of(byte[] bytes) {
    return new EmbeddedData(bytes.clone());
  }

  /**
   * Decodes base64 as Go does: standard alphabet, padded, line breaks ignored.
   *
   * @throws IllegalArgumentException if it is not base64
   */
  static EmbeddedData ofBase64(String text) {
    StringBuilder compact = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7F) {
        throw new IllegalArgumentException("not base64");
      }
      if (c != '\n' && c != '\r') {
        compact.append(c);
      }
    }
    // The JDK would do without padding.
    if (compact.length() % 4 != 0) {
      throw new IllegalArgumentException("not base64");
    }
    return new EmbeddedData(Base64.getDecoder().decode(compact.toString()));
  }

  /** A copy of the bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The bytes as a kubeconfig holds them. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EmbeddedData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
