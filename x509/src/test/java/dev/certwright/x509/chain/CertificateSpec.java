package dev.certwright.x509.chain;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certificate in the making: every part is bytes that a mutation may replace. */
final class CertificateSpec {
  byte[] version = TestDer.tlv(0xA0, TestDer.integer(2));
  byte[] serial = TestDer.integer(4711);
  byte[] innerAlgorithm;
  byte @Nullable [] outerAlgorithm;
  byte[] issuer;
  byte[] notBefore = TestDer.text(0x17, "250101000000Z");
  byte[] notAfter = TestDer.text(0x17, "270101000000Z");
  byte[] afterValidity = {};
  byte[] subject;
  byte[] publicKey;
  byte[] uniqueIds = {};
  final List<ExtensionSpec> extensions = new ArrayList<>();
  boolean extensionBlock = true;
  byte[] afterExtensionList = {};
  byte[] afterExtensions = {};
  byte[] afterSignature = {};
  byte[] afterCertificate = {};
  TestKey signer;
  SignAlgorithm algorithm;
  SignatureChange signatureChange = signature -> signature;
  int unusedSignatureBits;
  ByteChange signedChange = tbs -> tbs;
  ByteChange finalChange = certificate -> certificate;

  interface SignatureChange {
    byte[] apply(byte[] signature);
  }

  interface ByteChange {
    byte[] apply(byte[] bytes);
  }

  /** One extension. */
  static final class ExtensionSpec {
    String oid;
    byte[] critical;
    byte[] value;
    byte[] after = {};

    ExtensionSpec(String oid, boolean critical, byte[] value) {
      this.oid = oid;
      this.critical = critical ? TestDer.bool(true) : new byte[0];
      this.value = value;
    }

    byte[] encode() {
      return TestDer.sequence(TestDer.oid(oid), critical, TestDer.octets(value), after);
    }
  }

  CertificateSpec(byte[] issuer, byte[] subject, TestKey own, TestKey signer) {
    this.issuer = issuer;
    this.subject = subject;
    this.publicKey = own.publicKey();
    this.signer = signer;
    this.algorithm = signer.usual();
    this.innerAlgorithm = algorithm.identifier();
  }

  void sign(TestKey with, SignAlgorithm how) {
    signer = with;
    algorithm = how;
    innerAlgorithm = how.identifier();
  }

  @Nullable ExtensionSpec find(String oid) {
    for (ExtensionSpec extension : extensions) {
      if (extension.oid.equals(oid)) {
        return extension;
      }
    }
    return null;
  }

  /** Replaces the value of an extension, or adds the extension. */
  void put(String oid, boolean critical, byte[] value) {
    ExtensionSpec known = find(oid);
    if (known == null) {
      extensions.add(new ExtensionSpec(oid, critical, value));
    } else {
      known.value = value;
      known.critical = critical ? TestDer.bool(true) : new byte[0];
    }
  }

  void remove(String oid) {
    extensions.removeIf(extension -> extension.oid.equals(oid));
  }

  byte[] toBeSigned() {
    byte[] block = {};
    if (extensionBlock && !extensions.isEmpty()) {
      byte[] list = {};
      for (ExtensionSpec extension : extensions) {
        list = TestDer.concat(list, extension.encode());
      }
      block = TestDer.tlv(0xA3, TestDer.sequence(list), afterExtensionList);
    }
    return signedChange.apply(
        TestDer.sequence(
            version,
            serial,
            innerAlgorithm,
            issuer,
            TestDer.sequence(notBefore, notAfter, afterValidity),
            subject,
            publicKey,
            uniqueIds,
            block,
            afterExtensions));
  }

  byte[] encode(SignatureMemory memory) {
    byte[] tbs = toBeSigned();
    byte[] signature = signatureChange.apply(memory.sign(signer, algorithm, tbs));
    byte[] outer = outerAlgorithm;
    byte[] whole =
        TestDer.sequence(
            tbs,
            outer == null ? innerAlgorithm : outer,
            TestDer.tlv(3, shifted(signature, unusedSignatureBits)),
            afterSignature);
    return finalChange.apply(TestDer.concat(whole, afterCertificate));
  }

  /** Contents of a BIT STRING that holds the bits with some unused ones at its end. */
  static byte[] shifted(byte[] bytes, int unused) {
    if (unused == 0) {
      return TestDer.concat(new byte[] {0}, bytes);
    }
    java.math.BigInteger number = new java.math.BigInteger(1, bytes).shiftLeft(unused);
    byte[] wide = number.toByteArray();
    int length = bytes.length;
    byte[] result = new byte[length + 1];
    int skip = Math.max(wide.length - length, 0);
    System.arraycopy(wide, skip, result, result.length - (wide.length - skip), wide.length - skip);
    result[0] = (byte) unused;
    return result;
  }

  CertificateSpec copy() {
    CertificateSpec copy = new CertificateSpec(issuer, subject, signer, signer);
    copy.version = version;
    copy.serial = serial;
    copy.innerAlgorithm = innerAlgorithm;
    copy.outerAlgorithm = outerAlgorithm;
    copy.notBefore = notBefore;
    copy.notAfter = notAfter;
    copy.publicKey = publicKey;
    copy.uniqueIds = uniqueIds;
    for (ExtensionSpec extension : extensions) {
      ExtensionSpec twin =
          new ExtensionSpec(
              extension.oid, false, Arrays.copyOf(extension.value, extension.value.length));
      twin.critical = extension.critical;
      copy.extensions.add(twin);
    }
    copy.algorithm = algorithm;
    return copy;
  }

  /** Signing is dear; most certificates of a run are signed many times over. */
  static final class SignatureMemory {
    private static final int MAXIMUM = 20_000;
    private final java.util.Map<Entry, byte[]> known = new java.util.HashMap<>();

    private record Entry(TestKey key, SignAlgorithm algorithm, java.nio.ByteBuffer message) {}

    synchronized byte[] sign(TestKey key, SignAlgorithm algorithm, byte[] message) {
      if (known.size() > MAXIMUM) {
        known.clear();
      }
      return known
          .computeIfAbsent(
              new Entry(key, algorithm, java.nio.ByteBuffer.wrap(message)),
              entry -> {
                try {
                  return key.sign(algorithm, message);
                } catch (GeneralSecurityException | IllegalArgumentException cannot) {
                  return new byte[] {1, 2, 3};
                }
              })
          .clone();
    }
  }
}
