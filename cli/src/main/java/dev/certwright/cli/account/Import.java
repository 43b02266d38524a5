package dev.certwright.cli.account;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.output.Table;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.Timestamps;
import dev.certwright.ledger.audit.AuditLog;
import dev.certwright.ledger.audit.Use;
import dev.certwright.x509.SafeText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes what exists into a ledger, and keeps count. A file is recorded as a whole, so that running
 * it again after a failure takes the rest. In a folder, files that are nothing of interest are
 * passed over; a file that was named must be of a known kind.
 */
public final class Import {
  private static final int PEEK = 1 << 16;
  private static final int LARGEST_IN_A_FOLDER = 16 << 20;
  private static final int BATCH = 1024;

  private static final Pattern KEY =
      Pattern.compile(
          "key\\.pem$|(^|[-_.])key([-_.]?(bak|old|orig|save|[0-9]++)|~)*$|^id_[a-z0-9]+$");

  private final Ledger ledger;
  private final String cluster;
  private final boolean dryRun;
  private final Consumer<Receipt> receipts;
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Seen> unknown = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();
  private long certificates;
  private long known;
  private long events;
  private long uses;

  /**
   * Into a ledger.
   *
   * @param cluster name of the cluster where a file does not tell; may be empty
   * @param dryRun whether nothing is to be recorded
   * @param receipts told of everything that was recorded
   */
  public Import(Ledger ledger, String cluster, boolean dryRun, Consumer<Receipt> receipts) {
    this.ledger = ledger;
    this.cluster = cluster;
    this.dryRun = dryRun;
    this.receipts = receipts;
  }

  /** A file or a folder. */
  public void path(Path path) {
    if (Files.isDirectory(path)) {
      folder(path);
      return;
    }
    try (InputStream in = Files.newInputStream(path)) {
      take(path.toString(), in, path);
    } catch (IOException failed) {
      throw unreadable(path.toString(), failed);
    }
  }

  /** What comes through a pipe. */
  public void stream(String name, InputStream in) {
    try {
      take(name, in, null);
    } catch (IOException failed) {
      throw unreadable(name, failed);
    }
  }

  private static CommandException unreadable(String name, IOException failed) {
    return new CommandException(
        ExitCode.OUTSIDE,
        SafeText.of(name) + " cannot be read: " + SafeText.ofEscaped(failed.getMessage() + ""),
        "");
  }

  private void take(String name, InputStream raw, @Nullable Path file) throws IOException {
    UnpackedStream unpacked = UnpackedStream.of(raw);
    BufferedInputStream in = new BufferedInputStream(unpacked, PEEK);
    if (!isTakenLog(name, in, unpacked)) {
      byte[] bytes = BoundedFile.read(in, name, BoundedFile.DEFAULT_LIMIT);
      unpacked.requireWhole();
      certificates(CertificateFinder.in(name, bytes, file, problems::add));
    }
  }

  /** By its beginning, whatever it is called: names of rotated logs are anybody's choice. */
  private boolean isTakenLog(String name, BufferedInputStream in, UnpackedStream unpacked)
      throws IOException {
    AuditLogForm form = AuditLogForm.of(in);
    if (form == AuditLogForm.NONE) {
      return false;
    }
    auditLog(name, in, unpacked, form);
    return true;
  }

  private void folder(Path folder) {
    List<FoundCertificate> found = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    FolderFiles files = files(folder);
    problems.addAll(files.problems());
    for (Path file : files.files()) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      try {
        if (mayHoldCertificates(name)) {
          found.addAll(
              CertificateFinder.in(
                  file.toString(),
                  BoundedFile.read(file, LARGEST_IN_A_FOLDER),
                  file,
                  problems::add));
        } else if (!isKey(name)
            && !name.endsWith(".csr")
            && (isKeyStore(name) || !isTakenLog(file))) {
          others.add(file);
        }
      } catch (CommandException | dev.certwright.authority.AuthorityException nothing) {
        problems.add(nothing.getMessage() + "");
      }
    }
    if (!others.isEmpty()) {
      problems.add(
          others.size()
              + (others.size() == 1 ? " file" : " files")
              + " in "
              + folder
              + " by the name, such as "
              + others.get(0)
              + ": name those that hold certificates");
    }
    // A kubeconfig tells the cluster, the certificate beside it does not.
    found.sort(Comparator.comparing(one -> one.server().isEmpty()));
    certificates(found);
  }

  private static FolderFiles files(Path folder) {
    try {
      return FolderFiles.in(folder);
    } catch (IOException failed) {
      throw unreadable(folder.toString(), failed);
    }
  }

  private boolean isTakenLog(Path file) {
    try (InputStream raw = Files.newInputStream(file)) {
      UnpackedStream unpacked = UnpackedStream.of(raw);
      return isTakenLog(file.toString(), new BufferedInputStream(unpacked, PEEK), unpacked);
    } catch (IOException unreadable) {
      problems.add(file + ": " + unreadable.getMessage());
      return true;
    }
  }

  /** By name, so that it is not even opened: jane.key, jane-key.pem, key.bak, id_ed25519. */
  private static boolean isKey(String name) {
    return KEY.matcher(name).find();
  }

  /** Holds a private key too, and is not opened. */
  private static boolean isKeyStore(String name) {
    return name.endsWith(".p12") || name.endsWith(".pfx") || name.endsWith(".jks");
  }

  private static boolean mayHoldCertificates(String name) {
    return !isKey(name)
        && (name.endsWith(".crt")
            || name.endsWith(".cer")
            || name.endsWith(".cert")
            || name.endsWith(".pem")
            || name.endsWith(".der")
            || name.endsWith(".conf")
            || name.contains("kubeconfig")
            || name.equals("config"));
  }

  private void certificates(List<FoundCertificate> found) {
    List<Event> fresh = new ArrayList<>();
    List<FoundCertificate> useless = new ArrayList<>();
    try (Account account = ledger.account()) {
      for (FoundCertificate one : found) {
        CertificateFacts facts = CertificateFacts.of(one.certificate());
        if (!facts.letsSomebodyIn()) {
          useless.add(one);
          continue;
        } else if (!taken.add(facts.credentialId())) {
          continue;
        }
        CertificateStatus before = status(account, facts.credentialId());
        if (before != null && before.origin() != EntryType.SEEN) {
          known++;
        } else {
          fresh.add(
              new Imported(
                  facts,
                  one.cluster().isEmpty() ? cluster : one.cluster(),
                  one.server(),
                  one.source()));
          unknown.remove(facts.credentialId());
          certificates++;
        }
      }
    }
    if (!useless.isEmpty()) {
      problems.add(
          useless.size()
              + (useless.size() == 1 ? " certificate" : " certificates")
              + " with which kube-apiserver lets nobody in, as they name no user or are not for"
              + " clients (serving certificates of nodes, for example), such as one in "
              + useless.get(0).source());
    }
    record(fresh);
  }

  private static @Nullable CertificateStatus status(Account account, String credentialId) {
    List<CertificateStatus> found =
        account.certificates(CertificateFilter.ofCredential(credentialId), Instant.EPOCH);
    return found.isEmpty() ? null : found.get(0);
  }

  private void auditLog(String name, InputStream in, UnpackedStream unpacked, AuditLogForm form)
      throws IOException {
    AuditLog log = new AuditLog();
    try {
      if (form == AuditLogForm.LINES) {
        log.read(in);
      } else {
        log.readDocuments(in);
      }
      unpacked.requireWhole();
    } catch (IOException failed) {
      if (log.events() == 0) {
        throw failed;
      }
      problems.add("the rest of " + name + ", which cannot be read: " + failed.getMessage());
    }
    events += log.events();
    if (log.unreadable() > 0) {
      problems.add(
          log.unreadable()
              + (form == AuditLogForm.LINES ? " lines of " : " parts of ")
              + name
              + " that are no whole audit events"
              + (form == AuditLogForm.LINES ? ", line " + log.firstUnreadable() + " first" : ""));
    }
    if (log.cut() > 0) {
      problems.add(
          "the rest of the user names and groups of "
              + log.cut()
              + (log.cut() == 1 ? " certificate" : " certificates")
              + " in "
              + name
              + ": more than "
              + Use.LONGEST_NAME
              + " characters, or more than "
              + Use.GROUPS
              + " groups");
    }
    List<Event> fresh = new ArrayList<>();
    try (Account account = ledger.account()) {
      for (Map.Entry<String, Use> one : log.uses().entrySet()) {
        Use use = one.getValue();
        Seen seen =
            new Seen(
                one.getKey(),
                use.user(),
                use.groups(),
                cluster,
                use.first(),
                use.last(),
                use.addresses(),
                name);
        CertificateStatus before = status(account, one.getKey());
        if (!taken.contains(one.getKey())
            && (before == null || before.origin() == EntryType.SEEN)) {
          unknown.put(one.getKey(), seen);
        }
        if (before == null || tellsMore(seen, before)) {
          fresh.add(seen);
          uses++;
        }
      }
    }
    record(fresh);
  }

  /** So that reading the same log again records nothing. */
  private static boolean tellsMore(Seen seen, CertificateStatus before) {
    if (before.firstSeen() == null
        || before.lastSeen() == null
        || seen.firstSeen().isBefore(before.firstSeen())
        || seen.lastSeen().isAfter(before.lastSeen())) {
      return true;
    }
    Collection<String> addresses = new HashSet<>(before.sourceAddresses());
    return addresses.size() < Use.ADDRESSES && !addresses.containsAll(seen.sourceAddresses());
  }

  private void record(List<Event> events) {
    for (int from = 0; from < events.size(); from += BATCH) {
      recordBatch(events.subList(from, Math.min(events.size(), from + BATCH)));
    }
  }

  private void recordBatch(List<Event> batch) {
    try {
      if (dryRun) {
        EntryWriter writer = new EntryWriter(Head.NONE, Instant.EPOCH, "");
        batch.forEach(writer::add);
      } else {
        receipts.accept(ledger.record(batch));
      }
    } catch (EntryException refused) {
      // None of them was recorded.
      if (batch.size() > 1) {
        batch.forEach(one -> recordBatch(List.of(one)));
      } else {
        passOver(batch.get(0), refused);
      }
    }
  }

  private void passOver(Event event, EntryException why) {
    if (event instanceof Imported imported) {
      certificates--;
      CertificateFacts facts = imported.certificate();
      problems.add(
          "the certificate "
              + facts.credentialId()
              + " in "
              + imported.source()
              + ", which the ledger cannot hold: "
              + why.getMessage());
    } else if (event instanceof Seen seen) {
      uses--;
      problems.add(
          "the use of certificate "
              + seen.credentialId()
              + " in "
              + seen.source()
              + ", which the ledger cannot hold: "
              + why.getMessage());
    }
  }

  /** What was passed over, and why; fit for a terminal, whatever files are called. */
  public List<String> problems() {
    return problems.stream().map(SafeText::ofEscaped).toList();
  }

  /** The outcome for people. */
  public void print(Console console, Instant now) {
    if (certificates + known > 0 || events == 0) {
      String verb = dryRun ? " would be taken" : " taken";
      console
          .out()
          .print(certificates + " certificates" + verb + ", " + known + " known already\n");
    }
    if (events > 0) {
      console
          .out()
          .print(events + " events with certificates read, " + uses + " certificates seen anew\n");
    }
    if (!unknown.isEmpty()) {
      console.out().print(console.bad("unknown certificates in use") + ":\n");
      Table table = new Table(List.of("  USER", "GROUPS", "FIRST SEEN", "LAST SEEN", "FROM", "ID"));
      for (Seen seen : unknown.values()) {
        table.add(
            List.of(
                "  " + seen.user(),
                String.join(", ", seen.groups()),
                Times.human(seen.firstSeen()),
                Times.relative(seen.lastSeen(), now),
                String.join(", ", seen.sourceAddresses()),
                StatusTable.shortId(seen.credentialId())));
      }
      table.print(console);
    }
  }

  /** The outcome for programs. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("dryRun", dryRun);
    document.put("certificatesTaken", certificates);
    document.put("certificatesKnown", known);
    document.put("auditEvents", events);
    document.put("certificatesSeen", uses);
    List<@Nullable Object> list = new ArrayList<>();
    for (Seen seen : unknown.values()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("credentialId", seen.credentialId());
      one.put("user", seen.user());
      one.put("groups", seen.groups());
      one.put("firstSeen", Timestamps.format(seen.firstSeen()));
      one.put("lastSeen", Timestamps.format(seen.lastSeen()));
      one.put("sourceAddresses", seen.sourceAddresses());
      list.add(one);
    }
    document.put("unknownInUse", list);
    document.put("passedOver", new ArrayList<@Nullable Object>(problems()));
    return document;
  }
}
