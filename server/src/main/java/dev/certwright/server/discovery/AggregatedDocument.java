package dev.certwright.server.discovery;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.wire.Accepted;
import dev.certwright.server.wire.MediaType;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Aggregated discovery, written once, with the tag by which clients keep it (rule KB-12). */
final class AggregatedDocument {
  private static final String TYPE =
      "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
  private static final byte[] NOTHING = {};

  private final byte[] body;
  private final String tag;

  AggregatedDocument(YamlMapping document) {
    body = JsonWriter.compact(document).getBytes(StandardCharsets.UTF_8);
    try {
      tag =
          '"'
              + HexFormat.of()
                  .withUpperCase()
                  .formatHex(MessageDigest.getInstance("SHA-512").digest(body))
              + '"';
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-512", missing);
    }
  }

  /** Whether a client prefers it to the old form. */
  static boolean isWanted(Call call) {
    for (Accepted accepted : call.accepted()) {
      if (accepted.as().equals("APIGroupDiscoveryList")
          && accepted.group().equals("apidiscovery.k8s.io")
          && accepted.version().equals("v2")
          && accepted.type() == MediaType.JSON) {
        return true;
      }
      if (accepted.isWhole()) {
        return false;
      }
    }
    return false;
  }

  Response answer(Call call) {
    Response response =
        call.request().headerValues("If-None-Match").contains(tag)
            ? Response.of(304, "", NOTHING)
            : Response.of(200, TYPE, body);
    return response.with("ETag", tag).with("Vary", "Accept").with("Cache-Control", "public");
  }
}
