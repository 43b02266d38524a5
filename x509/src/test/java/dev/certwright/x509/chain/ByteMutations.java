package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes of encoded bytes, before signing and after, and of PEM. */
final class ByteMutations {
  private static final byte[] TELLING = {
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    0x0C,
    0x13,
    0x16,
    0x17,
    0x18,
    0x1F,
    0x30,
    0x31,
    0x3F,
    0x7F,
    (byte) 0x80,
    (byte) 0x81,
    (byte) 0x82,
    (byte) 0x84,
    (byte) 0x85,
    (byte) 0xA0,
    (byte) 0xA3,
    (byte) 0xFF
  };

  private ByteMutations() {}

  static void addTo(List<Mutation> list) {
    for (int i = 0; i < 3; i++) {
      list.add(new Mutation("signed bytes", ByteMutations::signed));
      list.add(new Mutation("signed elements", ByteMutations::signedElements));
    }
    list.add(new Mutation("final bytes", ByteMutations::finished));
    list.add(new Mutation("final elements", ByteMutations::finishedElements));
    list.add(new Mutation("extension value bytes", ByteMutations::extensionValue));
    list.add(new Mutation("PEM", ByteMutations::pem));
  }

  private static void signed(Scenario scenario, Random random) {
    long seed = random.nextLong();
    scenario.any(random).signedChange = bytes -> flip(bytes, new Random(seed));
  }

  private static void finished(Scenario scenario, Random random) {
    long seed = random.nextLong();
    scenario.any(random).finalChange = bytes -> flip(bytes, new Random(seed));
  }

  private static void signedElements(Scenario scenario, Random random) {
    long seed = random.nextLong();
    scenario.any(random).signedChange = bytes -> element(bytes, new Random(seed));
  }

  private static void finishedElements(Scenario scenario, Random random) {
    long seed = random.nextLong();
    scenario.any(random).finalChange = bytes -> element(bytes, new Random(seed));
  }

  private static void extensionValue(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    if (!certificate.extensions.isEmpty()) {
      CertificateSpec.ExtensionSpec extension =
          certificate.extensions.get(random.nextInt(certificate.extensions.size()));
      extension.value = flip(extension.value, random);
    }
  }

  private static byte[] flip(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    int edits = random.nextInt(4) == 0 ? 1 + random.nextInt(3) : 1;
    for (int i = 0; i < edits && changed.length > 0; i++) {
      int at = random.nextInt(changed.length);
      switch (random.nextInt(6)) {
        case 0 -> changed[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> changed[at] = TELLING[random.nextInt(TELLING.length)];
        case 2 -> changed[at] += (byte) (random.nextBoolean() ? 1 : -1);
        case 3 -> changed[at] = (byte) random.nextInt(256);
        case 4 -> changed = splice(changed, at, at + 1, new byte[0]);
        default ->
            changed = splice(changed, at, at, new byte[] {TELLING[random.nextInt(TELLING.length)]});
      }
    }
    return changed;
  }

  private static byte[] splice(byte[] bytes, int from, int to, byte[] by) {
    return TestDer.concat(
        Arrays.copyOf(bytes, from), by, Arrays.copyOfRange(bytes, to, bytes.length));
  }

  private record Element(int header, int start, int end, List<Integer> path) {}

  /** Changes one element and the lengths of those around it, so that the rest stays readable. */
  private static byte[] element(byte[] bytes, Random random) {
    List<Element> all = new ArrayList<>();
    collect(bytes, 0, bytes.length, new ArrayList<>(), all);
    if (all.isEmpty()) {
      return bytes;
    }
    Element chosen = all.get(random.nextInt(all.size()));
    byte[] content = Arrays.copyOfRange(bytes, chosen.start, chosen.end);
    int tag = bytes[chosen.header] & 0xFF;
    byte[] whole = Arrays.copyOfRange(bytes, chosen.header, chosen.end);
    byte[] replacement =
        switch (random.nextInt(10)) {
          case 0 -> new byte[0];
          case 1 -> TestDer.concat(whole, whole);
          case 2 -> TestDer.tlv(TELLING[random.nextInt(TELLING.length)] & 0xFF, content);
          case 3 -> TestDer.tlv(tag, flip(content, random));
          case 4 -> TestDer.tlv(tag, content, TestDer.bytes(random.nextInt(3)));
          case 5 -> TestDer.tlv(tag);
          case 6 -> TestDer.concat(whole, TestDer.bytes(5, 0));
          case 7 -> longForm(tag, content, random);
          case 8 -> {
            Element other = all.get(random.nextInt(all.size()));
            yield Arrays.copyOfRange(bytes, other.header, other.end);
          }
          default -> TestDer.tlv(tag ^ 0x20, content);
        };
    return replace(bytes, chosen, replacement);
  }

  private static byte[] longForm(int tag, byte[] content, Random random) {
    int length = content.length;
    byte[] header =
        pick(
            random,
            TestDer.bytes(tag, 0x81, length),
            TestDer.bytes(tag, 0x82, length >> 8, length),
            TestDer.bytes(tag, 0x84, 0, 0, length >> 8, length),
            TestDer.bytes(tag, 0x80),
            TestDer.bytes(tag, 0x85, 0, 0, 0, 0, length));
    return TestDer.concat(header, content);
  }

  private static void collect(
      byte[] bytes, int from, int to, List<Integer> path, List<Element> all) {
    int at = from;
    while (at + 2 <= to) {
      int length = bytes[at + 1] & 0xFF;
      int start = at + 2;
      if (length > 0x7F) {
        int count = length & 0x7F;
        if (count > 3 || start + count > to) {
          return;
        }
        length = 0;
        for (int i = 0; i < count; i++) {
          length = length << 8 | bytes[start++] & 0xFF;
        }
      }
      if (start + length > to) {
        return;
      }
      all.add(new Element(at, start, start + length, List.copyOf(path)));
      int tag = bytes[at] & 0xFF;
      if ((tag & 0x20) != 0 || tag == 4) {
        path.add(at);
        collect(bytes, start, start + length, path, all);
        path.remove(path.size() - 1);
      }
      at = start + length;
    }
  }

  private static byte[] replace(byte[] bytes, Element chosen, byte[] by) {
    byte[] inner = by;
    int from = chosen.header;
    int to = chosen.end;
    for (int i = chosen.path.size() - 1; i >= 0; i--) {
      int header = chosen.path.get(i);
      int start = header + 2 + ((bytes[header + 1] & 0x80) != 0 ? bytes[header + 1] & 0x7F : 0);
      int length = contentLength(bytes, header);
      inner =
          TestDer.tlv(
              bytes[header] & 0xFF,
              Arrays.copyOfRange(bytes, start, from),
              inner,
              Arrays.copyOfRange(bytes, to, start + length));
      from = header;
      to = start + length;
    }
    return splice(bytes, from, to, inner);
  }

  private static int contentLength(byte[] bytes, int header) {
    int length = bytes[header + 1] & 0xFF;
    if (length > 0x7F) {
      int count = length & 0x7F;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | bytes[header + 2 + i] & 0xFF;
      }
    }
    return length;
  }

  private static final String[] SNIPPETS = {
    "\n",
    " ",
    "\t",
    "\r",
    "\r\n",
    "-",
    "=",
    "==",
    ":",
    "a: b\n",
    "-----BEGIN CERTIFICATE-----\n",
    "-----END CERTIFICATE-----\n",
    "-----END CERTIFICATE-----",
    "-----BEGIN X-----\n",
    "-----END X-----\n",
    "x",
    "A",
    "\n\n",
    "-----",
    "# text\n",
    "A: \n\n",
    "-----END CERTIFICATE----- \t\n",
    "-----BEGIN ",
    "-----END "
  };

  private static void pem(Scenario scenario, Random random) {
    long seed = random.nextLong();
    Scenario.PemChange change = text -> edit(text, new Random(seed));
    if (random.nextBoolean()) {
      scenario.rootPem = change;
    } else {
      scenario.chainPem = change;
    }
  }

  private static String edit(String text, Random random) {
    StringBuilder changed = new StringBuilder(text);
    int edits = 1 + random.nextInt(3);
    for (int i = 0; i < edits; i++) {
      String snippet = SNIPPETS[random.nextInt(SNIPPETS.length)];
      int kind = random.nextInt(8);
      int at =
          switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> changed.length();
            case 2 -> Math.min(changed.length(), 28);
            default -> random.nextInt(changed.length() + 1);
          };
      if (kind < 4) {
        changed.insert(at, snippet);
      } else if (kind == 4) {
        changed.delete(at, Math.min(changed.length(), at + 1 + random.nextInt(3)));
      } else if (kind == 5) {
        return changed.toString().replace("\n", pick(random, "\r\n", "\n ", " \n", "\n\n", "\r"));
      } else if (kind == 6) {
        return text + changed;
      } else {
        return changed.toString().replace("=", "");
      }
    }
    return changed.toString();
  }
}
