package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.key.PortableSignatureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cases of upstream's table for name constraints and extended key usages (rules GV-07 to GV-10,
 * GV-17, GV-18, XS-40 to XS-43), each with a chain made for it.
 */
final class CaseTableTest {
  private static final TestKeys KEYS = new TestKeys(7);

  record Case(String roots, String levels, String leaf, String purpose, String verdict) {}

  static Stream<Case> cases() throws IOException {
    try (InputStream in = CaseTableTest.class.getResourceAsStream("name-constraint-cases.tsv")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      List<Case> cases = new ArrayList<>();
      for (String line : text.lines().filter(line -> !line.startsWith("#")).toList()) {
        String[] fields = line.split("\t", -1);
        cases.add(new Case(fields[0], fields[1], fields[2], fields[3], fields[4]));
      }
      assertThat(cases).hasSize(95);
      return cases.stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void verdictIsUpstreams(Case row) {
    ChainAnswer answer = new ChainJudge(new PortableSignatureVerifier()).answer(question(row));

    assertThat(answer.ok() ? "ok" : "refused").as(answer.error()).isEqualTo(row.verdict);
    assertThat(answer.stage()).isEqualTo(row.verdict.equals("ok") ? "" : "verify");
  }

  static ChainQuestion question(Case row) {
    Scenario scenario = Scenario.good(KEYS, 0, new Random(1));
    scenario.roots.clear();
    CertificateSpec leaf = scenario.leaf();
    leaf.extensions.clear();
    TestKey signer = KEYS.usual(new Random(0));
    byte[] issuer = Scenario.name("root");
    for (String spec : row.roots.split(" ; ", -1)) {
      scenario.roots.add(described(scenario.authority(issuer, issuer, signer, signer), spec));
    }
    if (!row.levels.equals("-")) {
      int level = 0;
      for (String alternatives : row.levels.split(" / ", -1)) {
        byte[] subject = Scenario.name("level " + level++);
        TestKey own = KEYS.usual(new Random(level));
        for (String spec : alternatives.split(" ; ", -1)) {
          scenario.chain.add(described(scenario.authority(issuer, subject, own, signer), spec));
        }
        issuer = subject;
        signer = own;
      }
    }
    leaf.issuer = issuer;
    leaf.sign(signer, signer.usual());
    described(leaf, row.leaf);
    scenario.anyExtendedKeyUsage = row.purpose.equals("any");
    return scenario.question("1", new CertificateSpec.SignatureMemory());
  }

  private static CertificateSpec described(CertificateSpec certificate, String spec) {
    List<byte[]> names = new ArrayList<>();
    List<byte[]> permitted = new ArrayList<>();
    List<byte[]> excluded = new ArrayList<>();
    List<byte[]> purposes = new ArrayList<>();
    for (String word : spec.equals(".") ? new String[0] : spec.split(" ", -1)) {
      String plain = word.replace("%20", " ");
      if (plain.startsWith("eku:")) {
        purposes.add(oid(purpose(plain.substring(4))));
      } else if (plain.startsWith("+")) {
        permitted.add(sequence(name(plain.substring(1), true)));
      } else if (plain.startsWith("-")) {
        excluded.add(sequence(name(plain.substring(1), true)));
      } else {
        names.add(name(plain, false));
      }
    }
    if (!names.isEmpty()) {
      certificate.put(Scenario.SAN, false, sequence(concat(names)));
    }
    if (!purposes.isEmpty()) {
      certificate.put(Scenario.EKU, false, sequence(concat(purposes)));
    }
    if (!permitted.isEmpty() || !excluded.isEmpty()) {
      certificate.put(
          Scenario.NAME_CONSTRAINTS,
          false,
          sequence(
              permitted.isEmpty() ? bytes() : tlv(0xA0, concat(permitted)),
              excluded.isEmpty() ? bytes() : tlv(0xA1, concat(excluded))));
    }
    return certificate;
  }

  private static byte[] name(String text, boolean subtree) {
    int colon = text.indexOf(':');
    String value = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "email" -> tlv(0x81, Scenario.ascii(value));
      case "dns" -> tlv(0x82, Scenario.ascii(value));
      case "uri" -> tlv(0x86, Scenario.ascii(value));
      case "ip" -> tlv(0x87, subtree ? range(value) : address(value));
      case "unknown" -> tlv(9, bytes(1));
      default -> throw new AssertionError("a name of the kind " + text);
    };
  }

  private static byte[] address(String text) {
    try {
      byte[] address = InetAddress.getByName(text).getAddress();
      // Java takes an IPv6 address that holds an IPv4 one for the latter.
      return address.length == 4 && text.contains(":")
          ? concat(new byte[10], bytes(0xFF, 0xFF), address)
          : address;
    } catch (UnknownHostException notAnAddress) {
      throw new AssertionError(notAnAddress);
    }
  }

  private static byte[] range(String text) {
    byte[] address = address(text.substring(0, text.indexOf('/')));
    int bits = Integer.parseInt(text.substring(text.indexOf('/') + 1));
    byte[] mask = new byte[address.length];
    Arrays.fill(mask, 0, bits / 8, (byte) 0xFF);
    if (bits % 8 != 0) {
      mask[bits / 8] = (byte) (0xFF << (8 - bits % 8));
    }
    return concat(address, mask);
  }

  static String purpose(String word) {
    return switch (word) {
      case "clientAuth" -> Scenario.CLIENT_AUTH;
      case "serverAuth" -> "1.3.6.1.5.5.7.3.1";
      case "codeSigning" -> "1.3.6.1.5.5.7.3.3";
      case "email" -> "1.3.6.1.5.5.7.3.4";
      case "any" -> "2.5.29.37.0";
      case "netscapeSGC" -> "2.16.840.1.113730.4.1";
      case "msSGC" -> "1.3.6.1.4.1.311.10.3.3";
      case "other" -> "2.4.1.2.3";
      default -> throw new AssertionError("a purpose called " + word);
    };
  }
}
