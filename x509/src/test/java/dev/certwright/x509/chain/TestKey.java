package dev.certwright.x509.chain;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Random;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** A key pair for tests: signs with any algorithm of its family, good or bad. */
abstract class TestKey {
  private final byte[] publicKey;

  TestKey(byte[] publicKey) {
    this.publicKey = publicKey;
  }

  /** SubjectPublicKeyInfo. */
  byte[] publicKey() {
    return publicKey;
  }

  /** The algorithm it signs with unless told otherwise. */
  abstract SignAlgorithm usual();

  /** For handshakes. */
  abstract PrivateKey privateKey();

  abstract byte[] sign(SignAlgorithm algorithm, byte[] message) throws GeneralSecurityException;

  /** ECDSA; deterministic, so that a case can be built again. */
  static final class Ec extends TestKey {
    private final ECPrivateKeyParameters key;
    private final SignAlgorithm usual;
    private final String curve;

    private Ec(byte[] publicKey, ECPrivateKeyParameters key, SignAlgorithm usual, String curve) {
      super(publicKey);
      this.key = key;
      this.usual = usual;
      this.curve = curve;
    }

    static Ec of(String curve, String oid, Random random) {
      ECDomainParameters domain = new ECDomainParameters(CustomNamedCurves.getByName(curve));
      BigInteger d =
          new BigInteger(domain.getN().bitLength() + 64, random)
              .mod(domain.getN().subtract(BigInteger.ONE))
              .add(BigInteger.ONE);
      byte[] point = domain.getG().multiply(d).getEncoded(false);
      int bits = domain.getN().bitLength();
      return new Ec(
          spki(oid, point),
          new ECPrivateKeyParameters(d, domain),
          bits <= 256
              ? SignAlgorithm.ECDSA_SHA256
              : bits <= 384 ? SignAlgorithm.ECDSA_SHA384 : SignAlgorithm.ECDSA_SHA512,
          oid);
    }

    static byte[] spki(String curve, byte[] point) {
      return TestDer.sequence(
          TestDer.sequence(TestDer.oid("1.2.840.10045.2.1"), TestDer.oid(curve)),
          TestDer.bits(point));
    }

    /** A key on the same curve, the same for the same number. */
    Ec other(int number) {
      ECDomainParameters domain = key.getParameters();
      BigInteger d = key.getD().add(BigInteger.valueOf(number)).mod(domain.getN());
      byte[] point = domain.getG().multiply(d).getEncoded(false);
      return new Ec(spki(curve, point), new ECPrivateKeyParameters(d, domain), usual, curve);
    }

    @Override
    PrivateKey privateKey() {
      try {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(curve));
        return KeyFactory.getInstance("EC")
            .generatePrivate(
                new ECPrivateKeySpec(
                    key.getD(), parameters.getParameterSpec(ECParameterSpec.class)));
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }

    BigInteger order() {
      return key.getParameters().getN();
    }

    @Override
    SignAlgorithm usual() {
      return usual;
    }

    @Override
    byte[] sign(SignAlgorithm algorithm, byte[] message) throws GeneralSecurityException {
      ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
      signer.init(true, key);
      BigInteger[] numbers =
          signer.generateSignature(MessageDigest.getInstance(algorithm.digest()).digest(message));
      return TestDer.sequence(TestDer.integer(numbers[0]), TestDer.integer(numbers[1]));
    }
  }

  static final class Ed25519 extends TestKey {
    private final Ed25519PrivateKeyParameters key;

    private Ed25519(Ed25519PrivateKeyParameters key) {
      super(
          TestDer.sequence(
              TestDer.sequence(TestDer.oid("1.3.101.112")),
              TestDer.bits(key.generatePublicKey().getEncoded())));
      this.key = key;
    }

    static Ed25519 of(Random random) {
      byte[] seed = new byte[32];
      random.nextBytes(seed);
      return new Ed25519(new Ed25519PrivateKeyParameters(seed, 0));
    }

    @Override
    SignAlgorithm usual() {
      return SignAlgorithm.ED25519;
    }

    @Override
    PrivateKey privateKey() {
      try {
        return KeyFactory.getInstance("EdDSA")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key.getEncoded()));
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }

    @Override
    byte[] sign(SignAlgorithm algorithm, byte[] message) {
      Ed25519Signer signer = new Ed25519Signer();
      signer.init(true, key);
      signer.update(message, 0, message.length);
      return signer.generateSignature();
    }
  }

  static final class Rsa extends TestKey {
    private final PrivateKey key;
    private final RSAPublicKey numbers;

    private Rsa(KeyPair pair) {
      super(pair.getPublic().getEncoded());
      this.key = pair.getPrivate();
      this.numbers = (RSAPublicKey) pair.getPublic();
    }

    static Rsa of(long publicExponent, BigInteger p, BigInteger q) {
      BigInteger exponent = BigInteger.valueOf(publicExponent);
      BigInteger modulus = p.multiply(q);
      BigInteger lessP = p.subtract(BigInteger.ONE);
      BigInteger lessQ = q.subtract(BigInteger.ONE);
      BigInteger d = exponent.modInverse(lessP.multiply(lessQ));
      try {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        return new Rsa(
            new KeyPair(
                factory.generatePublic(new RSAPublicKeySpec(modulus, exponent)),
                factory.generatePrivate(
                    new RSAPrivateCrtKeySpec(
                        modulus, exponent, d, p, q, d.mod(lessP), d.mod(lessQ), q.modInverse(p)))));
      } catch (GeneralSecurityException failed) {
        throw new IllegalStateException(failed);
      }
    }

    static byte[] spki(BigInteger modulus, BigInteger exponent) {
      return TestDer.sequence(
          TestDer.sequence(TestDer.oid("1.2.840.113549.1.1.1"), TestDer.bytes(5, 0)),
          TestDer.bits(TestDer.sequence(TestDer.integer(modulus), TestDer.integer(exponent))));
    }

    @Override
    PrivateKey privateKey() {
      return key;
    }

    BigInteger modulus() {
      return numbers.getModulus();
    }

    @Override
    SignAlgorithm usual() {
      return SignAlgorithm.RSA_SHA256;
    }

    @Override
    byte[] sign(SignAlgorithm algorithm, byte[] message) throws GeneralSecurityException {
      Signature signature =
          Signature.getInstance(
              algorithm.pssSalt() >= 0
                  ? "RSASSA-PSS"
                  : algorithm.digest().replace("-", "") + "withRSA");
      if (algorithm.pssSalt() >= 0) {
        signature.setParameter(
            new PSSParameterSpec(
                algorithm.digest(),
                "MGF1",
                new MGF1ParameterSpec(algorithm.digest()),
                algorithm.pssSalt(),
                1));
      }
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    }
  }
}
