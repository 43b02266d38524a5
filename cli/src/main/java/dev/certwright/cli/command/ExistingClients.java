package dev.certwright.cli.command;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.output.Times;
import dev.certwright.cli.people.Person;
import dev.certwright.kubeconfig.AuthInfo;
import dev.certwright.kubeconfig.Context;
import dev.certwright.kubeconfig.Kubeconfig;
import dev.certwright.kubeconfig.KubeconfigException;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether what lies in somebody's folder already does: this CA lets them in with it, as the same
 * user and groups, now, and the files are whole. Whoever would not be let in must not be passed
 * over as valid. Safe for use by several threads.
 */
final class ExistingClients {
  private final Cryptography cryptography = new PortableCryptography();
  private final ClientVerification verification =
      new ClientVerification(new PortableSignatureVerifier());
  private final Certificate authority;
  private final TrustAnchors anchors;
  private final TakenBack takenBack;
  private final Instant now;

  ExistingClients(CertificateAuthority authority, TakenBack takenBack, Instant now) {
    this.authority = authority.certificate();
    this.anchors = TrustAnchors.of(List.of(authority.certificate()));
    this.takenBack = takenBack;
    this.now = now;
  }

  /**
   * Looks at a folder that is there.
   *
   * @return skipped if it does, else failed with the reason
   * @throws dev.certwright.ledger.LedgerException if the ledger cannot tell whether it was taken
   *     back
   */
  BulkOutcome look(Person person, IssuancePlan plan, Path folder) {
    try {
      Path file = folder.resolve(ClientBundle.CERTIFICATE);
      if (!Files.isRegularFile(folder.resolve(ClientBundle.KUBECONFIG))
          || !Files.isRegularFile(file)) {
        return failed(
            person,
            "the folder " + folder.getFileName() + " exists and holds no client of certwright");
      }
      Certificate certificate = AuthorityFiles.readCertificates(file).get(0);
      String problem = whyNotValid(certificate, plan);
      if (problem.isEmpty()) {
        problem = whyNotWhole(certificate, folder);
      }
      if (problem.isEmpty()) {
        problem = takenBack.why(certificate, plan.identity());
      }
      return problem.isEmpty()
          ? BulkOutcome.skipped(person, lying(plan, certificate), certificate)
          : failed(person, problem);
    } catch (KubeconfigException unusable) {
      return failed(person, "the kubeconfig there cannot be used: " + unusable.getMessage());
    } catch (InvalidPathException noName) {
      return failed(person, "the kubeconfig there names a file that cannot be");
    } catch (AuthorityException | X509Exception unreadable) {
      return failed(person, "what is there cannot be used: " + unreadable.getMessage());
    }
  }

  private static BulkOutcome failed(Person person, String problem) {
    return BulkOutcome.failed(person, problem + "; replace it with --force");
  }

  private String whyNotValid(Certificate certificate, IssuancePlan plan) {
    if (!certificate.subject().attributes().equals(plan.subject().attributes())) {
      return "there is a certificate of "
          + certificate.subject()
          + ", where "
          + plan.subject()
          + " is wanted";
    }
    if (certificate.validity().notAfter().isBefore(now)) {
      return "there is a certificate that ended " + Times.human(certificate.validity().notAfter());
    }
    ClientVerdict verdict =
        verification.verify(List.of(certificate), anchors, now, Purpose.CLIENT_AUTHENTICATION);
    if (!(verdict instanceof ClientVerdict.Refused refused)) {
      return "";
    }
    return certificate.isSignedBy(authority)
        ? "there is a certificate with which nobody is let in: " + refused.refusal().message()
        : "there is a certificate that this CA did not sign";
  }

  private String whyNotWhole(Certificate certificate, Path folder) {
    AuthInfo user = user(folder.resolve(ClientBundle.KUBECONFIG));
    if (user == null) {
      return "the kubeconfig there has no current context of a cluster and a user";
    }
    byte[] embedded = user.clientCertificateData().bytes();
    boolean embeds = embedded.length > 0;
    if (embeds
        ? !isFirst(certificate, embedded)
        : user.clientCertificate().isEmpty()
            || !AuthorityFiles.readCertificates(folder.resolve(user.clientCertificate()))
                .get(0)
                .equals(certificate)) {
      return "the kubeconfig there has another certificate than client.crt, or none";
    }
    byte[] embeddedKey = user.clientKeyData().bytes();
    Path key = folder.resolve(ClientBundle.KEY);
    if (Files.exists(key)) {
      byte[] bytes = BoundedFile.read(key, BoundedFile.DEFAULT_LIMIT);
      if (!belongs(bytes, certificate)) {
        return "client.key there does not belong to client.crt";
      }
      if (embeddedKey.length > 0
          && !Arrays.equals(bytes, embeddedKey)
          && !belongs(embeddedKey, certificate)) {
        return "the key in the kubeconfig there does not belong to client.crt";
      }
    } else if (embeddedKey.length > 0 || !embeds && folder.resolve(user.clientKey()).equals(key)) {
      return "client.key is missing there";
    }
    return user.clientKey().isEmpty() && embeddedKey.length == 0
        ? "the kubeconfig there has no key"
        : "";
  }

  /**
   * Who the kubeconfig makes somebody; null if it leads nowhere. Whether it is fit for kubectl is
   * not asked: the key that it names may lie on its owner's machine alone.
   */
  private static @Nullable AuthInfo user(Path kubeconfig) {
    byte[] bytes = BoundedFile.read(kubeconfig, BoundedFile.DEFAULT_LIMIT);
    Kubeconfig config = KubeconfigReader.read(ClientBundle.KUBECONFIG, bytes);
    Context context = config.contexts().get(config.currentContext());
    return context == null || !config.clusters().containsKey(context.cluster())
        ? null
        : config.users().get(context.user());
  }

  private static boolean isFirst(Certificate certificate, byte[] pem) {
    PemBlock first = PemScanner.first(pem);
    return first != null && Arrays.equals(first.bytes(), certificate.encoded());
  }

  private boolean belongs(byte[] key, Certificate certificate) {
    PublicKeyInfo own =
        cryptography.signingKey(PrivateKeyReader.read(key, PasswordSource.NONE)).publicKey();
    PublicKeyInfo certified = certificate.publicKey();
    // The same key can be written with other algorithm parameters; only the bits count.
    return own.family() == certified.family() && Arrays.equals(own.key(), certified.key());
  }

  /** What is reported is what lies there, not what was asked for. */
  private IssuancePlan lying(IssuancePlan asked, Certificate certificate) {
    return new IssuancePlan(
        asked.identity(),
        certificate.subject(),
        certificate.validity(),
        certificate.validity().notAfter().equals(authority.validity().notAfter()),
        certificate.serialNumber(),
        asked.findings());
  }
}
