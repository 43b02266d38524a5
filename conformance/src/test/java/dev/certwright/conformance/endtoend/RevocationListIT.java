package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A real nginx that lets in by client certificates, and refuses by the list that is published. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RevocationListIT {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 100_000_000;

  /** Not on everybody's path. */
  private static final String PATH = System.getenv("PATH") + ":/usr/sbin";

  private final Path folder = Places.newFolder("nginx");
  private final int port = Servers.freePort();
  private final Process nginx;

  RevocationListIT() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        pid nginx.pid;
        error_log stderr;
        daemon off;
        events {}
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          server {
            listen 127.0.0.1:%d ssl;
            ssl_certificate server.crt;
            ssl_certificate_key server.key;
            ssl_client_certificate pki/ca.crt;
            ssl_verify_client on;
            ssl_crl ca.crl;
            location / { return 200 "let in: $ssl_client_s_dn\n"; }
          }
        }
        """
            .formatted(port));
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: nginx
          revocationList:
            path: ../ca.crl
            caCert: ../pki/ca.crt
            caKey: ../pki/ca.key
            recipients: [{name: reload, command: [nginx, -p, %1$s, -c, nginx.conf, -s, reload]}]
        """
            .formatted(folder));
    Program.of(
            folder,
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=localhost",
            "-keyout",
            "server.key",
            "-out",
            "server.crt")
        .run()
        .expectSuccess();
    certwright("ca", "init").expectSuccess();
    for (String out : new String[] {"first", "second"}) {
      certwright("issue", "jane", "--server=https://10.0.0.1", "--out=" + out).expectSuccess();
    }
    // Nothing runs yet that could be told to read it.
    certwright("revocations", "publish").expect(3);
    nginx = start();
    await("first", "let in: CN=jane");
  }

  private Process start() {
    Program program = Program.of(folder, "nginx", "-p", folder.toString(), "-c", "nginx.conf");
    try {
      return program.with("PATH", PATH).start();
    } catch (RuntimeException missing) {
      throw new AssertionError("nginx is needed: apt-get install nginx, as .ci/run does", missing);
    }
  }

  @AfterAll
  void stop() {
    nginx.destroy();
  }

  private Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", folder.resolve("home"))
        .with("PATH", PATH)
        .run(words);
  }

  private String get(String out) {
    Path client = folder.resolve(out + "/jane");
    return Program.of(
            folder,
            "curl",
            "--silent",
            "--insecure",
            "--cert",
            client.resolve("client.crt").toString(),
            "--key",
            client.resolve("client.key").toString(),
            "https://127.0.0.1:" + port + "/")
        .run()
        .out();
  }

  /** Workers of before serve on for a moment after a reload. */
  private void await(String out, String text) {
    long end = System.nanoTime() + LIMIT_NANOS;
    String answer = get(out);
    while (!answer.contains(text)) {
      assertThat(System.nanoTime()).as(answer).isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
      answer = get(out);
    }
  }

  @Test
  @Order(1)
  void the_revoked_certificate_is_refused_and_the_other_one_of_the_same_person_let_in() {
    assertThat(get("second")).contains("let in: CN=jane");

    Outcome revoked = certwright("revoke", "first/jane/client.crt", "--yes").expect(0);

    assertThat(revoked.out()).contains("reload: delivered");
    await("first", "The SSL certificate error");
    assertThat(get("second")).contains("let in: CN=jane");
    assertThat(certwright("revocations", "status", "--allow-unverified").expect(0).out())
        .containsPattern("nginx .* current");
    // Nobody can ask nginx.
    assertThat(certwright("revocations", "status").expect(1).out())
        .containsPattern("nginx +reload .* unverified");
  }

  @Test
  @Order(2)
  void suspended_certificate_is_let_in_again_after_resume() {
    certwright("suspend", "second/jane/client.crt", "--yes").expect(0);
    await("second", "The SSL certificate error");

    certwright("resume", "second/jane/client.crt", "--yes").expect(0);
    await("second", "let in: CN=jane");
    assertThat(get("first")).contains("The SSL certificate error");
  }
}
