package dev.certwright.authority.file;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NewAuthority;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What another process does in the tests: works on a folder of clients, and says so. */
final class FolderWorker {
  /** More than any test waits for: whoever is not killed must not fill the disk. */
  private static final int MOST = 20_000;

  private FolderWorker() {}

  public static void main(String[] words) throws IOException {
    Path root = Path.of(words[1]);
    switch (words[0]) {
      case "hold" -> hold(root);
      case "publish" -> publish(root, Integer.parseInt(words[2]), words[3], words[4]);
      case "open" -> open(root, Integer.parseInt(words[2]));
      case "issue" -> issue(root, words[2]);
      case "init" -> init(root);
      case "lock" -> lock(root);
      case "fill" -> fill(root, Integer.parseInt(words[2]));
      case "fill-ca" -> fillCa(root);
      default -> throw new IllegalArgumentException(words[0]);
    }
  }

  /** Stages, and publishes when its input ends. */
  private static void hold(Path root) throws IOException {
    try (ClientFolders folders = ClientFolders.open(root)) {
      Path staged = folders.stage(Map.of("a", new byte[] {1}), true);
      System.out.println(staged);
      while (System.in.read() >= 0) {
        // The parent says nothing; it closes.
      }
      System.out.println(folders.publish(staged, "held", false, true, "now"));
    }
  }

  private static void publish(Path root, int users, String mode, String name) {
    boolean replace = mode.equals("replace");
    try (ClientFolders folders = ClientFolders.open(root)) {
      System.out.println("ready");
      for (int i = 0; i < users; i++) {
        byte[] contents = (name + " " + i).getBytes(StandardCharsets.UTF_8);
        Path staged = folders.stage(Map.of("a", contents, "b", contents), false);
        try {
          folders.publish(staged, "user" + i, replace, false, "stamp");
          System.out.println("won " + i);
        } catch (ExistsException taken) {
          System.out.println("lost " + i);
        }
      }
    }
  }

  private static void open(Path root, int times) {
    for (int i = 0; i < times; i++) {
      try (ClientFolders folders = ClientFolders.open(root)) {
        folders.stage(Map.of("a", new byte[1]), false);
      }
    }
    System.out.println("done");
  }

  /** Issues real credentials until it is killed; a line for each that is in its place. */
  private static void issue(Path root, String prefix) {
    Cryptography cryptography = new PortableCryptography();
    SigningKey key = cryptography.generate(KeyType.P_256);
    Instant now = Instant.now();
    CertificateAuthority authority =
        new NewAuthority("ca", Duration.ofDays(1)).create(key, BigInteger.ONE, now);
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    ClientFolders folders = ClientFolders.open(root);
    System.out.println("ready");
    // Nobody reads any more once the test itself was killed.
    for (int i = 0; i < MOST && !System.out.checkError(); i++) {
      String user = prefix + i;
      SigningKey own = cryptography.generate(KeyType.P_256);
      Certificate certificate =
          issuer.sign(
              issuer.plan(
                  new IssuanceRequest(user, List.of("devs"), "", Duration.ofHours(1), null), now),
              own.publicKey());
      Map<String, byte[]> files = new LinkedHashMap<>();
      files.put("client.key", own.exportPrivateKey().encodePrivateKeyPem(own.publicKey()));
      files.put("client.crt", PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
      files.put("ca.crt", PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()));
      // What comes last and is longest shows best whether a folder is whole.
      files.put("kubeconfig", new byte[50_000]);
      folders.publish(folders.stage(files, false), user, false, false, "now");
      System.out.println(user);
    }
  }

  /** Makes CAs until it is killed. */
  private static void init(Path root) {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    CertificateAuthority authority =
        new NewAuthority("ca", Duration.ofDays(1)).create(key, BigInteger.ONE, Instant.now());
    byte[] pem = key.exportPrivateKey().encodePrivateKeyPem(key.publicKey());
    for (int i = 0; i < MOST && !System.out.checkError(); i++) {
      AuthorityFiles.in(root.resolve("ca" + i)).create(authority, pem);
      System.out.println(i);
    }
  }

  /** Keeps a new file locked until its input ends. */
  private static void lock(Path file) throws IOException {
    try (FileChannel channel = PrivateFiles.create(file)) {
      System.out.println(channel.tryLock() == null ? "taken" : "locked");
      while (System.in.read() >= 0) {
        // The parent says nothing; it closes.
      }
    }
  }

  /** Writes more than there is room for. */
  private static void fill(Path root, int size) {
    try (ClientFolders folders = ClientFolders.open(root)) {
      folders.publish(
          folders.stage(Map.of("client.key", new byte[size]), false), "jane", false, false, "now");
      System.out.println("written");
    } catch (FileAccessException full) {
      System.out.println(full.getMessage());
    }
  }

  private static void fillCa(Path root) {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    CertificateAuthority authority =
        new NewAuthority("ca", Duration.ofDays(1)).create(key, BigInteger.ONE, Instant.now());
    try {
      AuthorityFiles.in(root).create(authority, new byte[10_000]);
      System.out.println("written");
    } catch (FileAccessException full) {
      System.out.println(full.getMessage());
    }
  }
}
