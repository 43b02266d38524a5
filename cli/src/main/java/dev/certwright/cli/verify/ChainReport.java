package dev.certwright.cli.verify;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A verdict for people and for programs. */
final class ChainReport {
  private ChainReport() {}

  static Map<String, @Nullable Object> document(String where, ClientVerdict verdict) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("source", where);
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      Identity identity = accepted.identity();
      document.put("ok", true);
      document.put("name", identity.name());
      document.put("groups", new ArrayList<>(identity.withAuthenticatedGroup().groups()));
      if (!identity.uid().isEmpty()) {
        document.put("uid", identity.uid());
      }
      document.put("credentialId", credentialId(identity));
      document.put("chain", subjects(accepted.chain()));
      document.put("notAfter", Times.rfc3339(earliestEnd(accepted.chain())));
    } else {
      Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
      document.put("ok", false);
      document.put("stage", refusal.stage().word());
      document.put("reason", word(refusal));
      document.put("error", refusal.message());
      document.put("hint", refusal.hint());
    }
    return document;
  }

  static void print(Console console, String where, ClientVerdict verdict, Instant time) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      Identity identity = accepted.identity();
      console.out().print(console.good("let in") + " (" + where + ")\n");
      fields.put("user", identity.name());
      fields.put("groups", new ArrayList<>(identity.withAuthenticatedGroup().groups()));
      if (!identity.uid().isEmpty()) {
        fields.put("uid", identity.uid());
      }
      Instant end = earliestEnd(accepted.chain());
      fields.put("until", Times.human(end) + " (" + Times.relative(end, time) + ")");
      fields.put("through", subjects(accepted.chain()));
      fields.put("credentialId", credentialId(identity));
    } else {
      Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
      console.out().print(console.bad("not let in") + " (" + where + ")\n");
      fields.put("because", refusal.message());
      fields.put("then", consequence(refusal));
      if (!refusal.hint().isEmpty()) {
        fields.put("do", refusal.hint());
      }
    }
    Documents.printTable(console, fields);
  }

  /** What the client sees. */
  private static String consequence(Refusal refusal) {
    return switch (refusal.stage()) {
      case TLS, ROOTS -> "the TLS handshake fails";
      case VERIFY, IDENTITY -> "401 Unauthorized, unless a token is accepted";
      case NO_OPINION -> "anonymous, or 401 Unauthorized where that is off";
    };
  }

  /** {@code EXPIRED} becomes {@code expired}, {@code OTHER_KEY} {@code other-key}. */
  private static String word(Refusal refusal) {
    return refusal.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<String> subjects(List<Certificate> chain) {
    List<String> subjects = new ArrayList<>();
    for (Certificate certificate : chain) {
      subjects.add(certificate.subject().toString());
    }
    return subjects;
  }

  static String credentialId(Identity identity) {
    return String.join(",", identity.extra().getOrDefault(CredentialId.EXTRA_KEY, List.of()));
  }

  private static Instant earliestEnd(List<Certificate> chain) {
    Instant end = Instant.MAX;
    for (Certificate certificate : chain) {
      Instant own = certificate.validity().notAfter();
      end = own.isBefore(end) ? own : end;
    }
    return end;
  }
}
