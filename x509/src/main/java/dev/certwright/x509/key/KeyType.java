package dev.certwright.x509.key;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys that Certwright makes, by the names of {@code --key-type}. */
public enum KeyType {
  P_256("p-256", 0),
  P_384("p-384", 0),
  ED25519("ed25519", 0),
  RSA_2048("rsa-2048", 2048),
  RSA_3072("rsa-3072", 3072),
  RSA_4096("rsa-4096", 4096);

  private final String flag;
  private final int rsaBits;

  KeyType(String flag, int rsaBits) {
    this.flag = flag;
    this.rsaBits = rsaBits;
  }

  /** As a user writes it. */
  public String flag() {
    return flag;
  }

  public boolean isRsa() {
    return rsaBits > 0;
  }

  /** Modulus length in bits; zero if not RSA. */
  public int rsaBits() {
    return rsaBits;
  }

  /** The type with this flag, or null. */
  public static @Nullable KeyType ofFlag(String flag) {
    for (KeyType type : values()) {
      if (type.flag.equals(flag)) {
        return type;
      }
    }
    return null;
  }

  /** All flags in the order of {@link #values()}. */
  public static List<String> flags() {
    List<String> flags = new ArrayList<>();
    for (KeyType type : values()) {
      flags.add(type.flag);
    }
    return flags;
  }
}
