package dev.certwright.x509.key;

import dev.certwright.x509.pem.PemBlock;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PBEParameter;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;

/**
 * Decrypts keys with BouncyCastle, whose provider knows all that OpenSSL writes. The provider
 * object is used here only and never registered. What a file may demand of processor and memory is
 * bounded.
 */
final class KeyDecryption {
  private static final long MAXIMUM_ITERATIONS = 20_000_000;
  private static final long MAXIMUM_SCRYPT_BYTES = 256L << 20;

  private KeyDecryption() {}

  static byte[] decryptPkcs8(byte[] encrypted, PasswordSource source) {
    char[] password = require(source);
    try {
      EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(encrypted);
      checkCost(info.getEncryptionAlgorithm());
      return new PKCS8EncryptedPrivateKeyInfo(info)
          .decryptPrivateKeyInfo(
              new JcePKCSPBEInputDecryptorProviderBuilder()
                  .setProvider(new BouncyCastleProvider())
                  .build(password))
          .getEncoded();
    } catch (PKCSException wrongPassword) {
      throw new PasswordException("the password does not open the private key");
    } catch (IOException | IllegalArgumentException | IllegalStateException malformed) {
      throw new KeyException("an encrypted private key of a form that is not read here", malformed);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  static byte[] decryptPem(PemBlock block, PasswordSource source) {
    String header = block.headers().getOrDefault("DEK-Info", "");
    int comma = header.indexOf(',');
    if (comma < 0) {
      throw new KeyException("an encrypted PEM key whose DEK-Info header is malformed");
    }
    char[] password = require(source);
    try {
      byte[] salt = HexFormat.of().parseHex(header.substring(comma + 1).strip());
      return new JcePEMDecryptorProviderBuilder()
          .setProvider(new BouncyCastleProvider())
          .build(password)
          .get(header.substring(0, comma).strip())
          .decrypt(block.bytes(), salt);
    } catch (PEMException wrongPassword) {
      throw new PasswordException("the password does not open the private key");
    } catch (IllegalArgumentException | OperatorCreationException malformed) {
      throw new KeyException("an encrypted PEM key of a form that is not read here", malformed);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static char[] require(PasswordSource source) {
    char[] password = source.password();
    if (password == null) {
      throw new PasswordException("the private key is encrypted and no password was given");
    }
    return password;
  }

  private static void checkCost(AlgorithmIdentifier algorithm) {
    AlgorithmIdentifier derivation = algorithm;
    if (algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
      PBES2Parameters parameters = PBES2Parameters.getInstance(algorithm.getParameters());
      derivation =
          new AlgorithmIdentifier(
              parameters.getKeyDerivationFunc().getAlgorithm(),
              parameters.getKeyDerivationFunc().getParameters());
    }
    long iterations = 1;
    if (derivation.getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
      iterations =
          PBKDF2Params.getInstance(derivation.getParameters())
              .getIterationCount()
              .min(java.math.BigInteger.valueOf(Long.MAX_VALUE))
              .longValue();
    } else if (derivation.getAlgorithm().equals(MiscObjectIdentifiers.id_scrypt)) {
      ScryptParams scrypt = ScryptParams.getInstance(derivation.getParameters());
      if (scrypt.getCostParameter().bitLength() > 31
          || scrypt.getBlockSize().bitLength() > 16
          || scrypt.getParallelizationParameter().bitLength() > 8
          || 128L
                  * scrypt.getCostParameter().intValue()
                  * scrypt.getBlockSize().intValue()
                  * scrypt.getParallelizationParameter().intValue()
              > MAXIMUM_SCRYPT_BYTES) {
        throw new KeyException("an encrypted key that asks for more memory than 256 MiB");
      }
    } else {
      iterations =
          PBEParameter.getInstance(derivation.getParameters()).getIterationCount().longValue();
    }
    if (iterations < 1 || iterations > MAXIMUM_ITERATIONS) {
      throw new KeyException(
          "an encrypted key that asks for "
              + iterations
              + " iterations, where "
              + MAXIMUM_ITERATIONS
              + " are the most");
    }
  }
}
