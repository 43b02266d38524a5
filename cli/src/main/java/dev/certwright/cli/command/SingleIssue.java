package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.RefusedException;
import dev.certwright.authority.RequestCheck;
import dev.certwright.authority.RequestFile;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.authority.file.ClientFolders;
import dev.certwright.authority.file.FolderName;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerException;
import dev.certwright.ledger.Receipt;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Issues for one user. */
final class SingleIssue {
  private static final int KNOWN = 1000;

  private final CommandLine line;
  private final Console console;
  private final IssueSettings settings;
  private final IssuanceRequest request;

  SingleIssue(CommandLine line, Console console, IssueSettings settings, IssuanceRequest request) {
    this.line = line;
    this.console = console;
    this.settings = settings;
    this.request = request;
  }

  int run() {
    Instant now = Instant.now();
    String csrFile = line.value("csr");
    boolean dryRun = line.has("dry-run");
    Cryptography cryptography =
        settings.keyType().isRsa() ? NativeCryptography.orPortable() : new PortableCryptography();
    // A key takes as long as all the rest in a fresh process, so it is made meanwhile.
    FutureKey futureKey =
        csrFile == null && !dryRun ? FutureKey.start(cryptography, settings.keyType()) : null;

    AuthorityFiles files = AuthorityOptions.existing(line);
    AuthorityOptions.warnIfReadable(files, console);
    CertificateAuthority authority =
        files.load(cryptography, AuthorityOptions.password(line, console, files.key()));
    TargetCluster cluster = ClusterOptions.cluster(line, files.readCertificates(), console);
    Issuer issuer = new Issuer(authority, settings.policy());
    IssuancePlan plan = issuer.plan(request, now);
    if (request.serialNumber() != null && !line.has("no-ledger")) {
      refuseKnownSerial(plan.serialNumber(), authority.certificate(), now);
    }
    CertificateRequest brought = csrFile == null ? null : readRequest(csrFile);
    List<Finding> findings = new ArrayList<>(plan.findings());
    if (brought != null) {
      findings.addAll(RequestCheck.of(brought, plan.subject()));
      refuseForbidden(findings);
    }
    boolean table = line.value("output", "table").equals("table");
    IssueReport report =
        new IssueReport(console, plan, cluster, brought == null ? settings.keyType() : null);
    report.findings(findings);
    ClusterOptions.warnAboutDefault(line, console);
    if (table) {
      report.preview(now);
    }
    if (dryRun) {
      refuseExisting(Path.of(line.value("out", "clients")));
      if (table) {
        console.out().print("nothing was made (--dry-run)\n");
      } else {
        report.document(line.value("output", "json"), null, null, Map.of(), null, findings);
      }
      return ExitCode.OK;
    }
    return make(now, futureKey, brought, authority, issuer, plan, cluster, report, findings, table);
  }

  private int make(
      Instant now,
      @Nullable FutureKey futureKey,
      @Nullable CertificateRequest brought,
      CertificateAuthority authority,
      Issuer issuer,
      IssuancePlan plan,
      TargetCluster cluster,
      IssueReport report,
      List<Finding> findings,
      boolean table) {
    Path out = Path.of(line.value("out", "clients"));
    try (Records records = Records.open(line, console, cluster);
        ClientFolders folders = ClientFolders.open(out)) {
      ClusterOptions.warnAboutFolder(folders, out, console);
      refuseExisting(out);
      boolean replace = line.has("force");
      SigningKey key = futureKey == null ? null : futureKey.join(console);
      CertificateRequest certificateRequest =
          key != null
              ? CertificateRequest.create(plan.subject(), key)
              : java.util.Objects.requireNonNull(brought);
      Certificate certificate = issuer.sign(plan, certificateRequest.publicKey());
      Map<String, byte[]> bundle =
          ClientBundle.of(
              request.user(),
              key,
              keyFile(),
              certificateRequest,
              certificate,
              authority,
              cluster,
              !line.has("no-embed"));
      String follows = replace ? Records.renewed(folders.folderOf(request.user())) : "";
      Path staged = folders.stage(bundle, ClientBundle.WITHHELD, true);
      // No certificate is on the disk before it stands in the ledger.
      Receipt receipt = records.record(List.of(records.issued(certificate, follows)));
      folders.complete(staged, ClientBundle.withheld(bundle), true);
      folders.publish(staged, request.user(), replace, true, Times.compact(now));
      String folder = shown(out, folders, request.user());
      if (table) {
        report.made(certificate, folder, bundle.keySet(), certificateRequest.publicKey());
        if (brought != null && !line.has("key-file")) {
          console.hint(
              "put the private key there first, as "
                  + folder
                  + "/"
                  + ClientBundle.KEY
                  + ", or say where it lies with --key-file");
        }
      } else {
        report.document(
            line.value("output", "json"), certificate, folder, bundle, receipt, findings);
      }
    }
    return ExitCode.OK;
  }

  private void refuseExisting(Path out) {
    Path folder = out.resolve(FolderName.of(request.user()));
    if (!line.has("force") && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandException(
          ExitCode.NO,
          folder + " exists already",
          "replace it with --force (the old files are kept aside), or use --out DIR");
    }
  }

  /**
   * A CA never gives the same number twice (RFC 5280 4.1.2.2); revocation lists name nothing else.
   */
  private void refuseKnownSerial(BigInteger serial, Certificate authority, Instant now) {
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      if (!LedgerOptions.exists(ledger)) {
        return;
      }
      try (Account account = ledger.account()) {
        for (CertificateStatus known :
            account.certificates(CertificateFilter.ofSerialNumber(serial, KNOWN), now)) {
          if (known.issuer().equals(authority.subject().toString())) {
            throw new CommandException(
                ExitCode.NO,
                "this CA signed a certificate with the serial number "
                    + serial
                    + " already, for \""
                    + SafeText.of(known.user())
                    + "\" ("
                    + known.credentialId()
                    + ")",
                "choose another --serial, or leave it out");
          }
        }
      }
    } catch (LedgerException unreadable) {
      console.warning(
          "whether this CA signed with that serial number before cannot be told: "
              + unreadable.getMessage());
    }
  }

  private @Nullable String keyFile() {
    return line.has("csr") ? line.value("key-file", ClientBundle.KEY) : null;
  }

  /** The folder as the user would write it: below the folder that was named. */
  static String shown(Path out, ClientFolders folders, String user) {
    return out.resolve(folders.folderOf(user).getFileName()).toString();
  }

  private static CertificateRequest readRequest(String file) {
    byte[] bytes = BoundedFile.read(Path.of(file), 1 << 20);
    try {
      return RequestFile.read(bytes);
    } catch (X509Exception malformed) {
      throw new CommandException(
          ExitCode.USAGE,
          file + " is not a certificate request: " + malformed.getMessage(),
          "make one with openssl req -new -key KEY -subj /O=GROUP/CN=USER");
    }
  }

  private static void refuseForbidden(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding.severity() == Severity.FORBIDDEN) {
        throw new RefusedException(findings);
      }
    }
  }

  /** A key that is being made by another thread. */
  private static final class FutureKey {
    private final Thread thread;
    private final KeyType type;
    private volatile @Nullable SigningKey key;
    private volatile @Nullable RuntimeException failure;

    private FutureKey(Cryptography cryptography, KeyType type) {
      this.type = type;
      this.thread =
          new Thread("key-generation") {
            @Override
            public void run() {
              try {
                key = cryptography.generate(type);
              } catch (RuntimeException failed) {
                failure = failed;
              }
            }
          };
      thread.setDaemon(true);
    }

    static FutureKey start(Cryptography cryptography, KeyType type) {
      FutureKey future = new FutureKey(cryptography, type);
      future.thread.start();
      return future;
    }

    SigningKey join(Console console) {
      try {
        if (type.isRsa() && console.isErrTerminal()) {
          thread.join(2000);
          if (thread.isAlive()) {
            console.err().print("looking for the primes of an RSA key ...\n");
            console.err().flush();
          }
        }
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new CommandException(ExitCode.OUTSIDE, "interrupted", "");
      }
      RuntimeException failed = failure;
      if (failed != null) {
        throw failed;
      }
      return java.util.Objects.requireNonNull(key);
    }
  }
}
