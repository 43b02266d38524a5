package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Chains through graphs of authorities (rules GV-27 to GV-32, XS-30 to XS-36): the graphs of
 * upstream's tests and some more. An edge {@code a>b} is a certificate for b by a; what follows a
 * colon is put into it: {@code eku=}, {@code dns=} a name, {@code only=} a permitted subtree.
 */
final class PathBuildingTest {
  private static final TestKeys KEYS = new TestKeys(11);
  private static final PortableSignatureVerifier ARITHMETIC = new PortableSignatureVerifier();

  private final Map<String, TestKey> keys = new HashMap<>();
  private final CertificateSpec.SignatureMemory memory = new CertificateSpec.SignatureMemory();
  private final Scenario scenario = Scenario.good(KEYS, 0, new Random(1));

  private TestKey key(String name) {
    return keys.computeIfAbsent(name, unused -> KEYS.usual(new Random(name.hashCode())));
  }

  private Certificate edge(String edge) {
    String[] parts = edge.split(":", -1);
    String issuer = parts[0].substring(0, parts[0].indexOf('>'));
    String subject = parts[0].substring(parts[0].indexOf('>') + 1);
    CertificateSpec spec =
        scenario.authority(
            Scenario.name(issuer), Scenario.name(subject), key(subject), key(issuer));
    for (int i = 1; i < parts.length; i++) {
      String value = parts[i].substring(parts[i].indexOf('=') + 1);
      if (parts[i].startsWith("eku")) {
        spec.put(Scenario.EKU, false, sequence(oid(CaseTableTest.purpose(value))));
      } else if (parts[i].startsWith("dns")) {
        spec.put(Scenario.SAN, false, sequence(text(0x82, value)));
      } else {
        spec.put(
            Scenario.NAME_CONSTRAINTS, false, sequence(tlv(0xA0, sequence(text(0x82, value)))));
      }
    }
    return Certificate.of(spec.encode(memory));
  }

  private ChainResult verify(String root, String graph) {
    List<Certificate> certificates = new ArrayList<>();
    for (String edge : graph.split(" ", -1)) {
      certificates.add(edge(edge));
    }
    Certificate leaf = certificates.remove(certificates.size() - 1);
    return new ChainVerifier(ARITHMETIC)
        .verify(
            leaf,
            certificates,
            TrustAnchors.of(List.of(edge(root))),
            scenario.time,
            Purpose.CLIENT_AUTHENTICATION);
  }

  private static List<String> found(ChainResult result) {
    List<String> found = new ArrayList<>();
    if (result instanceof VerifiedChains verified) {
      for (List<Certificate> chain : verified.chains()) {
        StringBuilder text = new StringBuilder();
        for (Certificate certificate : chain) {
          text.append(text.length() == 0 ? "" : " ")
              .append(certificate.subject().toString().substring("CN=".length()));
        }
        found.add(text.toString());
      }
    }
    return found;
  }

  @ParameterizedTest
  @CsvSource({
    // A way through a certificate for code signing is left out.
    "root>root, root>a root>c c>a a>c c>b:eku=codeSigning a>b b>leaf,"
        + " leaf b a c root|leaf b a root",
    // So is one through an authority that must not certify the name of the leaf.
    "root>root, root>a root>c c>a a>c c>b:only=good a>b b>leaf:dns=bad,"
        + " leaf b a c root|leaf b a root",
    "root>root, root>a a>b a>c b>c c>leaf, leaf c a root|leaf c b a root",
    "root>root, root>a root>c c>a a>c c>b a>b b>leaf,"
        + " leaf b a c root|leaf b a root|leaf b c a root|leaf b c root",
    // Name and key of the root, but alternative names.
    "root>root, root>root:dns=localhost, root root",
    "root>root, root>a root>c c>b:eku=codeSigning a>b:eku=clientAuth b>leaf:eku=clientAuth,"
        + " leaf b a root",
    "root>root:only=firm.example, root>a:dns=else.example a>leaf:dns=www.firm.example, ''",
    // Constraints do not bind the authority that bears them.
    "root>root, root>a:dns=else.example:only=firm.example a>leaf:dns=www.firm.example,"
        + " leaf a root",
    // Nobody presents the certificate in between.
    "root>root, b>leaf, ''",
    // The root among the presented changes nothing.
    "root>root, root>root root>a a>leaf, leaf a root",
    // Authorities that only sign each other.
    "root>root, a>b b>a a>leaf, ''"
  })
  void chainsAreUpstreams(String root, String graph, String chains) {
    List<String> expected = chains.isEmpty() ? List.of() : List.of(chains.split("\\|", -1));

    assertThat(found(verify(root, graph))).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** The order of root, intermediates and leaf; empty is no extension at all. */
  @ParameterizedTest
  @CsvSource({
    "clientAuth clientAuth clientAuth, true",
    "- - clientAuth, true",
    "- - -, true",
    "serverAuth - clientAuth, false",
    "clientAuth - clientAuth, true",
    "clientAuth any clientAuth, true",
    "clientAuth other clientAuth, false",
    "clientAuth serverAuth - clientAuth, false",
    "clientAuth - clientAuth serverAuth clientAuth, false"
  })
  void extendedKeyUsagesNestGV08(String usages, boolean good) {
    String[] all = usages.split(" ", -1);
    StringBuilder graph = new StringBuilder();
    for (int i = 1; i < all.length; i++) {
      graph.append(i == 1 ? "" : " ").append("n").append(i - 1).append(">n").append(i);
      graph.append(all[i].equals("-") ? "" : ":eku=" + all[i]);
    }
    String root = "n0>n0" + (all[0].equals("-") ? "" : ":eku=" + all[0]);

    ChainResult result = verify(root, graph.toString());

    assertThat(found(result)).hasSize(good ? 1 : 0);
    if (result instanceof Refusal refusal) {
      assertThat(refusal.reason()).isEqualTo(Reason.PURPOSE);
    }
  }

  /** Upstream gives up in all four; whoever does not is busy for minutes or for ever. */
  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void hundredAuthoritiesWithoutRootAreGivenUpGV27(boolean sameName, boolean sameKey) {
    List<Certificate> certificates = new ArrayList<>();
    Random random = new Random(1);
    String signerName = "n";
    TestKey signer = KEYS.p256();
    for (int i = 0; i < 100; i++) {
      String name = sameName ? "n" : "n" + i;
      TestKey own = sameKey ? signer : TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", random);
      CertificateSpec spec =
          scenario.authority(Scenario.name(signerName), Scenario.name(name), own, signer);
      spec.serial = integer(i + 1);
      certificates.add(Certificate.of(spec.encode(memory)));
      signerName = name;
      signer = own;
    }
    CertificateSpec leaf =
        scenario.authority(Scenario.name(signerName), Scenario.name("leaf"), KEYS.p256(), signer);

    ChainResult result =
        new ChainVerifier(ARITHMETIC)
            .verify(
                Certificate.of(leaf.encode(memory)),
                certificates,
                TrustAnchors.of(List.of(edge("root>root"))),
                scenario.time,
                Purpose.CLIENT_AUTHENTICATION);

    assertThat(result).isInstanceOf(Refusal.class);
  }

  @Test
  void fortyCertificatesWithP521CostMoreThanIsAllowedAndFifteenDoNot() {
    assertThat(longWay(15)).isInstanceOf(VerifiedChains.class);
    ChainResult result = longWay(40);

    assertThat(result).isInstanceOf(Refusal.class);
    assertThat(((Refusal) result).reason()).isEqualTo(Reason.SEARCH_LIMIT);
    assertThat(((Refusal) result).message()).contains("160 checks with P-256");
  }

  private ChainResult longWay(int length) {
    List<Certificate> certificates = new ArrayList<>();
    TestKey dear = KEYS.p521();
    for (int i = 0; i < length; i++) {
      keys.put("w" + i, dear);
    }
    certificates.add(edge("root>w0"));
    for (int i = 1; i < length; i++) {
      certificates.add(edge("w" + (i - 1) + ">w" + i));
    }
    return new ChainVerifier(ARITHMETIC)
        .verify(
            edge("w" + (length - 1) + ">leaf"),
            certificates,
            TrustAnchors.of(List.of(edge("root>root"))),
            scenario.time,
            Purpose.CLIENT_AUTHENTICATION);
  }
}
