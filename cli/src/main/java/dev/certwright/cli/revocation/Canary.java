package dev.certwright.cli.revocation;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that was revoked before anybody had it, kept to be shown to API servers: one that
 * lets it in has not loaded the list, and one that refuses it tells by which list. Its user has no
 * groups and should have no rights.
 *
 * @param file kubeconfig with the user alone
 * @param credentialId of the certificate
 * @param notAfter when it expires
 */
public record Canary(Path file, String credentialId, Instant notAfter) {
  /** The user, in certificate and kubeconfig. */
  public static final String USER = "certwright-canary";

  /** How long one is good for. */
  public static final Duration LIFETIME = Duration.ofDays(90);

  private static final String FILE = "canary.kubeconfig";
  private static final String ID = "# credential ";

  /** Where it lies beside the outlets file. */
  public static Path file(Path outlets) {
    return outlets.toAbsolutePath().resolveSibling(FILE);
  }

  /**
   * Makes a new one. It is revoked in the same breath as it is recorded, and only then written.
   *
   * @return number of the entry that revoked it
   */
  public static long make(
      CertificateAuthority authority, Ledger ledger, Path file, Duration lifetime) {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    Certificate certificate =
        issuer.sign(
            issuer.plan(new IssuanceRequest(USER, List.of(), "", lifetime, null), Instant.now()),
            key.publicKey());
    CertificateFacts facts = CertificateFacts.of(certificate);
    long entry =
        ledger
            .record(
                List.of(
                    new Issued(facts, "", "", Denylist.CANARY, List.of(), ""),
                    new Restriction(
                        EntryType.REVOKED,
                        new Target(Target.Kind.CREDENTIAL, facts.credentialId()),
                        facts.notAfter().plus(Meant.CLOCKS),
                        Denylist.CANARY)))
            .head()
            .sequence();
    byte[] pem = PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded());
    String text =
        ID
            + facts.credentialId()
            + "\napiVersion: v1\nkind: Config\nusers:\n- name: "
            + USER
            + "\n  user:\n    client-certificate-data: "
            + Base64.getEncoder().encodeToString(pem)
            + "\n    client-key-data: "
            + Base64.getEncoder()
                .encodeToString(key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()))
            + "\n";
    new PublishedFile(file).replace(text.getBytes(StandardCharsets.UTF_8));
    return entry;
  }

  /**
   * The one that is kept; null if there is none.
   *
   * @throws CommandException if the file is no canary, or the ledger does not refuse it
   */
  public static @Nullable Canary read(Path file, Account account, Instant now) {
    byte[] bytes = new PublishedFile(file).read();
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    String id = text.startsWith(ID) && end > 0 ? text.substring(ID.length(), end) : "";
    List<CertificateStatus> known = account.certificates(CertificateFilter.ofCredential(id), now);
    if (id.isEmpty() || !isConfig(text) || known.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          file + " is no canary of this ledger",
          "make a new one with certwright revocations canary");
    }
    for (StandingRestriction restriction : account.restrictionsOf(known.get(0), now)) {
      if (restriction.target().kind() == Target.Kind.CREDENTIAL
          && restriction.type() == EntryType.REVOKED
          && restriction.reason().equals(Denylist.CANARY)) {
        Instant notAfter = known.get(0).notAfter();
        if (notAfter != null && notAfter.isAfter(now)) {
          return new Canary(file, id, notAfter);
        }
      }
    }
    throw new CommandException(
        ExitCode.NO, "the canary has expired", "make a new one with certwright revocations canary");
  }

  private static boolean isConfig(String text) {
    try {
      return YamlReader.strict().read(FILE, text) instanceof YamlMapping config
          && config.get("kind") instanceof YamlString kind
          && kind.value().equals("Config");
    } catch (YamlException broken) {
      return false;
    }
  }
}
