package dev.certwright.authority;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What openssl made in a folder, as our values; and ours as files for openssl. */
record TestFolder(Path path) {

  String openssl(String line) {
    return OpenSsl.run(path, line);
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(path.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void write(String name, String text) {
    try {
      Files.writeString(path.resolve(name), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void write(String name, byte[] bytes) {
    try {
      Files.write(path.resolve(name), bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void write(String name, Certificate certificate) {
    write(name, PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
  }

  void write(String name, SigningKey key) {
    write(name, key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
  }

  Certificate certificate(String name) {
    return Certificate.of(PemReader.read(bytes(name)).get(0).bytes());
  }

  CertificateRequest request(String name) {
    byte[] file = bytes(name);
    return CertificateRequest.of(
        PemReader.looksLikePem(file) ? PemReader.read(file).get(0).bytes() : file);
  }

  SigningKey key(String name) {
    return new PortableCryptography()
        .signingKey(PrivateKeyReader.read(bytes(name), PasswordSource.NONE));
  }

  /** A self-signed CA: key {@code NAME.key}, certificate {@code NAME}. */
  Certificate root(String name, String subject, String more) {
    openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
    return selfSigned(name, name + ".key", subject, more);
  }

  /** A self-signed CA with a key that is there. */
  Certificate selfSigned(String name, String key, String subject, String more) {
    openssl(
        "req -x509 -new -key "
            + key
            + " -subj '"
            + subject
            + "' -out "
            + name
            + (more.isEmpty() ? " -days 365" : " " + more));
    return certificate(name);
  }

  /** A CA signed by another. */
  Certificate intermediate(String name, String subject, String above, String extensions) {
    openssl("ecparam -name prime256v1 -genkey -noout -out " + name + ".key");
    return signed(name, name + ".key", subject, above, extensions, "-days 200");
  }

  /** Anything signed by another, with a key that is there. */
  Certificate signed(
      String name, String key, String subject, String above, String extensions, String more) {
    write(name + ".ext", extensions);
    openssl("req -new -key " + key + " -subj '" + subject + "' -out " + name + ".csr");
    openssl(
        "x509 -req -in "
            + name
            + ".csr -CA "
            + above
            + " -CAkey "
            + above
            + ".key -extfile "
            + name
            + ".ext -out "
            + name
            + " "
            + more);
    return certificate(name);
  }
}
