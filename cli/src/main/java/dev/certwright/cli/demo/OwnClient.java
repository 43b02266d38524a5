package dev.certwright.cli.demo;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Asks what kubectl would ask, where there is no kubectl. */
final class OwnClient implements DemoClient {
  private static final String WHO_AM_I = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final int ANSWER_LIMIT = 1 << 20;

  private final String url;
  private final Certificate serverAuthority;

  OwnClient(String url, Certificate serverAuthority) {
    this.url = url;
    this.serverAuthority = serverAuthority;
  }

  @Override
  public String description() {
    return "a client of its own, because there is no kubectl on the path";
  }

  private static String method(Question question) {
    return switch (question) {
      case WHO_AM_I -> "POST";
      case LIST_PODS -> "GET";
      case DELETE_POD -> "DELETE";
    };
  }

  private static String path(Question question) {
    return switch (question) {
      case WHO_AM_I -> WHO_AM_I;
      case LIST_PODS -> "/api/v1/pods";
      case DELETE_POD -> "/api/v1/namespaces/default/pods/web";
    };
  }

  @Override
  public String typed(Question question, String client) {
    return "curl --cacert pki/ca.crt --cert "
        + client
        + "/client.crt --key "
        + client
        + "/client.key "
        + (question == Question.LIST_PODS ? "" : "-X " + method(question) + " ")
        + (question == Question.WHO_AM_I ? "-H Content-Type:application/json -d {} " : "")
        + url
        + path(question);
  }

  @Override
  public Answer ask(Question question, Path client) {
    String body = question == Question.WHO_AM_I ? "{}" : "";
    String request =
        method(question)
            + " "
            + path(question)
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    String answer;
    try {
      answer = exchange(client, request);
    } catch (GeneralSecurityException | IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the demo's server cannot be reached: " + failed.getMessage(), "");
    }
    int start = answer.indexOf("\r\n\r\n");
    if (!answer.startsWith("HTTP/1.1 ") || start < 0) {
      return new Answer(Outcome.FAILED, answer);
    }
    String status = answer.substring("HTTP/1.1 ".length(), answer.indexOf('\r'));
    Outcome outcome =
        switch (status.substring(0, 3)) {
          case "200", "201" -> Outcome.ALLOWED;
          case "401" -> Outcome.UNAUTHORIZED;
          case "403" -> Outcome.FORBIDDEN;
          default -> Outcome.FAILED;
        };
    return new Answer(
        outcome, "HTTP " + status + "\n" + summary(question, answer.substring(start + 4)));
  }

  private String exchange(Path client, String request)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", TlsMaterial.jca(serverAuthority));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        TlsMaterial.keyManagers(
            PrivateKeyReader.read(
                BoundedFile.read(client.resolve("client.key"), 1 << 20), PasswordSource.NONE),
            AuthorityFiles.readCertificates(client.resolve("client.crt"))),
        trust.getTrustManagers(),
        null);
    URI uri = URI.create(url);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(20_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(ANSWER_LIMIT), StandardCharsets.UTF_8);
    }
  }

  /** The part of an answer that matters. */
  private static String summary(Question question, String body) {
    YamlMapping object;
    try {
      object =
          YamlReader.lenient().readJson("answer", body.getBytes(StandardCharsets.UTF_8))
                  instanceof YamlMapping mapping
              ? mapping
              : YamlMapping.EMPTY;
    } catch (YamlException none) {
      return body;
    }
    if (object.get("message") instanceof YamlString message) {
      return message.value();
    }
    List<String> lines = new ArrayList<>();
    if (question == Question.WHO_AM_I) {
      YamlMapping user = mapping(mapping(object, "status"), "userInfo");
      lines.add("user    " + text(user, "username"));
      lines.add("groups  " + String.join(", ", texts(user.get("groups"))));
    } else if (object.get("items") instanceof YamlSequence items) {
      for (YamlValue item : items.values()) {
        YamlMapping metadata =
            item instanceof YamlMapping one ? mapping(one, "metadata") : YamlMapping.EMPTY;
        lines.add("pod " + text(metadata, "name") + " in " + text(metadata, "namespace"));
      }
    }
    return String.join("\n", lines);
  }

  private static YamlMapping mapping(YamlMapping object, String key) {
    return object.get(key) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
  }

  private static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  private static List<String> texts(@org.jspecify.annotations.Nullable YamlValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof YamlSequence list) {
      for (YamlValue one : list.values()) {
        texts.add(one instanceof YamlString text ? text.value() : "");
      }
    }
    return texts;
  }
}
