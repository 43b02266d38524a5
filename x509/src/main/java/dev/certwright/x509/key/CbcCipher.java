package dev.certwright.x509.key;

import dev.certwright.x509.der.Oid;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.DataLengthException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.DESEngine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.jspecify.annotations.Nullable;

/** The ciphers keys are encrypted with, all in CBC mode with PKCS#7 padding. */
enum CbcCipher {
  AES_128("AES-128-CBC", Oid.of(2, 16, 840, 1, 101, 3, 4, 1, 2), 16, 16),
  AES_192("AES-192-CBC", Oid.of(2, 16, 840, 1, 101, 3, 4, 1, 22), 24, 16),
  AES_256("AES-256-CBC", Oid.of(2, 16, 840, 1, 101, 3, 4, 1, 42), 32, 16),
  DES_EDE3("DES-EDE3-CBC", Oid.of(1, 2, 840, 113549, 3, 7), 24, 8),
  DES("DES-CBC", Oid.of(1, 3, 14, 3, 2, 7), 8, 8);

  private final String opensslName;
  private final Oid oid;
  private final int keyLength;
  private final int blockLength;

  CbcCipher(String opensslName, Oid oid, int keyLength, int blockLength) {
    this.opensslName = opensslName;
    this.oid = oid;
    this.keyLength = keyLength;
    this.blockLength = blockLength;
  }

  static @Nullable CbcCipher find(Oid oid) {
    for (CbcCipher cipher : values()) {
      if (cipher.oid.equals(oid)) {
        return cipher;
      }
    }
    return null;
  }

  /** By the name in a DEK-Info header. */
  static @Nullable CbcCipher find(String opensslName) {
    for (CbcCipher cipher : values()) {
      if (cipher.opensslName.equals(opensslName)) {
        return cipher;
      }
    }
    return null;
  }

  /** In bytes. */
  int keyLength() {
    return keyLength;
  }

  /** Of a block and of the initialisation vector, in bytes. */
  int blockLength() {
    return blockLength;
  }

  /**
   * Decrypts.
   *
   * @param parameters key and initialisation vector
   * @return null if the padding is wrong: another key, or damaged
   */
  byte @Nullable [] decrypt(byte[] encrypted, CipherParameters parameters) {
    BlockCipher engine =
        switch (this) {
          case AES_128, AES_192, AES_256 -> AESEngine.newInstance();
          case DES_EDE3 -> new DESedeEngine();
          case DES -> new DESEngine();
        };
    PaddedBufferedBlockCipher cipher =
        new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine), new PKCS7Padding());
    cipher.init(false, parameters);
    byte[] plain = new byte[cipher.getOutputSize(encrypted.length)];
    try {
      int length = cipher.processBytes(encrypted, 0, encrypted.length, plain, 0);
      length += cipher.doFinal(plain, length);
      byte[] result = java.util.Arrays.copyOf(plain, length);
      java.util.Arrays.fill(plain, (byte) 0);
      return result;
    } catch (InvalidCipherTextException | DataLengthException wrong) {
      return null;
    }
  }
}
