package dev.certwright.cli.command;

import dev.certwright.authority.AuthorityCheck;
import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.inspect.SecretFile;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Findings;
import dev.certwright.cli.output.Times;
import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.key.PasswordException;
import dev.certwright.x509.key.PortableCryptography;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code certwright ca show}: what a CA is and can sign. */
public final class CaShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    List<OptionSpec> options = new ArrayList<>(AuthorityOptions.ALL);
    options.add(CommandSpec.OUTPUT);
    return new CommandSpec(
        "ca show",
        "show what a CA is, what it can sign, until when, and its problems",
        "Reads the CA as it lies: PEM or DER; PKCS#1, SEC1, PKCS#8, encrypted or not; one certificate"
            + " or a bundle with the CAs above it.",
        List.of(),
        options,
        List.of(
            new CommandSpec.Example("certwright ca show", "the CA that issue would use here"),
            new CommandSpec.Example(
                "certwright ca show --ca /etc/kubernetes/pki -o json", "kubeadm's, for a script")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    AuthorityFiles files = AuthorityOptions.files(line);
    Instant now = Instant.now();
    List<Certificate> bundle = files.readCertificates();
    Certificate certificate = bundle.get(0);
    List<Certificate> above = List.of();
    List<Finding> findings = new ArrayList<>();
    String key;
    if (!Files.exists(files.key())) {
      key = "absent: this machine cannot sign with it";
      findings.add(
          new Finding(
              Severity.WARNING,
              "ca-key-absent",
              files.key() + " does not exist",
              "signing needs the key; managed clusters never hand it out"));
    } else {
      try {
        CertificateAuthority authority =
            files.load(
                new PortableCryptography(), AuthorityOptions.password(line, console, files.key()));
        certificate = authority.certificate();
        above = authority.above();
        key = "belongs to the certificate";
      } catch (PasswordException locked) {
        key = "encrypted and not opened";
      } catch (AuthorityException unusable) {
        key = "unusable";
        findings.add(
            new Finding(
                Severity.FORBIDDEN,
                "ca-key",
                unusable.getMessage() + "",
                "use the key it was made with"));
      }
      Finding readable = SecretFile.readableByOthers(files.key());
      if (readable != null) {
        findings.add(readable);
      }
    }
    findings.addAll(AuthorityCheck.of(certificate, above, now));
    Map<String, @Nullable Object> document =
        document(files, certificate, above, key, findings, now);
    String format = line.value("output", "table");
    if (format.equals("table")) {
      Documents.printTable(console, document);
      Findings.print(console, findings);
    } else {
      document.put("findings", Documents.ofAll(findings));
      Documents.print(console, format, document);
    }
    return Findings.worst(findings) == Severity.FORBIDDEN ? ExitCode.NO : ExitCode.OK;
  }

  private static Map<String, @Nullable Object> document(
      AuthorityFiles files,
      Certificate certificate,
      List<Certificate> above,
      String key,
      List<Finding> findings,
      Instant now) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("certificate", files.certificate().toString());
    document.put("subject", certificate.subject().toString());
    document.put(
        "issuer", certificate.isSelfIssued() ? "itself (a root)" : certificate.issuer().toString());
    List<@Nullable Object> higher = new ArrayList<>();
    for (Certificate one : above) {
      higher.add(one.subject().toString());
    }
    if (!higher.isEmpty()) {
      document.put("above", higher);
    }
    document.put("key", certificate.publicKey().description());
    document.put("privateKey", key);
    document.put("signatureAlgorithm", certificate.signatureAlgorithmDescription());
    document.put("serialNumber", certificate.serialNumber().toString());
    document.put("notBefore", Times.rfc3339(certificate.validity().notBefore()));
    document.put("notAfter", Times.rfc3339(certificate.validity().notAfter()));
    document.put("expires", Times.relative(certificate.validity().notAfter(), now));
    document.put("canSign", canSign(certificate, findings));
    document.put("fingerprint", HexFormat.of().formatHex(certificate.fingerprint()));
    return document;
  }

  private static String canSign(Certificate certificate, List<Finding> findings) {
    BasicConstraints constraints = certificate.extensions().basicConstraints();
    Set<KeyUsage> usage = certificate.extensions().keyUsage();
    StringBuilder text = new StringBuilder();
    if (constraints == null ? certificate.version() == 3 : !constraints.ca()) {
      return "nothing: it is not a CA";
    }
    for (Finding finding : findings) {
      if (finding.severity() == Severity.FORBIDDEN) {
        return SafeText.of("nothing: " + finding.found());
      }
    }
    text.append("client certificates of at most ");
    text.append(IssuancePolicy.DEFAULT_MAXIMUM_LIFETIME.toDays()).append(" days");
    if (constraints != null && constraints.pathLength() >= 0) {
      text.append("; at most ").append(constraints.pathLength()).append(" CAs below it");
    }
    if (usage != null) {
      text.append("; keyUsage ").append(String.join(", ", KeyUsage.names(usage)));
    }
    return SafeText.of(text.toString());
  }
}
