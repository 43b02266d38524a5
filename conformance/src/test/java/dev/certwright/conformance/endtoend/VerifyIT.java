package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Pki;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code certwright verify} on a kubeconfig that {@code issue} made, and on a dozen that are broken
 * in one way each: it says what a real kube-apiserver answers a real kubectl that uses them.
 */
@ExtendWith(ControlPlaneExtension.class)
final class VerifyIT {
  private static final Pattern CERTIFICATE =
      Pattern.compile("client-certificate-data: \"?([A-Za-z0-9+/=]+)");

  /** The DER of two extended key usages, byte by byte. */
  private static final String CLIENT_AUTH = "+\u0006\u0001\u0005\u0005\u0007\u0003\u0002";

  private static final String SERVER_AUTH = "+\u0006\u0001\u0005\u0005\u0007\u0003\u0001";

  private final Path folder = Places.newFolder("verify");
  private final ApiServer server;
  private final Map<String, Path> kubeconfigs = new LinkedHashMap<>();

  VerifyIT(ControlPlane controlPlane) {
    server = controlPlane.apiServer();
  }

  private String authorityFile() {
    return server.pki().authorityFile().toString();
  }

  private Path issue(String user, String authority, String... groups) {
    String[] words = new String[groups.length + 8];
    System.arraycopy(groups, 0, words, 2, groups.length);
    words[0] = "issue";
    words[1] = user;
    List<String> rest =
        List.of("--ca", authority, "--server", server.url(), "--cluster-ca", authorityFile());
    for (int i = 0; i < rest.size(); i++) {
      words[groups.length + 2 + i] = rest.get(i);
    }
    Certwright.in(folder).run(words).expectSuccess();
    return folder.resolve("clients").resolve(user).resolve("kubeconfig");
  }

  private void broken(String name, Path from, UnaryOperator<String> change) throws IOException {
    String text = Files.readString(from);
    String changed = change.apply(text);
    assertThat(changed).as(name).isNotEqualTo(text);
    kubeconfigs.put(name, Files.writeString(folder.resolve(name + ".kubeconfig"), changed));
  }

  /** Changes the certificate's bytes; its PEM is written anew. */
  private static UnaryOperator<String> certificate(UnaryOperator<byte[]> change) {
    return text -> {
      Matcher data = CERTIFICATE.matcher(text);
      assertThat(data.find()).isTrue();
      byte[] pem = Base64.getDecoder().decode(data.group(1));
      byte[] der =
          Base64.getMimeDecoder()
              .decode(
                  new String(pem, java.nio.charset.StandardCharsets.US_ASCII)
                      .replaceAll("-----[A-Z ]+-----", ""));
      byte[] changed =
          ("-----BEGIN CERTIFICATE-----\n"
                  + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(change.apply(der))
                  + "\n-----END CERTIFICATE-----\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      return text.substring(0, data.start(1))
          + Base64.getEncoder().encodeToString(changed)
          + text.substring(data.end(1));
    };
  }

  private void makeAll() throws IOException {
    Path jane = issue("jane", server.pki().folder().toString(), "devs", "ops");
    kubeconfigs.put("jane", jane);
    // A CA of the same name: who would have guessed that it is another one?
    Certwright.in(folder)
        .run("ca", "init", "--ca", "other", "--name", "control-plane-ca")
        .expectSuccess();
    kubeconfigs.put("same-name-other-key", issue("stranger", "other", "devs"));
    Certwright.in(folder)
        .run("ca", "init", "--ca", "unknown", "--name", "somebody-else")
        .expectSuccess();
    kubeconfigs.put("unknown-authority", issue("unknown", "unknown"));
    Pki pki = server.pki();
    Instant now = Instant.now();
    kubeconfigs.put(
        "expired",
        pki.issue(
            "expired", List.of(), Duration.ofMinutes(20), now.minusSeconds(3_000), server.url()));
    kubeconfigs.put(
        "not-yet-valid",
        pki.issue("early", List.of(), Duration.ofHours(1), now.plusSeconds(7_200), server.url()));
    kubeconfigs.put("for-servers", pki.issueForServer("web.example", server.url()));
    kubeconfigs.put(
        "anonymous-by-name",
        pki.issue("system:anonymous", List.of(), Duration.ofHours(1), now, server.url()));
    kubeconfigs.put(
        "unauthenticated-group",
        pki.issue(
            "odd", List.of("system:unauthenticated"), Duration.ofHours(1), now, server.url()));
    broken("signature", jane, certificate(VerifyIT::withOtherSignature));
    broken("subject", jane, certificate(der -> replaced(der, "jane", "root")));
    broken("group", jane, certificate(der -> replaced(der, "devs", "root")));
    broken(
        "token-instead",
        jane,
        text ->
            text.replaceAll("client-certificate-data: .*\\n", "token: abc\n")
                .replaceAll(" *client-key-data: .*\\n", ""));
    broken("issuer", jane, certificate(der -> replaced(der, "plane-ca", "plane-cb")));
    broken("purpose", jane, certificate(der -> replaced(der, CLIENT_AUTH, SERVER_AUTH)));
    int year = now.atZone(ZoneOffset.UTC).getYear() % 100;
    broken(
        "longer-life",
        jane,
        certificate(der -> replaced(der, "\u0017\r" + year, "\u0017\r" + (year + 5))));
  }

  private static byte[] withOtherSignature(byte[] der) {
    byte[] changed = der.clone();
    changed[changed.length - 1] ^= 1;
    return changed;
  }

  /** Another text of the same length, so that the DER stays as it is. */
  private static byte[] replaced(byte[] der, String text, String by) {
    java.nio.charset.Charset bytewise = java.nio.charset.StandardCharsets.ISO_8859_1;
    return new String(der, bytewise).replace(text, by).getBytes(bytewise);
  }

  @Test
  void verifySaysOfEachKubeconfigWhatTheServerSays() throws IOException {
    makeAll();
    // Whoever it is may ask who that is.
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "ask",
            "--clusterrole=system:basic-user",
            "--group=system:unauthenticated",
            "--user=system:anonymous")
        .expectSuccess();

    assertThat(kubeconfigs).hasSize(3 + 12);
    int letIn = 0;
    for (Map.Entry<String, Path> one : kubeconfigs.entrySet()) {
      letIn += compare(one.getKey(), one.getValue()) ? 1 : 0;
    }
    assertThat(letIn).isEqualTo(3);
  }

  private boolean compare(String name, Path kubeconfig) {
    Outcome verified =
        Certwright.in(folder)
            .run("verify", kubeconfig.toString(), "--client-ca", authorityFile(), "-o", "json");
    YamlValue verdict =
        ((YamlSequence)
                java.util.Objects.requireNonNull(
                    Json.at(Json.parse("{\"all\":" + verified.out() + "}"), "all")))
            .values()
            .get(0);
    boolean ok = Json.at(verdict, "ok") instanceof YamlBoolean yes && yes.value();
    Outcome asked = server.kubectlAs(kubeconfig).run("auth", "whoami", "-o", "json");

    assertThat(verified.exitCode()).as(name + verified.err()).isEqualTo(ok ? 0 : 1);
    if (ok) {
      WhoAmI seen = WhoAmI.of(server.kubectlAs(kubeconfig));
      assertThat(Json.text(verdict, "name")).as(name).isEqualTo(seen.user());
      assertThat(Json.texts(verdict, "groups")).as(name).isEqualTo(seen.groups());
      assertThat(List.of(Json.text(verdict, "credentialId"))).isEqualTo(seen.credentialIds());
    } else if (Json.text(verdict, "stage").equals("noopinion") && !name.equals("token-instead")) {
      assertThat(WhoAmI.of(server.kubectlAs(kubeconfig)).user())
          .as(name)
          .isEqualTo("system:anonymous");
    } else {
      assertThat(asked.exitCode()).as(name + verified.out() + asked.out()).isNotZero();
      assertThat(asked.err()).as(name).containsAnyOf("Unauthorized", "logged in", "credentials");
    }
    return ok;
  }
}
