package dev.certwright.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://10.0.0.1:6443",
        "https://api.example.com",
        "https://api.example.com/k8s/clusters/c-1",
        "https://[::1]:6443",
        "https://[fe80::1]",
        "https://[fe80::1%25eth0]:6443/a%2Fb",
        "https://[::ffff:10.0.0.1]:443/",
        "https://localhost:65535"
      })
  void aUrlOfHttpsIsTaken(String url) {
    assertThat(ServerUrl.of(url)).hasToString(url);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|is empty",
        "10.0.0.1:6443|does not begin with https://",
        "http://10.0.0.1|is not https, and a client certificate only works over TLS",
        "ftp://h|does not begin with https://",
        "https://|has no host",
        "https://:6443|has no host",
        "https:///path|has no host",
        "https://h:|has no port between 1 and 65535 behind its host",
        "https://h:0|has no port between 1 and 65535 behind its host",
        "https://h:65536|has no port between 1 and 65535 behind its host",
        "https://h:6443x|has no port between 1 and 65535 behind its host",
        "https://fe80::1:6443|has more than one ':' in its host; an IPv6 address stands in brackets",
        "https://[10.0.0.1]|has no IPv6 address in its brackets",
        "https://[::1|has no IPv6 address in its brackets",
        "https://[1:2:3]|has no IPv6 address in its brackets",
        "https://u:p@h|holds '@', which the address of an API server has no use for",
        "https://h?q|holds '?', which the address of an API server has no use for",
        "https://h#f|holds '#', which the address of an API server has no use for",
        "https://a b|holds a character that is not printable ASCII",
        "https://é|holds a character that is not printable ASCII",
        "https://h/%zz|has a '%' without two hexadecimal digits behind it",
        "https://h%41/|has a '%' in its host",
      })
  void anythingElseIsRefusedWithTheReason(String url, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ServerUrl.of(url))
        .withMessage(
            "server "
                + GoStrings.quote(url)
                + " "
                + problem
                + "; expected a URL such as https://10.0.0.1:6443");
  }
}
