package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Places;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.PresentableChain;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.Reason;
import dev.certwright.x509.chain.Refusal;
import dev.certwright.x509.chain.TestAuthority;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random and hostile chains, presented to a real kube-apiserver over TLS 1.2 and 1.3: it lets in
 * whom we would let in, as whom we say, and refuses the others where we say. The chains of a batch
 * are judged under the CAs of all of them; the API server reads its bundle anew for each batch.
 */
@ExtendWith(ControlPlaneExtension.class)
final class GeneratedChainsIT {
  private static final int CHAINS = Integer.getInteger("chains", 300);
  private static final int BATCH = 15;

  /** Over TLS 1.3 the server puts the chain into a session ticket, which holds 64 KiB. */
  private static final int MOST_BYTES = 50_000;

  /** TLS has no room for more than 64 KiB of names of CAs, and a batch is 15 chains. */
  private static final int MOST_BYTES_OF_ROOTS = 16_000;

  private static final long RELOAD_LIMIT_NANOS = 150_000_000_000L;

  private final Path bundle;
  private final ApiServer server;
  private final ChainPresenter presenter;
  private final PrivateKey anyKey;
  private final int minorVersion;
  private final ClientVerification verification =
      new ClientVerification(new PortableSignatureVerifier());

  GeneratedChainsIT(ControlPlane controlPlane) throws IOException, GeneralSecurityException {
    bundle = Places.newFolder("generated-chains").resolve("client-ca.crt");
    ApiServer.Builder builder = controlPlane.newApiServer().withOwnObjects();
    Files.copy(controlPlane.pki().authorityFile(), bundle);
    server = builder.flag("--client-ca-file", bundle).start();
    minorVersion = server.minorVersion();
    presenter = new ChainPresenter(server);
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    anyKey = generator.generateKeyPair().getPrivate();
  }

  @Test
  void realServerSaysOfEachChainWhatWeSay() throws IOException {
    // Whoever is not let in as somebody is anonymous, and may ask too who that is.
    for (String group : List.of("system:authenticated", "system:unauthenticated")) {
      server
          .kubectl(
              "create",
              "clusterrolebinding",
              "ask-" + group.substring(group.indexOf(':') + 1),
              "--clusterrole=system:basic-user",
              "--group=" + group,
              "--user=system:anonymous")
          .expectSuccess();
    }
    List<PresentableChain> chains = new ArrayList<>();
    for (PresentableChain chain : PresentableChain.generate(20_261, 3 * CHAINS)) {
      if (chains.size() < CHAINS && isPresentable(chain)) {
        chains.add(chain);
      }
    }
    assertThat(chains).hasSize(CHAINS);

    List<String> disagreements = new ArrayList<>();
    Map<String, Integer> seen = new TreeMap<>();
    for (int from = 0; from < CHAINS; from += BATCH) {
      List<PresentableChain> batch = chains.subList(from, Math.min(from + BATCH, CHAINS));
      byte[] anchors = load(batch, from);
      for (PresentableChain chain : batch) {
        compare(chain, TrustAnchors.ofPem(anchors), disagreements, seen);
      }
    }

    System.out.println("a real kube-apiserver was presented " + CHAINS + " chains: " + seen);
    assertThat(disagreements).isEmpty();
    assertThat(seen.keySet()).contains("TLS", "VERIFY", "accepted");
    server.close();
  }

  /** Whether there is a key to sign the handshake with, or none is needed. */
  private static boolean isPresentable(PresentableChain chain) {
    if (size(chain.presented()) > MOST_BYTES || size(chain.roots()) > MOST_BYTES_OF_ROOTS) {
      return false;
    }
    try {
      PublicKeyInfo key = Certificate.of(chain.presented().get(0)).publicKey();
      boolean tooSmall =
          key.family() == PublicKeyInfo.Family.RSA && key.modulus().bitLength() < 1024;
      // TLS has no signatures with P-224.
      boolean unknown = key.description().equals("ECDSA P-224");
      return chain.key() != null && !tooSmall && !unknown;
    } catch (X509Exception unreadable) {
      return true;
    }
  }

  private static int size(List<byte[]> certificates) {
    int size = 0;
    for (byte[] certificate : certificates) {
      size += certificate.length + 3;
    }
    return size;
  }

  /** Gives the API server another bundle and waits until it is in force. */
  private byte[] load(List<PresentableChain> batch, int number) throws IOException {
    TestAuthority marker = TestAuthority.lasting("marker " + number, number + 1L);
    ByteArrayOutputStream pem = new ByteArrayOutputStream();
    pem.write(Files.readAllBytes(server.pki().authorityFile()));
    pem.write(marker.pem());
    for (PresentableChain chain : batch) {
      for (byte[] root : chain.roots()) {
        if (isReadable(root)) {
          pem.write(PemWriter.write(PemBlock.CERTIFICATE, root));
        }
      }
    }
    Path next = Files.write(bundle.resolveSibling("next"), pem.toByteArray());
    Files.move(next, bundle, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    TestAuthority.Client client = marker.presentedClient("marker");
    long end = System.nanoTime() + RELOAD_LIMIT_NANOS;
    while (!presenter
        .present("TLSv1.3", List.of(client.certificate()), client.key())
        .user()
        .equals("marker")) {
      assertThat(System.nanoTime()).as("the bundle is read anew").isLessThan(end);
      LockSupport.parkNanos(50_000_000);
    }
    return pem.toByteArray();
  }

  /** One that cannot be read would spoil the bundle. */
  private static boolean isReadable(byte[] certificate) {
    try {
      Certificate.of(certificate);
      return true;
    } catch (X509Exception unreadable) {
      return false;
    }
  }

  private void compare(
      PresentableChain chain,
      TrustAnchors anchors,
      List<String> disagreements,
      Map<String, Integer> seen) {
    ClientVerdict verdict =
        verification.verifyEncoded(
            chain.presented(), anchors, Instant.now(), Purpose.CLIENT_AUTHENTICATION);
    seen.merge(kind(verdict), 1, Integer::sum);
    for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
      PrivateKey key = chain.key();
      ChainPresenter.Answer answer =
          presenter.present(protocol, chain.presented(), key == null ? anyKey : key);
      String difference = difference(verdict, answer);
      if (difference != null) {
        disagreements.add(
            chain.id()
                + ", "
                + protocol
                + ": "
                + difference
                + "\n  ours: "
                + verdict
                + "\n  server: "
                + answer);
      }
    }
  }

  private static String kind(ClientVerdict verdict) {
    return verdict instanceof ClientVerdict.Refused refused
        ? refused.refusal().stage().name()
        : "accepted";
  }

  /** Before 1.33 a server takes no uid from a certificate. */
  private @Nullable String difference(ClientVerdict verdict, ChainPresenter.Answer answer) {
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      Identity identity = accepted.identity().withAuthenticatedGroup();
      boolean same =
          answer.user().equals(identity.name())
              && answer.uid().equals(minorVersion >= 33 ? identity.uid() : "")
              && answer.groups().equals(identity.groups())
              && identity.extra().containsValue(answer.credentialIds());
      return same ? null : "somebody else was let in, or nobody";
    }
    Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
    return switch (refusal.stage()) {
      case TLS -> answer.handshake() ? "the handshake succeeded" : null;
      case NO_OPINION ->
          answer.user().equals("system:anonymous") && answer.credentialIds().isEmpty()
              ? null
              : "not anonymous";
      default ->
          answer.status() == 401 || isTakenByOlderOnes(refusal) && answer.status() == 201
              ? null
              : "not 401";
    };
  }

  /** GV-23: what was built with Go before 1.24 checks signatures of RSA keys under 1024 bits. */
  private boolean isTakenByOlderOnes(Refusal refusal) {
    return refusal.reason() == Reason.UNUSABLE_AUTHORITY_KEY
        && refusal.message().matches(".* is RSA \\d{3}, .*")
        && minorVersion < 33;
  }
}
