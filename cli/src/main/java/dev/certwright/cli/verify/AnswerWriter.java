package dev.certwright.cli.verify;

import dev.certwright.identity.Identity;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.Refusal;
import java.io.PrintStream;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.io.JsonStringEncoder;

/** Writes answers of {@code verify --json-lines}; fields without a value are left out. */
final class AnswerWriter {
  private final PrintStream out;

  AnswerWriter(PrintStream out) {
    this.out = out;
  }

  /** A scalar as JSON text. */
  static String json(JsonToken token, JsonParser parser) {
    return token == JsonToken.VALUE_STRING ? quoted(parser.getString()) : parser.getString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, quoted);
    return quoted.append('"').toString();
  }

  void write(String id, ClientVerdict verdict) {
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      writeAccepted(id, accepted.identity());
    } else {
      Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
      writeRefused(id, refusal.stage().word(), refusal.message());
    }
  }

  private void writeAccepted(String id, Identity identity) {
    StringBuilder line = begin(id).append("\"ok\":true,\"name\":").append(quoted(identity.name()));
    List<String> groups = identity.groups();
    for (int i = 0; i < groups.size(); i++) {
      line.append(i == 0 ? ",\"groups\":[" : ",").append(quoted(groups.get(i)));
    }
    line.append(groups.isEmpty() ? "" : "]");
    if (!identity.uid().isEmpty()) {
      line.append(",\"uid\":").append(quoted(identity.uid()));
    }
    line.append(",\"credentialId\":").append(quoted(ChainReport.credentialId(identity)));
    end(line);
  }

  void writeRefused(String id, String stage, String error) {
    StringBuilder line = begin(id).append("\"ok\":false,\"stage\":\"").append(stage).append('"');
    end(line.append(",\"error\":").append(quoted(error)));
  }

  private static StringBuilder begin(String id) {
    StringBuilder line = new StringBuilder(256).append('{');
    return id.isEmpty() ? line : line.append("\"id\":").append(id).append(',');
  }

  private void end(StringBuilder line) {
    out.append(line.append("}\n"));
  }
}
