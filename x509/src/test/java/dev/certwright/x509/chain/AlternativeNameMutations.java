package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.util.List;
import java.util.Random;

/** Alternative names and constraints of them (rules GV-17 to GV-20, XS-40 to XS-43). */
final class AlternativeNameMutations {
  private static final String[] DOMAINS = {
    "example.com", "a.example.com", ".example.com", "EXAMPLE.com", "xexample.com", "com", "", ".",
    "a..b", "example.com.", "*.example.com", "*", "b.a.example.com", "a-a.com", "a.a.com", "a.com",
    ".com", "*.a.example.com", "e xample.com", "exa\u0001mple.com", "a.*.com", "*.com", "..a",
        "-a.com",
    "aexample.com", ".a.example.com", "*a.example.com"
  };
  private static final String[] MAILBOXES = {
    "jane@example.com",
    "Jane@example.com",
    "jane@EXAMPLE.com",
    "\"jane\"@example.com",
    "jane@a.example.com",
    "@example.com",
    "jane@",
    "jane",
    "ja..ne@example.com",
    ".jane@example.com",
    "jane.@example.com",
    "\"ja ne\"@example.com",
    "ja\\ne@example.com",
    "\"a\\\"b\"@example.com",
    "jane@.example.com",
    "jane@example.com.",
    "a@b@example.com",
    "\"a\tb\"@example.com",
    "\"a",
    "a b@example.com",
    "\"\"@example.com",
    "\\",
    "jane\\@example.com",
    "a\\ b@example.com",
    "\"\\\n\"@example.com"
  };
  private static final String[] URIS = {
    "http://example.com/",
    "https://a.example.com",
    "http://EXAMPLE.com",
    "http://example.com:80/x",
    "http://1.2.3.4/",
    "http://[::1]/",
    "http://[::1]:80/",
    "http://[fe80::1%25en0]/",
    "mailto:jane@example.com",
    "urn:x",
    "http:///x",
    "//example.com/x",
    "///x",
    "x/y:z",
    "a:b",
    ":x",
    "*",
    "",
    "http://user@example.com",
    "http://user:pw@example.com/",
    "http://us er@example.com/",
    "http://a@b@example.com/",
    "http://example.com:x/",
    "http://example.com:80:80/",
    "ftp://example.com:80:80/",
    "foo://a:b:80/",
    "http://exa%41mple.com/",
    "http://exa%C3%A9.com/",
    "http://example.com/%zz",
    "http://example.com/%41",
    "http://example.com/#%zz",
    "http://example.com/#a%41",
    "http://example.com/?%zz",
    "http://exa mple.com/",
    "http://example.com./",
    "http://.example.com/",
    "http://a..b/",
    "http://[::1",
    "http://a[b]/",
    "http://[1.2.3.4]/",
    "http://[::ffff:1.2.3.4]/",
    "http://[v1.x]/",
    "1http://example.com/",
    "h+t.p-://example.com/",
    "http://example.com\u0001/",
    "http://example.com/\u007f",
    "http://*.example.com/",
    "spiffe://cluster/ns/x",
    "http://example.com:/",
    "http://<a>\"b\"/",
    "http://a,b;c=d/",
    "http://a`b/",
    "http://%25/",
    "http://[fe80::1%25%65n0]/",
    "http://[fe80::1%25 ]/",
    "http://[::%25]/",
    "http://[]/",
    "http://[::]x/",
    "http://example.com:8080",
    "http://01.2.3.4/",
    "http://1.2.3/",
    "http://[12345::]/",
    "http://[1::2::3]/",
    "http://[1:2:3:4:5:6:7:8]/",
    "http://[1:2:3:4:5:6:7::]/",
    "http://[1:2:3:4:5:6:1.2.3.4]/",
    "http://[::1:2:3:4:5:6:7:8]/",
    "http:",
    "http:/x",
    "http:x",
    "x?y:z",
    "x#y:z",
    "?",
    "#",
    "http://h?a/b:c",
    "foo://[::1]:80:90/",
    "http://a:b@c:d@e/"
  };

  private AlternativeNameMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("alternative names", AlternativeNameMutations::names));
    list.add(new Mutation("name constraints", AlternativeNameMutations::constraints));
    list.add(new Mutation("names and constraints", AlternativeNameMutations::both));
    list.add(new Mutation("addresses and constraints", AlternativeNameMutations::addresses));
    list.add(new Mutation("domains and constraints", AlternativeNameMutations::domains));
    list.add(
        new Mutation(
            "names in a CA below constraints", AlternativeNameMutations::namesOfAuthority));
    list.add(new Mutation("form of name constraints", AlternativeNameMutations::form));
  }

  private static byte[] address(Random random) {
    return pick(
        random,
        bytes(10, 0, 0, 4),
        bytes(10, 0, 0, 5),
        bytes(9, 1, 2, 3),
        bytes(255, 255, 255, 255),
        bytes(0, 0, 0, 0),
        bytes(32, 1, 13, 184, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
        bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 0, 0, 4),
        new byte[16],
        bytes(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 254, 10, 0, 0, 4));
  }

  private static byte[] name(Random random) {
    return switch (random.nextInt(9)) {
      case 0, 1 -> text(0x82, pick(random, DOMAINS));
      case 2, 3 -> text(0x81, pick(random, MAILBOXES));
      case 4, 5 -> text(0x86, pick(random, URIS));
      case 6 -> tlv(0x87, address(random));
      case 7 ->
          pick(
              random,
              tlv(0xA0, bytes(5, 0)),
              tlv(0xA4, sequence()),
              tlv(0x88, bytes(0x2A)),
              bytes(0x82, 1, 0x80),
              bytes(0x81, 1, 0xC3),
              bytes(0x86, 2, 0xC3, 0xA9),
              tlv(0x87, bytes(1, 2, 3)),
              tlv(0x87, new byte[15]),
              tlv(0x87),
              tlv(0xA2, text(0x16, "a")),
              bytes(5, 0),
              bytes(0x82, 9, 1),
              tlv(0xC2, bytes(65)),
              tlv(0x02, bytes(1)));
      default -> text(0x86, mangled(random));
    };
  }

  /** A URI with one character changed. */
  private static String mangled(Random random) {
    StringBuilder text = new StringBuilder(pick(random, URIS));
    String characters = ":/?#[]@!$&'()*+,;=%.-_~ <>\"{}|\\^`azAZ019";
    if (text.length() == 0) {
      return "x";
    }
    int edits = 1 + random.nextInt(2);
    for (int i = 0; i < edits; i++) {
      int at = random.nextInt(text.length());
      char c = characters.charAt(random.nextInt(characters.length()));
      if (random.nextBoolean()) {
        text.setCharAt(at, c);
      } else {
        text.insert(at, c);
      }
    }
    return text.toString();
  }

  private static byte[] someNames(Random random) {
    byte[] all = {};
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      all = concat(all, name(random));
    }
    return sequence(all);
  }

  private static void names(Scenario scenario, Random random) {
    scenario.any(random).put(Scenario.SAN, random.nextInt(3) == 0, someNames(random));
  }

  private static byte[] range(Random random) {
    byte[] address = address(random);
    byte[] mask = new byte[address.length];
    int bits = pick(random, 0, 8, 16, 24, 31, 32, address.length * 8);
    for (int i = 0; i < bits && i < mask.length * 8; i++) {
      mask[i / 8] |= (byte) (0x80 >> (i % 8));
    }
    if (random.nextInt(20) == 0) {
      mask[mask.length - 1] |= 1;
    }
    return tlv(0x87, address, mask);
  }

  private static byte[] constraint(Random random) {
    byte[] base =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> text(0x82, pick(random, DOMAINS));
          case 3 -> text(0x81, pick(random, MAILBOXES));
          case 4 -> text(0x81, pick(random, DOMAINS));
          case 5 -> text(0x86, pick(random, DOMAINS));
          case 6, 7 -> range(random);
          case 8 ->
              text(
                  0x86,
                  pick(random, "1.2.3.4", "::1", "fe80::1%en0", "[::1]", "1.2.3", "1.2.3.4.5"));
          default ->
              pick(
                  random,
                  tlv(0xA4, sequence()),
                  tlv(0xA0, bytes(5, 0)),
                  bytes(0x82, 1, 0x80),
                  tlv(0x87, bytes(1)),
                  bytes(5, 0));
        };
    return sequence(
        base, random.nextInt(10) == 0 ? pick(random, bytes(0x80, 1, 0), bytes(1)) : new byte[0]);
  }

  private static byte[] someConstraints(Random random, int most) {
    byte[] permitted = {};
    byte[] excluded = {};
    int count = 1 + random.nextInt(most);
    for (int i = 0; i < count; i++) {
      if (random.nextBoolean()) {
        permitted = concat(permitted, constraint(random));
      } else {
        excluded = concat(excluded, constraint(random));
      }
    }
    return sequence(
        permitted.length > 0 ? tlv(0xA0, permitted) : new byte[0],
        excluded.length > 0 ? tlv(0xA1, excluded) : new byte[0]);
  }

  private static void constraints(Scenario scenario, Random random) {
    scenario
        .any(random)
        .put(Scenario.NAME_CONSTRAINTS, random.nextBoolean(), someConstraints(random, 5));
  }

  private static void both(Scenario scenario, Random random) {
    scenario.leaf().put(Scenario.SAN, false, someNames(random));
    scenario
        .anyAuthority(random)
        .put(Scenario.NAME_CONSTRAINTS, random.nextBoolean(), someConstraints(random, 3));
  }

  private static void addresses(Scenario scenario, Random random) {
    scenario.leaf().put(Scenario.SAN, false, sequence(tlv(0x87, address(random))));
    byte[] subtrees = {};
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      subtrees = concat(subtrees, sequence(range(random)));
    }
    scenario
        .anyAuthority(random)
        .put(
            Scenario.NAME_CONSTRAINTS,
            true,
            sequence(tlv(random.nextBoolean() ? 0xA0 : 0xA1, subtrees)));
  }

  private static void domains(Scenario scenario, Random random) {
    scenario
        .leaf()
        .put(
            Scenario.SAN,
            false,
            sequence(text(pick(random, 0x82, 0x82, 0x81), pick(random, DOMAINS))));
    if (random.nextInt(4) == 0) {
      scenario.leaf().put(Scenario.SAN, false, sequence(text(0x81, pick(random, MAILBOXES))));
    }
    byte[] subtrees = {};
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      subtrees =
          concat(subtrees, sequence(text(pick(random, 0x82, 0x82, 0x81), pick(random, DOMAINS))));
    }
    scenario
        .anyAuthority(random)
        .put(
            Scenario.NAME_CONSTRAINTS,
            true,
            sequence(tlv(random.nextBoolean() ? 0xA0 : 0xA1, subtrees)));
  }

  private static void namesOfAuthority(Scenario scenario, Random random) {
    scenario.anyAuthority(random).put(Scenario.SAN, false, someNames(random));
    scenario.anyAuthority(random).put(Scenario.NAME_CONSTRAINTS, true, someConstraints(random, 2));
  }

  private static void form(Scenario scenario, Random random) {
    byte[] good = sequence(text(0x82, "example.com"));
    scenario
        .any(random)
        .put(
            Scenario.NAME_CONSTRAINTS,
            random.nextBoolean(),
            pick(
                random,
                sequence(),
                sequence(tlv(0xA0)),
                sequence(tlv(0xA0), tlv(0xA1)),
                sequence(tlv(0xA0), tlv(0xA1, good)),
                sequence(tlv(0xA1, good), tlv(0xA0, good)),
                sequence(tlv(0xA0, good), bytes(5, 0)),
                concat(sequence(tlv(0xA0, good)), bytes(0)),
                sequence(tlv(0x80, good)),
                sequence(tlv(0xA0, good), tlv(0xA0, good)),
                sequence(tlv(0xA0, text(0x82, "example.com"))),
                sequence(tlv(0xA0, sequence())),
                sequence(tlv(0xA2, good))));
  }
}
