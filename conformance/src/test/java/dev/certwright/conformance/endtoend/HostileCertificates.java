package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Client certificates that no one would issue, made with openssl by a CA that servers trust: each a
 * folder with {@code client.crt}, all that is presented in its order, and {@code client.key}.
 */
final class HostileCertificates {
  private static final String CLIENT = "extendedKeyUsage=clientAuth\n";
  private static final String AUTHORITY =
      "basicConstraints=critical,CA:true\nkeyUsage=critical,keyCertSign\n";

  private final Program openssl;
  private final Path folder;
  private final List<Path> clients = new ArrayList<>();
  private int serial = 1000;

  private HostileCertificates(Path folder) {
    this.folder = folder;
    this.openssl = Program.of(folder, "openssl");
  }

  /**
   * Makes all.
   *
   * @param authority {@code ca.crt} with {@code ca.key} beside it
   * @param other of a CA that servers do not trust
   * @param chains of a CA that servers trust and that may have others under it
   * @param folder where they get folders, named for what is wrong with them
   */
  static List<Path> make(Path authority, Path other, Path chains, Path folder) throws IOException {
    HostileCertificates made = new HostileCertificates(Files.createDirectories(folder));
    made.sign("expired", "/CN=ann/O=devs", CLIENT, 0, authority);
    made.sign("of-another-ca", "/CN=root/O=system:masters", CLIENT, 2, other);
    made.sign("for-servers", "/CN=ann/O=devs", "extendedKeyUsage=serverAuth\n", 2, authority);
    made.sign(
        "for-everything", "/CN=ann/O=devs", "extendedKeyUsage=anyExtendedKeyUsage\n", 2, authority);
    made.sign("for-nothing", "/CN=ann/O=devs", "basicConstraints=CA:false\n", 2, authority);
    made.sign("two-names", "/CN=brancz/CN=ann/O=devs/CN=root", CLIENT, 2, authority);
    made.sign("no-name", "/O=system:masters", CLIENT, 2, authority);
    made.sign("blank-name", "/CN= /O=devs", CLIENT, 2, authority);
    made.sign(
        "joined-groups",
        "/CN=ann/O=devs,system:masters/O=devs|system:masters",
        CLIENT,
        2,
        authority);
    made.sign("escapes", "/CN=<b>\u001b[31mann&/O=dev\ns", CLIENT, 2, authority);
    made.sign(
        "unknown-and-critical",
        "/CN=ann/O=devs",
        CLIENT + "1.2.3.4=critical,DER:0500\n",
        2,
        authority);
    made.sign(
        "an-authority",
        "/CN=ann/O=devs",
        AUTHORITY.replace("keyCertSign", "keyCertSign,digitalSignature") + CLIENT,
        2,
        authority);

    Path between = made.sign("between", "/CN=between", AUTHORITY, 2, chains);
    made.clients.remove(between);
    Path issuer = between.resolve("client.crt");
    Files.copy(between.resolve("client.key"), between.resolve("ca.key"));
    Path known = Files.copy(issuer, between.resolve("ca.crt"));
    made.sign("chain", "/CN=ann/O=devs", CLIENT, 2, known, issuer);
    made.sign("chain-without-its-middle", "/CN=ann/O=devs", CLIENT, 2, known);
    made.sign("chain-with-its-root", "/CN=ann/O=devs", CLIENT, 2, known, issuer, chains);
    made.sign("chain-in-disorder", "/CN=ann/O=devs", CLIENT, 2, known, authority, other, issuer);
    Path root = made.sign("root", "/CN=root/O=system:masters", CLIENT, 2, other);
    made.sign(
        "another-behind-it", "/CN=ann/O=devs", CLIENT, 2, authority, root.resolve("client.crt"));
    made.clients.remove(root);
    return made.clients;
  }

  /** A CA that may have others under it: its certificate, {@code ca.key} beside it. */
  static Path authority(Path folder) throws IOException {
    Path certificate = Files.createDirectories(folder).resolve("ca.crt");
    Program.of(folder, "openssl")
        .run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            folder.resolve("ca.key").toString(),
            "-out",
            certificate.toString(),
            "-days",
            "2",
            "-subj",
            "/CN=chains",
            "-addext",
            "keyUsage=critical,keyCertSign")
        .expectSuccess();
    return certificate;
  }

  private Path sign(
      String name, String subject, String extensions, int days, Path authority, Path... after)
      throws IOException {
    Path client = Files.createDirectory(folder.resolve(name));
    Path key = client.resolve("client.key");
    Path request = client.resolve("client.csr");
    Path certificate = client.resolve("client.crt");
    Path file = Files.writeString(client.resolve("extensions"), extensions);
    openssl
        .run(
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-out",
            key.toString())
        .expectSuccess();
    openssl
        .run(
            "req",
            "-new",
            "-utf8",
            "-key",
            key.toString(),
            "-subj",
            subject,
            "-out",
            request.toString())
        .expectSuccess();
    openssl
        .run(
            "x509",
            "-req",
            "-in",
            request.toString(),
            "-CA",
            authority.toString(),
            "-CAkey",
            authority.resolveSibling("ca.key").toString(),
            "-set_serial",
            String.valueOf(++serial),
            "-days",
            String.valueOf(days),
            "-extfile",
            file.toString(),
            "-out",
            certificate.toString())
        .expectSuccess();
    StringBuilder presented = new StringBuilder(Files.readString(certificate));
    for (Path next : after) {
      presented.append(Files.readString(next));
    }
    Files.writeString(certificate, presented);
    clients.add(client);
    return client;
  }
}
