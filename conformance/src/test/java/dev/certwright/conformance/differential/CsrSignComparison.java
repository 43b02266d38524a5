package dev.certwright.conformance.differential;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.Extension;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/**
 * Certificates that both sign for one order, field by field. What differs has a kind that may be
 * listed only where ours is what was ordered and upstream's what the listed reason says.
 */
final class CsrSignComparison {
  private static final Duration BACKDATE = Duration.ofMinutes(5);

  /** Upstream counts shorter lives from now (rule CS-41). */
  private static final Duration SHORT = Duration.ofHours(8);

  private static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";

  private final CsrSignOrder order;
  private final CsrSignMode.Ours made;
  private final Certificate ours;
  private final YamlMapping theirs;
  private final List<Difference> differences = new ArrayList<>();

  private CsrSignComparison(CsrSignOrder order, CsrSignMode.Ours made, YamlMapping theirs) {
    this.order = order;
    this.made = made;
    this.ours = Objects.requireNonNull(made.certificate());
    this.theirs = theirs;
  }

  /** All differences between our certificate and upstream's. */
  static List<Difference> of(CsrSignOrder order, CsrSignMode.Ours ours, YamlMapping theirs) {
    CsrSignComparison comparison = new CsrSignComparison(order, ours, theirs);
    comparison.subject();
    comparison.same("issuer", hex(comparison.ours.issuer().encoded()), "issuer");
    comparison.same("public-key", hex(comparison.ours.publicKey().encoded()), "publicKey");
    comparison.same("signature-algorithm", comparison.algorithm(), "signatureAlgorithm");
    comparison.notBefore();
    comparison.notAfter();
    comparison.extensions();
    return comparison.differences;
  }

  private void subject() {
    List<String> requested = CsrSignOrder.attributes(encoded(order.request().getSubject()));
    String encoded = hex(ours.subject().encoded());
    List<String> own = CsrSignOrder.attributes(ours.subject().encoded());
    List<String> ordered = order.subject();
    if (!own.equals(ordered)) {
      add("subject-not-ordered", own, ordered);
    }
    if (!requested.equals(ordered) && !requested.isEmpty() && !made.tells("csr-subject", "")) {
      add("subject-not-told", ordered, requested);
    }
    String other = Choices.text(theirs, "subject");
    List<String> others = CsrSignOrder.attributes(HexFormat.of().parseHex(other));
    if (!isSubjectOf(others, requested)) {
      add("subject", requested, others);
    } else if (!encoded.equals(other)) {
      String kind = order.uid().isEmpty() ? "subject-encoding" : "subject-uid";
      add(
          requested.equals(ordered) ? kind : "subject-not-adopted",
          own + " " + encoded,
          others + " " + other);
    }
  }

  /** Whether upstream signs such a subject for what a request has (rule CS-43). */
  private static boolean isSubjectOf(List<String> signed, List<String> requested) {
    List<String> names = CsrSignOrder.values(requested, CsrSignOrder.COMMON_NAME);
    // An empty name is left out by upstream.
    List<String> name =
        names.isEmpty() || names.get(names.size() - 1).isEmpty()
            ? List.of()
            : names.subList(names.size() - 1, names.size());
    return CsrSignOrder.values(signed, CsrSignOrder.COMMON_NAME).equals(name)
        && new TreeSet<>(CsrSignOrder.values(signed, CsrSignOrder.ORGANIZATION))
            .equals(new TreeSet<>(CsrSignOrder.values(requested, CsrSignOrder.ORGANIZATION)))
        && CsrSignOrder.values(signed, CsrSignOrder.UID).isEmpty();
  }

  private void notBefore() {
    Instant own = ours.validity().notBefore();
    Instant other = Instant.parse(Choices.text(theirs, "notBefore"));
    Instant backdated = order.now().minus(BACKDATE);
    Instant start = order.authorityStart();
    if (!own.equals(backdated.isBefore(start) ? start : backdated)) {
      add("not-before", own, other);
    } else if (!own.equals(other)) {
      add(other.equals(backdated) ? "not-before-ca" : "not-before", own, other);
    }
  }

  private void notAfter() {
    Instant own = ours.validity().notAfter();
    Instant other = Instant.parse(Choices.text(theirs, "notAfter"));
    Instant end = order.now().plus(order.life());
    if (!own.equals(end.isAfter(order.authorityEnd()) ? order.authorityEnd() : end)) {
      add("not-after", own, other);
    } else if (!own.equals(other)) {
      boolean backdated = order.life().compareTo(SHORT) >= 0 && other.equals(end.minus(BACKDATE));
      add(backdated ? "not-after-backdate" : "not-after", own, other);
    }
  }

  private void extensions() {
    Map<String, String> own = new TreeMap<>();
    for (Extension extension : ours.extensions().list()) {
      own.put(extension.oid().toString(), extension.critical() + " " + hex(extension.value()));
    }
    Map<String, String> others = new TreeMap<>();
    for (YamlValue value :
        ((YamlSequence) Objects.requireNonNull(theirs.get("extensions"))).values()) {
      YamlMapping extension = (YamlMapping) value;
      boolean critical = extension.get("critical") instanceof YamlBoolean flag && flag.value();
      others.put(Choices.text(extension, "oid"), critical + " " + Choices.text(extension, "value"));
    }
    TreeSet<String> all = new TreeSet<>(own.keySet());
    all.addAll(others.keySet());
    for (String oid : all) {
      String one = own.getOrDefault(oid, "none");
      String other = others.getOrDefault(oid, "none");
      if (!one.equals(other)) {
        add(kind(oid, one, other) + oid, one, other);
      }
    }
  }

  private String kind(String oid, String own, String other) {
    if (other.equals("none") && own.equals("false " + identifier(oid))) {
      return "added-";
    }
    boolean leftOut =
        own.equals("none") && oid.equals(ALTERNATIVE_NAMES) && made.tells("csr-extension", oid);
    return leftOut ? "left-out-" : "extension-";
  }

  /** As RFC 5280 4.2.1.2 proposes them first, where upstream may write none. */
  private String identifier(String oid) {
    try {
      JcaX509ExtensionUtils utilities = new JcaX509ExtensionUtils();
      if (oid.equals(SUBJECT_KEY_IDENTIFIER)) {
        return hex(
            encoded(
                utilities.createSubjectKeyIdentifier(
                    SubjectPublicKeyInfo.getInstance(ours.publicKey().encoded()))));
      }
      boolean hasNone = order.authority().getExtensionValue(SUBJECT_KEY_IDENTIFIER) == null;
      return oid.equals(AUTHORITY_KEY_IDENTIFIER) && hasNone
          ? hex(encoded(utilities.createAuthorityKeyIdentifier(order.authority().getPublicKey())))
          : "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] encoded(ASN1Object object) {
    try {
      return object.getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void same(String kind, String own, String field) {
    if (!own.equals(Choices.text(theirs, field))) {
      add(kind, own, Choices.text(theirs, field));
    }
  }

  private void add(String kind, Object own, Object other) {
    differences.add(new Difference(kind, "ours:     " + own + "\nupstream: " + other));
  }

  /** As Go calls it. */
  private String algorithm() {
    return switch (ours.signatureAlgorithmDescription()) {
      case "ECDSA with SHA-256" -> "ECDSA-SHA256";
      case "ECDSA with SHA-384" -> "ECDSA-SHA384";
      case "ECDSA with SHA-512" -> "ECDSA-SHA512";
      case "RSA with SHA-256" -> "SHA256-RSA";
      default -> ours.signatureAlgorithmDescription();
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
