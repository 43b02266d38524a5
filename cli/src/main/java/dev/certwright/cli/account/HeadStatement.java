package dev.certwright.cli.account;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.Head;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.key.SignatureVerification;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A head to be kept elsewhere, signed or not. What is signed is the text {@code certwright ledger
 * head}, the number and the hash, a line each: no certificate begins like that, so that the
 * signature is good for nothing else.
 *
 * @param head what is stated
 * @param algorithm AlgorithmIdentifier of the signature, DER; empty if it is not signed
 * @param signature the signature; empty if it is not signed
 */
@SuppressWarnings("ArrayRecordComponent")
public record HeadStatement(Head head, byte[] algorithm, byte[] signature) {
  private static final byte[] NONE = {};

  /** Not signed. */
  public static HeadStatement plain(Head head) {
    return new HeadStatement(head, NONE, NONE);
  }

  /** Signed by a CA. */
  public static HeadStatement signed(Head head, CertificateAuthority authority) {
    return new HeadStatement(
        head,
        authority.key().signatureAlgorithm().identifier(),
        authority.key().sign(message(head)));
  }

  private static byte[] message(Head head) {
    return ("certwright ledger head\n" + head.sequence() + "\n" + head.hash() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** As JSON and YAML say it. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("sequence", head.sequence());
    document.put("hash", head.hash());
    if (signature.length > 0) {
      document.put("signatureAlgorithm", Base64.getEncoder().encodeToString(algorithm));
      document.put("signature", Base64.getEncoder().encodeToString(signature));
    }
    return document;
  }

  /**
   * Reads one, JSON or YAML.
   *
   * @throws CommandException if it is none
   */
  public static HeadStatement read(String name, byte[] bytes) {
    try {
      if (YamlReader.strict().read(name, bytes) instanceof YamlMapping document
          && document.get("sequence") instanceof YamlNumber sequence
          && document.get("hash") instanceof YamlString hash
          && hash.value().length() == Entry.HASH_LENGTH) {
        return new HeadStatement(
            new Head(Long.parseLong(sequence.text()), hash.value()),
            bytes(document, "signatureAlgorithm"),
            bytes(document, "signature"));
      }
    } catch (YamlException | IllegalArgumentException malformed) {
      // Told below.
    }
    throw new CommandException(
        ExitCode.USAGE,
        name + " is no head of a ledger",
        "make one with certwright ledger head -o json >head.json, and keep it elsewhere");
  }

  private static byte[] bytes(YamlMapping document, String field) {
    return document.get(field) instanceof YamlString text
        ? Base64.getDecoder().decode(text.value())
        : NONE;
  }

  /**
   * Checks the signature.
   *
   * @throws CommandException if it is not that of one of these CAs
   */
  public void requireSignedBy(List<Certificate> authorities) {
    SignatureAlgorithm known = algorithm.length == 0 ? null : SignatureAlgorithm.of(algorithm);
    if (known != null) {
      for (Certificate authority : authorities) {
        if (SignatureVerification.verify(authority.publicKey(), known, message(head), signature)) {
          return;
        }
      }
    }
    throw new CommandException(
        ExitCode.NO,
        signature.length == 0
            ? "the head is not signed"
            : "the head is not signed by the CA given, or was changed",
        "");
  }
}
