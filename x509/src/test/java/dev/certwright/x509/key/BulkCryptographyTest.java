package dev.certwright.x509.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.PublicKeyInfo;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BulkCryptographyTest {
  private static final byte[] MESSAGE = "what is signed".getBytes(US_ASCII);

  private static boolean verifies(PublicKeyInfo key, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    Signature jdk = Signature.getInstance("SHA256withECDSA", "SunEC");
    jdk.initVerify(
        KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(key.encoded())));
    jdk.update(message);
    return jdk.verify(signature);
  }

  @Test
  void keys_and_signatures_are_the_jdks_too_and_each_is_another_one()
      throws GeneralSecurityException {
    BulkCryptography cryptography = new BulkCryptography();
    Set<PublicKeyInfo> keys = new HashSet<>();
    Set<BigInteger> firstHalves = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      SigningKey key = cryptography.generate(KeyType.P_256);
      byte[] signature = key.sign(MESSAGE);
      assertThat(verifies(key.publicKey(), MESSAGE, signature)).isTrue();
      assertThat(verifies(key.publicKey(), new byte[] {1}, signature)).isFalse();
      assertThat(keys.add(key.publicKey())).isTrue();
      assertThat(firstHalves.add(EcdsaSignature.of(signature).r())).isTrue();
      assertThat(firstHalves.add(EcdsaSignature.of(key.sign(MESSAGE)).r())).isTrue();
    }
  }

  @Test
  void a_key_that_is_adopted_signs_as_itself_and_other_kinds_are_left_alone()
      throws GeneralSecurityException {
    BulkCryptography cryptography = new BulkCryptography();
    SigningKey known = new PortableCryptography().generate(KeyType.P_256);
    SigningKey adopted = cryptography.adopt(known);
    assertThat(adopted).isInstanceOf(BulkSigningKey.class);
    assertThat(adopted.publicKey()).isEqualTo(known.publicKey());
    assertThat(adopted.exportPrivateKey()).isEqualTo(known.exportPrivateKey());
    assertThat(verifies(known.publicKey(), MESSAGE, adopted.sign(MESSAGE))).isTrue();
    SigningKey other = new PortableCryptography().generate(KeyType.P_384);
    assertThat(cryptography.adopt(other)).isSameAs(other);
    assertThat(cryptography.generate(KeyType.ED25519).publicKey().family())
        .isEqualTo(PublicKeyInfo.Family.ED25519);
  }

  @Test
  void a_new_key_is_the_public_half_of_what_is_exported() {
    SigningKey key = new BulkCryptography().generate(KeyType.P_256);
    assertThat(new PortableCryptography().signingKey(key.exportPrivateKey()).publicKey())
        .isEqualTo(key.publicKey());
    assertThat(key.toString()).doesNotContain(key.exportPrivateKey().scalar().toString(16));
  }

  // RFC 6979, A.2.5, whose numbers k are given.
  @ParameterizedTest
  @CsvSource({
    "sample, A6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60,"
        + " EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
        + " F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
    "test, D16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0,"
        + " F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
        + " 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
  })
  void signatures_with_known_numbers_are_those_of_the_rfc(
      String message, String k, String r, String s) {
    BigInteger number = new BigInteger(k, 16);
    BigInteger blind = BigInteger.valueOf(0x1234_5678_9ABCL);
    BigInteger[] point = P256Generator.multiply(new BigInteger[] {number});
    P256Pairs.Pair pair =
        new P256Pairs.Pair(
            number, blind, number.multiply(blind).modInverse(P256Pairs.ORDER), point[0], point[1]);
    SigningKey key =
        new PortableCryptography()
            .signingKey(
                PrivateKeyInfo.ofEc(
                    EcCurve.P_256.oid(),
                    new BigInteger(
                        "C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16)));

    byte[] signature = BulkSigningKey.of(key, () -> pair).sign(message.getBytes(US_ASCII));

    assertThat(EcdsaSignature.of(signature).r()).isEqualTo(new BigInteger(r, 16));
    assertThat(EcdsaSignature.of(signature).s()).isEqualTo(new BigInteger(s, 16));
  }
}
