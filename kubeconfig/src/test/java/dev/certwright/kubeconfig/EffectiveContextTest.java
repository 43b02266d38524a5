package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveContextTest {

  private static Kubeconfig config(String cluster, String user, String context) {
    String text =
        "clusters: [{name: c, cluster: {"
            + cluster
            + "}}]\n"
            + "users: [{name: u, user: {"
            + user
            + "}}]\n"
            + "contexts: [{name: x, context: {"
            + context
            + "}}]\n"
            + "current-context: x\n";
    return KubeconfigReader.read("f", text.getBytes(UTF_8));
  }

  private static Kubeconfig usable() {
    return config("server: https://h", "token: t", "cluster: c, user: u");
  }

  @Test
  void theCurrentContextIsUsedUnlessAnotherIsAskedFor() {
    EffectiveContext context = EffectiveContext.of(usable(), null);
    assertThat(context.name()).isEqualTo("x");
    assertThat(context.namespace()).isEqualTo("default");
    assertThat(context.cluster().server()).isEqualTo("https://h");
    assertThat(EffectiveContext.problems(usable(), null)).isEmpty();
    assertThat(EffectiveContext.allProblems(usable())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "client-certificate: /dev/null, client-certificate-data: YQ==, client-key-data: YQ==|client-cert-data and client-cert are both specified for u. client-cert-data will override.",
        "client-key: /dev/null, client-certificate-data: YQ==, client-key-data: YQ==|client-key-data and client-key are both specified for u; client-key-data will override",
        "client-certificate-data: YQ==|client-key-data or client-key must be specified for u to use the clientCert authentication method.",
        "client-certificate-data: YQ==, client-key: /none/k|unable to read client-key /none/k for u due to open /none/k: no such file or directory",
        "client-certificate: /none/c, client-key-data: YQ==|unable to read client-cert /none/c for u due to open /none/c: no such file or directory",
        "token: t, username: name|more than one authentication method found for u; found [token basicAuth], only one is allowed",
        "as-uid: a|requesting uid, groups or user-extra for u without impersonating a user",
        "as-groups: [a]|requesting uid, groups or user-extra for u without impersonating a user",
        "exec: {apiVersion: v, interactiveMode: Never}|command must be specified for u to use exec authentication plugin",
        "exec: {command: c, interactiveMode: Never}|apiVersion must be specified for u to use exec authentication plugin",
        "exec: {command: c, apiVersion: client.authentication.k8s.io/v1}|interactiveMode must be specified for u to use exec authentication plugin",
        "exec: {command: c, apiVersion: v, interactiveMode: x}|invalid interactiveMode for u: `\"x\"`",
        "exec: {command: c, apiVersion: v, interactiveMode: Never, env: [{value: v}]}|env variable name must be specified for u to use exec authentication plugin",
        "exec: {command: c, apiVersion: v, interactiveMode: Never}, auth-provider: {name: a}|authProvider cannot be provided in combination with an exec plugin for u",
      })
  void aUserThatCannotBeUsedIsRefusedInUpstreamsWords_KC10_KC11_KC13_KC18(
      String user, String problem) {
    Kubeconfig config = config("server: https://h", user, "cluster: c, user: u");
    String expected = "invalid configuration: " + problem.replace("`", "");
    assertThatExceptionOfType(InvalidKubeconfigException.class)
        .isThrownBy(() -> EffectiveContext.of(config, null))
        .withMessage(expected);
    assertThat(EffectiveContext.problems(config, "x")).containsExactly(problem.replace("`", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "certificate-authority: /dev/null, server: s, certificate-authority-data: YQ==|certificate-authority-data and certificate-authority are both specified for c. certificate-authority-data will override.",
        "certificate-authority: /none/ca, server: s|unable to read certificate-authority /none/ca for c due to open /none/ca: no such file or directory",
        "proxy-url: http://p|no server found for cluster \"c\"",
        "server: s, proxy-url: ftp://p|invalid 'proxy-url' \"ftp://p\" for cluster \"c\": unsupported scheme \"ftp\", must be http, https, or socks5",
        "server: s, proxy-url: '%zz'|invalid 'proxy-url' \"%zz\" for cluster \"c\": could not parse: %zz",
      })
  void aClusterThatCannotBeUsedIsRefusedInUpstreamsWords_KC10_KC11_KC14_KC15(
      String cluster, String problem) {
    Kubeconfig config = config(cluster, "token: t", "cluster: c, user: u");
    assertThatExceptionOfType(InvalidKubeconfigException.class)
        .isThrownBy(() -> EffectiveContext.of(config, null))
        .withMessage("invalid configuration: " + problem);
  }

  @Test
  void severalProblemsAreToldTogetherInBrackets_KC10() {
    Kubeconfig config =
        config("proxy-url: http://p", "token: t, password: p", "cluster: c, user: u");
    assertThatExceptionOfType(InvalidKubeconfigException.class)
        .isThrownBy(() -> EffectiveContext.of(config, null))
        .withMessage(
            "invalid configuration: [more than one authentication method found for u; found [token"
                + " basicAuth], only one is allowed, no server found for cluster \"c\"]")
        .satisfies(e -> assertThat(e.problems()).hasSize(2));
  }

  @Test
  void aContextThatIsNotThereIsNamed_KC16() {
    assertThatExceptionOfType(InvalidKubeconfigException.class)
        .isThrownBy(() -> EffectiveContext.of(usable(), "y"))
        .withMessage("context \"y\" does not exist");
    assertThat(EffectiveContext.problems(usable(), "y"))
        .containsExactly("context was not found for specified context: y");
  }

  @Test
  void referencesThatLeadNowhereAreNamed_KC16() {
    assertThat(EffectiveContext.problems(config("server: s", "", "cluster: d, user: v"), null))
        .containsExactly(
            "user \"v\" was not found for context \"x\"",
            "cluster \"d\" was not found for context \"x\"",
            "no server found for cluster \"d\"");
    assertThat(EffectiveContext.problems(config("server: s", "", ""), null))
        .contains(
            "user was not specified for context \"x\"",
            "cluster was not specified for context \"x\"");
  }

  @Test
  void nothingAtAllIsNoConfiguration_KC16() {
    assertThatExceptionOfType(InvalidKubeconfigException.class)
        .isThrownBy(() -> EffectiveContext.of(Kubeconfig.EMPTY, null))
        .withMessage(
            "invalid configuration: no configuration has been provided, try setting"
                + " KUBERNETES_MASTER environment variable");
  }

  @Test
  void aNamespaceMustBeALabel_KC17() {
    assertThat(
            EffectiveContext.problems(
                config("server: s", "token: t", "cluster: c, user: u, namespace: Bad"), null))
        .containsExactly(
            "namespace \"Bad\" for context \"x\" does not conform to the kubernetes DNS_LABEL rules");
  }

  @Test
  void authorityAndInsecureTogetherAreRefusedOnceAConnectionIsMade_KC12() {
    Kubeconfig config =
        config(
            "server: https://h, insecure-skip-tls-verify: true, certificate-authority-data: YQ==",
            "token: t",
            "cluster: c, user: u");
    assertThat(EffectiveContext.of(config, null).tlsProblem())
        .isEqualTo("specifying a root certificates file with the insecure flag is not allowed");
    assertThat(EffectiveContext.of(usable(), null).tlsProblem()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h, true",
    "https://h:6443/p?q#f, true",
    "HTTPS://H/, true",
    "https://u@h, true",
    "'https://[::1]:1', true",
    "https://:6443, true",
    "http://h, false",
    "h:443, false",
    "h, false",
    "https, false",
    "https:h, false",
    "https:///p, false",
    "https://?q, false",
    "https://u@, false",
    "https://h%zz, false",
    "'https://[::1', false",
  })
  void credentialsAreOnlyForServersThatUpstreamReadsAsHttps_KC14(String server, boolean tls) {
    Kubeconfig config = config("server: '" + server + "'", "token: t", "cluster: c, user: u");
    assertThat(EffectiveContext.of(config, null).usesTls()).isEqualTo(tls);
  }
}
