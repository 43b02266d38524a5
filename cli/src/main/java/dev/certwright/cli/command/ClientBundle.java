package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.kubeconfig.CredentialKubeconfig;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of one client, as bytes by file name. */
final class ClientBundle {
  static final String KEY = "client.key";
  static final String REQUEST = "client.csr";
  static final String CERTIFICATE = "client.crt";
  static final String CLUSTER_CA = "cluster-ca.crt";
  static final String KUBECONFIG = "kubeconfig";

  /** What the certificate is in: withheld from the disk until the ledger has it. */
  static final Set<String> WITHHELD = Set.of(CERTIFICATE, KUBECONFIG);

  private ClientBundle() {}

  /** Those files of a bundle that hold the certificate. */
  static Map<String, byte[]> withheld(Map<String, byte[]> bundle) {
    Map<String, byte[]> files = new LinkedHashMap<>(bundle);
    files.keySet().retainAll(WITHHELD);
    return files;
  }

  /**
   * Puts them together.
   *
   * @param key null if it stays with the requester
   * @param keyFile path of that key in the kubeconfig
   */
  static Map<String, byte[]> of(
      String user,
      @Nullable SigningKey key,
      @Nullable String keyFile,
      CertificateRequest request,
      Certificate certificate,
      CertificateAuthority authority,
      TargetCluster cluster,
      boolean embed) {
    List<byte[]> chain = new ArrayList<>(1);
    chain.add(certificate.encoded());
    for (Certificate intermediate : authority.intermediates()) {
      chain.add(intermediate.encoded());
    }
    byte[] chainPem = PemWriter.writeAll(PemBlock.CERTIFICATE, chain);
    Map<String, byte[]> files = new LinkedHashMap<>();
    byte[] keyPem = null;
    if (key != null) {
      keyPem = key.exportPrivateKey().encodePrivateKeyPem(key.publicKey());
      files.put(KEY, keyPem);
    }
    files.put(REQUEST, PemWriter.write(PemBlock.CERTIFICATE_REQUEST, request.encoded()));
    files.put(CERTIFICATE, chainPem);
    CredentialKubeconfig.Builder kubeconfig = cluster.kubeconfigFor(user);
    if (embed) {
      kubeconfig.clusterCa(cluster.authorityPem()).certificate(chainPem);
    } else {
      files.put(CLUSTER_CA, cluster.authorityPem());
      kubeconfig.clusterCaFile(CLUSTER_CA).certificateFile(CERTIFICATE);
    }
    if (embed && keyPem != null) {
      kubeconfig.key(keyPem);
    } else {
      kubeconfig.keyFile(keyFile == null ? KEY : keyFile);
    }
    files.put(KUBECONFIG, kubeconfig.build().toBytes());
    return files;
  }
}
