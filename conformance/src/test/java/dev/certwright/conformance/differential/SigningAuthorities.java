package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.NewAuthority;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v1CertificateBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * CAs to sign with, made once in each process: Certwright's, and such as other programs make, fit
 * and unfit ones.
 */
final class SigningAuthorities {
  private static final Instant NOW = CsrSignQuestions.NOW;
  private static final Duration LONG = Duration.ofDays(3650);

  /** How many of Certwright's have a key of P-256. */
  static final int P_256 = 4;

  private static final Named IS_CA =
      new Named(Extension.basicConstraints, true, new BasicConstraints(true));

  /** Certwright's, first those whose key is of P-256. */
  static final List<Pems> OWN = own();

  /** Other programs'. */
  static final List<Pems> FOREIGN = foreign();

  private SigningAuthorities() {}

  /**
   * One CA.
   *
   * @param certificate in PEM
   * @param key in PEM
   */
  record Pems(String certificate, String key) {}

  private static List<Pems> own() {
    List<Pems> all = new ArrayList<>();
    for (KeyType type : List.of(KeyType.P_256, KeyType.P_384, KeyType.RSA_2048, KeyType.ED25519)) {
      SigningKey key = new PortableCryptography().generate(type);
      for (Duration life : List.of(LONG, Duration.ofDays(3))) {
        for (Duration age : List.of(Duration.ofDays(1), Duration.ofMinutes(2))) {
          CertificateAuthority authority =
              new NewAuthority("ca " + type.flag(), life)
                  .create(key, BigInteger.ONE, NOW.minus(age).plus(Duration.ofMinutes(5)));
          all.add(
              new Pems(
                  new String(
                      PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()),
                      US_ASCII),
                  new String(
                      authority
                          .key()
                          .exportPrivateKey()
                          .encodePrivateKeyPem(authority.key().publicKey()),
                      US_ASCII)));
        }
      }
    }
    return all;
  }

  private record Named(ASN1ObjectIdentifier type, boolean critical, ASN1Encodable value) {}

  private static List<Pems> foreign() {
    Named signs =
        new Named(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    Named identifier =
        new Named(
            Extension.subjectKeyIdentifier,
            false,
            new DEROctetString("its own".getBytes(US_ASCII)));
    KeyPair small = BroughtRequests.pair("EC", "P-256");
    List<Pems> all = new ArrayList<>();
    all.add(pems(small, "SHA256withECDSA", IS_CA));
    all.add(pems(small, "SHA256withECDSA", IS_CA, signs, identifier));
    all.add(pems(BroughtRequests.rsa(2048), "SHA256withRSA", IS_CA, signs, identifier));
    all.add(pems(BroughtRequests.rsa(1024), "SHA1withRSA", IS_CA));
    all.add(pems(BroughtRequests.pair("EC", "P-521"), "SHA512withECDSA", IS_CA, signs));
    all.add(new Pems(pem(firstVersion(small)), pem(small.getPrivate())));
    all.add(below(small, identifier));
    // Unfit ones.
    all.add(pems(small, "SHA256withECDSA", identifier));
    all.add(
        pems(
            small,
            "SHA256withECDSA",
            new Named(Extension.basicConstraints, true, new BasicConstraints(false))));
    all.add(
        pems(
            small,
            "SHA256withECDSA",
            IS_CA,
            new Named(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))));
    all.add(
        pems(
            small,
            "SHA256withECDSA",
            IS_CA,
            new Named(
                Extension.extendedKeyUsage,
                false,
                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))));
    all.add(
        pems(
            small,
            "SHA256withECDSA",
            IS_CA,
            new Named(new ASN1ObjectIdentifier("1.2.3.6"), true, DERNull.INSTANCE)));
    return all;
  }

  private static Pems pems(KeyPair pair, String algorithm, Named... extensions) {
    X500Name name = new X500Name("C=DE,O=Other,O=second+OU=unit,CN=Other CA");
    return new Pems(
        pem(signed(name, pair, name, pair, algorithm, extensions)), pem(pair.getPrivate()));
  }

  /** One that another one signed; upstream takes no file with both. */
  private static Pems below(KeyPair pair, Named identifier) {
    X500Name root = new X500Name("CN=root");
    return new Pems(
        pem(
            signed(
                root,
                BroughtRequests.pair("EC", "P-256"),
                new X500Name("CN=below"),
                pair,
                "SHA256withECDSA",
                IS_CA,
                identifier)),
        pem(pair.getPrivate()));
  }

  private static X509CertificateHolder signed(
      X500Name issuer,
      KeyPair issuerKey,
      X500Name subject,
      KeyPair key,
      String algorithm,
      Named... extensions) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer,
            BigInteger.TWO,
            Date.from(NOW.minus(Duration.ofDays(1))),
            Date.from(NOW.plus(LONG)),
            subject,
            SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded()));
    try {
      for (Named extension : extensions) {
        builder.addExtension(extension.type, extension.critical, extension.value);
      }
      return builder.build(
          new JcaContentSignerBuilder(algorithm)
              .setProvider(BroughtRequests.PROVIDER)
              .build(issuerKey.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509CertificateHolder firstVersion(KeyPair pair) {
    X500Name name = new X500Name("CN=old");
    try {
      return new X509v1CertificateBuilder(
              name,
              BigInteger.TWO,
              Date.from(NOW.minus(Duration.ofDays(1))),
              Date.from(NOW.plus(LONG)),
              name,
              SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
          .build(
              new JcaContentSignerBuilder("SHA256withECDSA")
                  .setProvider(BroughtRequests.PROVIDER)
                  .build(pair.getPrivate()));
    } catch (OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(Object object) {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
