package dev.certwright.cli.revocation;

import dev.certwright.identity.CredentialId;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Target;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.EquivalentEncodings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All ids under which certificates that are meant can be shown ({@link EquivalentEncodings}): who
 * holds one could otherwise write it anew and be let in again.
 */
public final class EquivalentTargets {
  private static final byte[] PREFIX = "X509SHA256=".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_LENGTH = 75;

  private final Map<String, List<Target>> others = new HashMap<>();

  private EquivalentTargets() {}

  /** Of certificates in files, and of those that the ledger holds, which is read for them once. */
  public static EquivalentTargets of(List<Meant> meant, Ledger ledger) {
    EquivalentTargets targets = new EquivalentTargets();
    Set<String> sought = new HashSet<>();
    for (Meant one : meant) {
      if (one.target().kind() == Target.Kind.CREDENTIAL) {
        sought.add(one.target().value());
      }
      for (Event event : one.before()) {
        targets.add(event);
      }
    }
    targets.find(sought, ledger);
    return targets;
  }

  /** Of those of these certificates that the ledger holds. */
  static EquivalentTargets ofTargets(List<Target> certificates, Ledger ledger) {
    Set<String> sought = new HashSet<>();
    for (Target target : certificates) {
      sought.add(target.value());
    }
    EquivalentTargets targets = new EquivalentTargets();
    targets.find(sought, ledger);
    return targets;
  }

  private void find(Set<String> ids, Ledger ledger) {
    Set<String> sought = new HashSet<>(ids);
    sought.removeAll(others.keySet());
    if (!sought.isEmpty()) {
      EntryReader reader = new EntryReader();
      ledger.read(
          line -> {
            if (names(line, sought)) {
              add(reader.read(line).event());
            }
          });
    }
  }

  /**
   * Whether a line names one of them: few lines do, and reading one costs far more than looking.
   */
  private static boolean names(byte[] line, Set<String> sought) {
    for (int i = 0; i + ID_LENGTH <= line.length; i++) {
      if (line[i] == PREFIX[0] && startsWithPrefix(line, i)) {
        if (sought.contains(new String(line, i, ID_LENGTH, StandardCharsets.ISO_8859_1))) {
          return true;
        }
        i += ID_LENGTH - 1;
      }
    }
    return false;
  }

  private static boolean startsWithPrefix(byte[] line, int at) {
    for (int i = 1; i < PREFIX.length; i++) {
      if (line[at + i] != PREFIX[i]) {
        return false;
      }
    }
    return true;
  }

  private void add(Event event) {
    CertificateFacts facts = facts(event);
    if (facts != null) {
      List<Target> equivalent = new ArrayList<>();
      Certificate certificate = Certificate.of(Base64.getDecoder().decode(facts.encoded()));
      for (CredentialId id : EquivalentEncodings.credentialIds(certificate)) {
        if (!id.value().equals(facts.credentialId())) {
          equivalent.add(new Target(Target.Kind.CREDENTIAL, id.value()));
        }
      }
      others.put(facts.credentialId(), List.copyOf(equivalent));
    }
  }

  private static @Nullable CertificateFacts facts(Event event) {
    if (event instanceof Issued issued) {
      return issued.certificate();
    }
    return event instanceof Imported imported ? imported.certificate() : null;
  }

  /** Whether all ids of a target are known; those of a certificate that nobody has are not. */
  public boolean isComplete(Target target) {
    return target.kind() != Target.Kind.CREDENTIAL || others.containsKey(target.value());
  }

  /** The other ids of the same certificate. */
  public List<Target> others(Target target) {
    return target.kind() == Target.Kind.CREDENTIAL
        ? others.getOrDefault(target.value(), List.of())
        : List.of();
  }
}
