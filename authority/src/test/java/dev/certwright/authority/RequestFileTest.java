package dev.certwright.authority;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.pem.PemWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files that somebody brings. */
final class RequestFileTest {
  private static final CertificateRequest REQUEST =
      CertificateRequest.create(
          DistinguishedName.ofAttributes(
              List.of(new AttributeTypeAndValue(Oids.COMMON_NAME, "jane"))),
          new PortableCryptography().generate(KeyType.P_256));

  private static String pem(String label) {
    return new String(PemWriter.write(label, REQUEST.encoded()), US_ASCII);
  }

  private static byte[] read(String text) {
    return RequestFile.read(text.getBytes(US_ASCII)).encoded();
  }

  @Test
  void request_is_read_from_both_labels_behind_text_and_from_der() {
    assertThat(read(pem("CERTIFICATE REQUEST"))).isEqualTo(REQUEST.encoded());
    assertThat(read(pem("NEW CERTIFICATE REQUEST"))).isEqualTo(REQUEST.encoded());
    assertThat(read("Subject: CN=jane\n" + pem("CERTIFICATE REQUEST")))
        .isEqualTo(REQUEST.encoded());
    assertThat(RequestFile.read(REQUEST.encoded()).encoded()).isEqualTo(REQUEST.encoded());
  }

  @Test
  void request_that_is_not_the_first_block_is_refused_with_what_stands_there() {
    assertThatThrownBy(() -> read(pem("CERTIFICATE") + pem("CERTIFICATE REQUEST")))
        .isInstanceOf(X509Exception.class)
        .hasMessage("expected CERTIFICATE REQUEST, its first block is CERTIFICATE");
  }

  @Test
  void byte_order_mark_is_refused_by_its_name() {
    byte[] plain = pem("CERTIFICATE REQUEST").getBytes(US_ASCII);
    byte[] marked = new byte[plain.length + 3];
    marked[0] = (byte) 0xEF;
    marked[1] = (byte) 0xBB;
    marked[2] = (byte) 0xBF;
    System.arraycopy(plain, 0, marked, 3, plain.length);
    assertThatThrownBy(() -> RequestFile.read(marked))
        .isInstanceOf(X509Exception.class)
        .hasMessageContaining("byte order mark");
  }

  @Test
  void begin_line_without_a_name_is_a_comment_and_no_request() {
    String request = pem("CERTIFICATE REQUEST");
    assertThat(read("-----BEGIN \n" + request)).isEqualTo(REQUEST.encoded());

    String cut = request.replace("BEGIN CERTIFICATE", "BEGIN \nCERTIFICATE");
    assertThatThrownBy(() -> read(cut))
        .isInstanceOf(X509Exception.class)
        .hasMessage("expected CERTIFICATE REQUEST, found a BEGIN line without a name");
  }

  @Test
  void damaged_block_before_the_request_is_refused_with_its_line() {
    assertThatThrownBy(
            () -> read("-----BEGIN X-----\n!!!\n-----END X-----\n" + pem("CERTIFICATE REQUEST")))
        .isInstanceOf(X509Exception.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void file_without_a_request_is_refused() {
    assertThatThrownBy(() -> read("jane\n")).isInstanceOf(X509Exception.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(X509Exception.class);
  }
}
