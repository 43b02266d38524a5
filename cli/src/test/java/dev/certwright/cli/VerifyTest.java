package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VerifyTest {
  @TempDir Path folder;
  private String bundle;

  @BeforeEach
  void issue() {
    String ca = folder.resolve("pki").toString();
    bundle = ca + "/ca.crt";
    Run.certwright("ca", "init", "--ca", ca);
    Run run =
        Run.certwright(
            "issue",
            "jane",
            "devs",
            "--uid",
            "u-1",
            "--ca",
            ca,
            "--out",
            file("clients"),
            "-s",
            "https://x");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private Run verify(String name, String... more) {
    String[] words = new String[4 + more.length];
    words[0] = "verify";
    words[1] = file(name);
    words[2] = "--client-ca";
    words[3] = bundle;
    System.arraycopy(more, 0, words, 4, more.length);
    return Run.certwright(words);
  }

  @Test
  void whatIssueMadeIsLetIn() {
    for (String name : new String[] {"client.crt", "kubeconfig"}) {
      Run run = verify("clients/jane/" + name, "-o", "json");

      assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
      assertThat(run.out())
          .contains("\"ok\": true", "\"name\": \"jane\"", "\"uid\": \"u-1\"", "\"devs\"")
          .contains("\"system:authenticated\"", "\"CN=kubernetes-client-ca\"");
    }
  }

  @Test
  void expiredOneIsNotAndTheTableSaysSinceWhen() {
    Run run = verify("clients/jane/client.crt", "--at", "2099-01-01T00:00:00Z");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("not let in", " expired ", " days ago", "issue a new one");
  }

  @Test
  void wholeSecondOfNotAfterCountsAndNoNanosecondMoreGV02() throws IOException {
    Run run = verify("clients/jane/client.crt", "-o", "json");
    String notAfter = run.out().replaceAll("(?s).*\"notAfter\": \"([^\"]*)\".*", "$1");

    assertThat(verify("clients/jane/client.crt", "--at", notAfter).exitCode()).isZero();
    assertThat(
            verify("clients/jane/client.crt", "--at", notAfter.replace("Z", ".000000001Z"))
                .exitCode())
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void newCaOfTheSameNameIsNamedAsTheReason() {
    Run.certwright("ca", "init", "--ca", file("pki2"));
    bundle = file("pki2/ca.crt");
    Run run = verify("clients/jane/kubeconfig", "-o", "yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("reason: other-key", "same name but another key");
  }

  @Test
  void usersOfKubeconfigAreJudgedOneByOne() throws IOException {
    String good = Files.readString(Path.of(file("clients/jane/kubeconfig")));
    Path several = folder.resolve("several");
    Files.writeString(
        several,
        good.replace(
            "users:\n",
            "users:\n- name: token\n  user:\n    token: abc\n"
                + "- name: lost\n  user:\n    client-certificate: gone.crt\n"
                + "- name: key\n  user:\n    client-certificate: clients/jane/client.key\n"
                + "- name: beside\n  user:\n    client-certificate: clients/jane/client.crt\n"));
    Run run = verify("several");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("user token)", "no client certificate", "gone.crt does not exist")
        .contains("none in PEM", "let in (" + several + ", user beside)");
    assertThat(run.out()).contains("let in (" + several + ", user jane");
  }

  @Test
  void filesThatHoldNothingToJudgeEndWithTwo() throws IOException {
    Files.writeString(folder.resolve("nothing"), "hello");
    Files.writeString(folder.resolve("empty"), "");
    for (String name : new String[] {"nothing", "empty", "clients/jane/client.key", "absent"}) {
      Run run = verify(name);

      assertThat(run.exitCode()).as(name + run.out() + run.err()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).startsWith("error: ");
    }
    bundle = file("nothing");
    assertThat(verify("clients/jane/client.crt").err()).contains("would not load");
  }

  @Test
  void cannotDoWithoutFileOrBundle() {
    assertThat(Run.certwright("verify", "--client-ca", bundle).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(Run.certwright("verify", file("clients/jane/client.crt")).err())
        .contains("--client-ca");
    assertThat(verify("clients/jane/client.crt", "--at", "yesterday").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  private String question(String id, String time) throws IOException {
    return "{\"id\":"
        + id
        + ",\"roots\":[\""
        + Files.readString(Path.of(bundle)).replace("\n", "\\n")
        + "\"],\"chain\":[\""
        + Files.readString(Path.of(file("clients/jane/client.crt"))).replace("\n", "\\n")
        + "\"]"
        + time
        + ",\"comment\":{\"a\":[1]}}\n";
  }

  @Test
  void linesAreAnsweredInOrderWithTheirIds() throws IOException {
    String lines =
        question("\"one\"", "")
            + "\n"
            + question("2", ",\"time\":\"2099-01-01T00:00:00Z\",\"anyEKU\":true")
            + "{\"id\":null,\"roots\":[],\"chain\":[]}\n"
            + "{\"id\":4,\"roots\":\"x\"}\n"
            + "[]\n";
    Run run = Run.withInput(lines, Map.of(), "verify", "--json-lines");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    List<String> answers = run.out().lines().toList();
    assertThat(answers).hasSize(5);
    assertThat(answers.get(0))
        .matches(
            "\\{\"id\":\"one\",\"ok\":true,\"name\":\"jane\",\"groups\":\\[\"devs\"],\"uid\":\"u-1\","
                + "\"credentialId\":\"X509SHA256=[0-9a-f]{64}\"}");
    assertThat(answers.get(1)).startsWith("{\"id\":2,\"ok\":false,\"stage\":\"verify\",\"error\":");
    assertThat(answers.get(2)).startsWith("{\"id\":null,\"ok\":false,\"stage\":\"roots\"");
    assertThat(answers.get(3)).startsWith("{\"id\":4,\"ok\":false,\"stage\":\"input\"");
    assertThat(answers.get(4)).startsWith("{\"ok\":false,\"stage\":\"input\"");
  }
}
