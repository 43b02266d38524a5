package dev.certwright.cluster;

import dev.certwright.x509.SafeText;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import java.nio.charset.StandardCharsets;

/** What an API server answered: an HTTP status and a body of bounded size. */
final class ApiResponse {
  private static final int LONGEST_MESSAGE = 500;

  static final int OK = 200;
  static final int CREATED = 201;
  static final int UNAUTHORIZED = 401;
  static final int FORBIDDEN = 403;
  static final int NOT_FOUND = 404;
  static final int GONE = 410;

  private final int status;
  private final byte[] body;

  /**
   * An answer.
   *
   * @param body at most {@link ApiServer#LARGEST_BODY} bytes; not copied
   */
  ApiResponse(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  /**
   * The body as an object.
   *
   * @throws YamlException if it is none
   */
  YamlMapping object(String source) {
    return YamlReader.lenient().readJson(source, body) instanceof YamlMapping mapping
        ? mapping
        : YamlMapping.EMPTY;
  }

  /** Status and the message of the answer's Status object, or how its text begins; printable. */
  String describe() {
    String message = "";
    try {
      message = object("answer").get("message") instanceof YamlString text ? text.value() : "";
    } catch (YamlException noObject) {
      message = new String(body, StandardCharsets.UTF_8).strip();
    }
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "...";
    }
    return status + (message.isEmpty() ? "" : " " + SafeText.ofEscaped(message));
  }
}
