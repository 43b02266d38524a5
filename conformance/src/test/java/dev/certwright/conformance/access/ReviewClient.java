package dev.certwright.conformance.access;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.Pki;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.rbac.Attributes;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a real API server who may do what: SubjectAccessReviews, as its administrator. */
final class ReviewClient {
  private static final String API = "authorization.k8s.io/v1";
  private static final int AT_ONCE = 50;

  /** What it said. */
  record Verdict(boolean allowed, String reason) {}

  private final URI address;
  private final HttpClient client;

  ReviewClient(ApiServer server) {
    address = URI.create(server.url() + "/apis/" + API + "/subjectaccessreviews");
    client = HttpClient.newBuilder().sslContext(tls(server)).build();
  }

  private static SSLContext tls(ApiServer server) {
    try {
      Pki pki = server.pki();
      KeyStore trusted = emptyStore();
      try (InputStream file = Files.newInputStream(pki.authorityFile())) {
        trusted.setCertificateEntry(
            "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
      }
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      EffectiveContext administrator =
          EffectiveContext.of(KubeconfigReader.read(server.administratorKubeconfig()), null);
      KeyStore own = emptyStore();
      own.setKeyEntry(
          "own",
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(
                      PrivateKeyReader.read(
                              administrator.user().clientKeyData().bytes(), PasswordSource.NONE)
                          .encodePrivateKeyPkcs8())),
          new char[0],
          chain(administrator.user().clientCertificateData().bytes()));
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(own, new char[0]);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] chain(byte[] pem) throws GeneralSecurityException {
    List<Certificate> chain = new ArrayList<>();
    for (PemBlock block : PemReader.read(pem)) {
      chain.add(
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.bytes())));
    }
    return chain.toArray(new Certificate[0]);
  }

  /** Answers in the order of the questions. */
  List<Verdict> ask(List<Attributes> questions) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int from = 0; from < questions.size(); from += AT_ONCE) {
      List<CompletableFuture<HttpResponse<byte[]>>> sent = new ArrayList<>();
      for (Attributes asked : questions.subList(from, Math.min(questions.size(), from + AT_ONCE))) {
        sent.add(client.sendAsync(request(asked), HttpResponse.BodyHandlers.ofByteArray()));
      }
      for (CompletableFuture<HttpResponse<byte[]>> answer : sent) {
        verdicts.add(verdict(answer.join()));
      }
    }
    return verdicts;
  }

  private HttpRequest request(Attributes asked) {
    YamlMapping.Builder what = YamlMapping.builder();
    YamlMapping.Builder spec =
        YamlMapping.builder()
            .put("user", asked.user().name())
            .put("groups", YamlSequence.ofStrings(asked.user().groups()));
    if (asked.resourceRequest()) {
      what.put("namespace", asked.namespace())
          .put("verb", asked.verb())
          .put("group", asked.apiGroup())
          .put("resource", asked.resource())
          .put("subresource", asked.subresource())
          .put("name", asked.name());
      spec.put("resourceAttributes", what.build());
    } else {
      spec.put(
          "nonResourceAttributes",
          what.put("path", asked.path()).put("verb", asked.verb()).build());
    }
    String review =
        JsonWriter.compact(
            YamlMapping.builder()
                .put("apiVersion", API)
                .put("kind", "SubjectAccessReview")
                .put("spec", spec.build())
                .build());
    return HttpRequest.newBuilder(address)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(review))
        .build();
  }

  private static Verdict verdict(HttpResponse<byte[]> answer) {
    if (YamlReader.lenient().readJson("answer", answer.body()) instanceof YamlMapping review
        && review.get("status") instanceof YamlMapping status
        && status.get("allowed") instanceof YamlBoolean allowed) {
      return new Verdict(
          allowed.value(), status.get("reason") instanceof YamlString text ? text.value() : "");
    }
    throw new AssertionError(
        "no review: "
            + answer.statusCode()
            + " "
            + new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
  }
}
