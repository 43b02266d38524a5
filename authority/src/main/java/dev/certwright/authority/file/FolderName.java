package dev.certwright.authority.file;

import dev.certwright.x509.Digests;
import java.nio.charset.StandardCharsets;

/**
 * Folder names for user names: readable, safe on every file system, and different for different
 * users. A name of lower-case letters, digits and {@code . _ - @ +} that begins with a letter or
 * digit is its own folder; any other keeps what is safe of it, in Latin letters where there are
 * such, and gets {@code ~} and 80 bits of its SHA-256. No user name gives a name with {@code ~} by
 * itself, so the two kinds never meet; nor do names that a file system which ignores case or
 * normalises Unicode would take for one.
 */
public final class FolderName {
  private static final int MAXIMUM_PLAIN = 100;
  private static final int MAXIMUM_READABLE = 60;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

  private FolderName() {}

  /** The folder of a user; never empty, at most 100 bytes, without a separator. */
  public static String of(String user) {
    return isPlain(user)
        ? user
        : readable(isAscii(user) ? user : LatinLetters.of(user)) + "~" + hash(user);
  }

  private static boolean isPlain(String user) {
    int length = user.length();
    if (length == 0 || length > MAXIMUM_PLAIN || !isLetterOrDigit(user.charAt(0))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = user.charAt(i);
      if (!isLetterOrDigit(c) && "._-@+".indexOf(c) < 0) {
        return false;
      }
    }
    return user.charAt(length - 1) != '.' && !isDeviceName(user);
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
  }

  /** Names that Windows keeps for itself, with any ending. */
  private static boolean isDeviceName(String user) {
    int dot = user.indexOf('.');
    String stem = dot < 0 ? user : user.substring(0, dot);
    return switch (stem) {
      case "con", "prn", "aux", "nul" -> true;
      default ->
          stem.length() == 4
              && (stem.startsWith("com") || stem.startsWith("lpt"))
              && Character.isDigit(stem.charAt(3));
    };
  }

  private static boolean isAscii(String user) {
    for (int i = 0; i < user.length(); i++) {
      if (user.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static String readable(String user) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < user.length() && text.length() < MAXIMUM_READABLE; i++) {
      char c = user.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        text.append((char) (c + 32));
      } else if (isLetterOrDigit(c) || !text.isEmpty() && "._@+".indexOf(c) >= 0) {
        text.append(c);
      } else if (!text.isEmpty() && text.charAt(text.length() - 1) != '-') {
        text.append('-');
      }
    }
    while (!text.isEmpty() && ".-".indexOf(text.charAt(text.length() - 1)) >= 0) {
      text.setLength(text.length() - 1);
    }
    if (text.isEmpty()) {
      return "user";
    }
    String name = text.toString();
    return isDeviceName(name) ? "user-" + name : name;
  }

  private static String hash(String user) {
    byte[] digest = Digests.sha256(bytes(user));
    StringBuilder text = new StringBuilder(16);
    long bits = 0;
    int count = 0;
    for (int i = 0; i < 10; i++) {
      bits = bits << 8 | digest[i] & 0xFF;
      count += 8;
      while (count >= 5) {
        count -= 5;
        text.append(BASE32.charAt((int) (bits >>> count) & 31));
      }
    }
    return text.toString();
  }

  /**
   * UTF-8; for text that is no Unicode its UTF-16 after a byte that UTF-8 never has, because to
   * UTF-8 all halves of surrogate pairs are one question mark.
   */
  private static byte[] bytes(String user) {
    byte[] utf8 = user.getBytes(StandardCharsets.UTF_8);
    if (new String(utf8, StandardCharsets.UTF_8).equals(user)) {
      return utf8;
    }
    byte[] raw = new byte[1 + 2 * user.length()];
    raw[0] = (byte) 0xFF;
    for (int i = 0; i < user.length(); i++) {
      raw[2 * i + 1] = (byte) (user.charAt(i) >>> 8);
      raw[2 * i + 2] = (byte) user.charAt(i);
    }
    return raw;
  }
}
