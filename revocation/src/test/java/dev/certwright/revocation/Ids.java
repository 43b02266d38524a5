package dev.certwright.revocation;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Credential ids of certificates that do not exist. */
public final class Ids {
  private Ids() {}

  /** So many, sorted, the same each time. */
  public static List<String> of(int count) {
    Random random = new Random(count);
    TreeSet<String> ids = new TreeSet<>();
    byte[] digest = new byte[32];
    while (ids.size() < count) {
      random.nextBytes(digest);
      ids.add("X509SHA256=" + HexFormat.of().formatHex(digest));
    }
    return new ArrayList<>(ids);
  }

  /** A denylist of so many revoked certificates. */
  public static Denylist denylist(int count) {
    return new Denylist(
        new Denylist.Names(of(count), List.of(), List.of()), Denylist.EMPTY.revoked());
  }
}
