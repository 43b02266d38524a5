package dev.certwright.x509.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Trusted CAs, presented certificates and a time, before they are encoded. */
final class Scenario {
  static final String CN = "2.5.4.3";
  static final String O = "2.5.4.10";
  static final String SKI = "2.5.29.14";
  static final String KEY_USAGE = "2.5.29.15";
  static final String SAN = "2.5.29.17";
  static final String BASIC = "2.5.29.19";
  static final String NAME_CONSTRAINTS = "2.5.29.30";
  static final String CRL_POINTS = "2.5.29.31";
  static final String POLICIES = "2.5.29.32";
  static final String MAPPINGS = "2.5.29.33";
  static final String AKI = "2.5.29.35";
  static final String POLICY_CONSTRAINTS = "2.5.29.36";
  static final String EKU = "2.5.29.37";
  static final String INHIBIT_ANY = "2.5.29.54";
  static final String AIA = "1.3.6.1.5.5.7.1.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  final TestKeys keys;
  final List<CertificateSpec> roots = new ArrayList<>();

  /** Leaf first. */
  final List<CertificateSpec> chain = new ArrayList<>();

  Instant time = Instant.parse("2026-01-01T00:00:00Z");
  boolean anyExtendedKeyUsage;
  PemChange rootPem = text -> text;
  PemChange chainPem = text -> text;

  interface PemChange {
    String apply(String pem);
  }

  private Scenario(TestKeys keys) {
    this.keys = keys;
  }

  static byte[] name(String commonName) {
    return TestDer.sequence(TestDer.rdn(CN, TestDer.text(0x0C, commonName)));
  }

  /** A root, as many intermediates as wanted and a leaf, all good. */
  static Scenario good(TestKeys keys, int intermediates, Random random) {
    Scenario scenario = new Scenario(keys);
    TestKey signer = keys.usual(random);
    CertificateSpec root = scenario.authority(name("root"), name("root"), signer, signer);
    scenario.roots.add(root);
    byte[] issuer = root.subject;
    List<CertificateSpec> downwards = new ArrayList<>();
    for (int i = 0; i < intermediates; i++) {
      TestKey own = keys.usual(random);
      CertificateSpec ca = scenario.authority(issuer, name("ca " + i), own, signer);
      downwards.add(0, ca);
      issuer = ca.subject;
      signer = own;
    }
    CertificateSpec leaf =
        new CertificateSpec(
            issuer,
            TestDer.sequence(
                TestDer.rdn(O, TestDer.text(0x0C, "devs")),
                TestDer.rdn(CN, TestDer.text(0x0C, "jane"))),
            keys.usual(random),
            signer);
    leaf.put(KEY_USAGE, true, TestDer.tlv(3, TestDer.bytes(7, 0x80)));
    leaf.put(BASIC, true, TestDer.sequence());
    leaf.put(EKU, false, TestDer.sequence(TestDer.oid(CLIENT_AUTH)));
    scenario.chain.add(leaf);
    scenario.chain.addAll(downwards);
    return scenario;
  }

  CertificateSpec authority(byte[] issuer, byte[] subject, TestKey own, TestKey signer) {
    CertificateSpec ca = new CertificateSpec(issuer, subject, own, signer);
    ca.put(BASIC, true, TestDer.sequence(TestDer.bool(true)));
    ca.put(KEY_USAGE, true, TestDer.tlv(3, TestDer.bytes(2, 0x04)));
    return ca;
  }

  CertificateSpec leaf() {
    return chain.get(0);
  }

  /** Any certificate of the scenario. */
  CertificateSpec any(Random random) {
    int at = random.nextInt(roots.size() + chain.size());
    return at < roots.size() ? roots.get(at) : chain.get(at - roots.size());
  }

  /** A CA, trusted or presented. */
  CertificateSpec anyAuthority(Random random) {
    int at = random.nextInt(roots.size() + chain.size() - 1);
    return at < roots.size() ? roots.get(at) : chain.get(at - roots.size() + 1);
  }

  ChainQuestion question(String id, CertificateSpec.SignatureMemory memory) {
    List<String> rootTexts = new ArrayList<>();
    for (CertificateSpec root : roots) {
      rootTexts.add(rootPem.apply(ChainQuestion.pem(root.encode(memory))));
    }
    List<String> chainTexts = new ArrayList<>();
    for (CertificateSpec certificate : chain) {
      chainTexts.add(chainPem.apply(ChainQuestion.pem(certificate.encode(memory))));
    }
    return new ChainQuestion(id, rootTexts, chainTexts, time, anyExtendedKeyUsage);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
