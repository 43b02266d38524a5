package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.FolderName;
import dev.certwright.x509.Certificate;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IssueFromListTest {
  @TempDir Path folder;
  private String ca;
  private Path clients;

  @BeforeEach
  void makeAuthority() {
    ca = folder.resolve("pki").toString();
    clients = folder.resolve("clients");
    assertThat(Run.certwright("ca", "init", "--ca", ca).exitCode()).isZero();
  }

  private Run issue(String... words) {
    return fromInput("", words);
  }

  /** With a list on standard input, unless another is named. */
  private Run fromInput(String list, String... words) {
    Stream<String> source =
        List.of(words).contains("--from") ? Stream.of() : Stream.of("--from", "-");
    Stream<String> rest =
        Stream.of("--ca", ca, "--out", clients.toString(), "-s", "https://10.0.0.1:6443");
    return Run.withInput(
        list,
        Map.of(),
        Stream.of(Stream.of("issue"), Stream.of(words), source, rest)
            .flatMap(part -> part)
            .toArray(String[]::new));
  }

  private Certificate certificateOf(String user) {
    return AuthorityFiles.readCertificates(
            clients.resolve(FolderName.of(user)).resolve("client.crt"))
        .get(0);
  }

  @Test
  void listIsIssuedAndSecondRunSkipsWhoIsValid() throws IOException {
    Path list = folder.resolve("people.csv");
    Files.writeString(
        list,
        "jane,devs,ops,8h\n\n# a comment\njoe,\"a;b\",2h,p-384\nann\n",
        StandardCharsets.UTF_8);

    Run first = issue("--from", list.toString());
    Run second = issue("--from", list.toString());

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out()).contains("3 made");
    assertThat(certificateOf("jane").subject().toString()).isEqualTo("O=devs, O=ops, CN=jane");
    assertThat(certificateOf("joe").publicKey().description()).isEqualTo("ECDSA P-384");
    assertThat(second.exitCode()).isZero();
    assertThat(second.out()).contains("0 made").contains("3 skipped");
  }

  @Test
  void everyKeyRequestAndCertificateOfALongListIsGoodForOpenssl() {
    StringBuilder list = new StringBuilder();
    List<String> verify = new ArrayList<>(List.of("openssl", "verify", "-CAfile", ca + "/ca.crt"));
    for (int i = 0; i < 100; i++) {
      list.append("user").append(i).append(",devs\n");
      verify.add(clients.resolve("user" + i + "/client.crt").toString());
    }
    assertThat(fromInput(list.toString()).exitCode()).isZero();

    assertThat(Shell.run(folder, verify.toArray(new String[0])).lines())
        .hasSize(100)
        .allMatch(line -> line.endsWith(": OK"));
    for (int i = 0; i < 100; i += 9) {
      Path own = clients.resolve("user" + i);
      Shell.run(own, "openssl", "req", "-verify", "-noout", "-in", "client.csr");
      assertThat(Shell.run(own, "openssl", "pkey", "-pubout", "-in", "client.key"))
          .isEqualTo(Shell.run(own, "openssl", "x509", "-pubkey", "-noout", "-in", "client.crt"))
          .isEqualTo(Shell.run(own, "openssl", "req", "-pubkey", "-noout", "-in", "client.csr"));
    }
  }

  @Test
  void badLinesAreReportedByNumberAndDoNotStopTheOthers() throws IOException {
    Path list = folder.resolve("people.csv");
    Files.writeString(
        list,
        "user,groups,ttl\n"
            + "jane,devs,8h\n"
            + "joe,system:masters,8h\n"
            + "jane,ops,8h\n"
            + "ann,devs,8x\n"
            + "sue,,1h\n");

    Run run = issue("--from", list.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err())
        .contains("line 3: refused: the group system:masters")
        .contains("line 4: the user is named in an earlier line already")
        .contains("line 5: expected a lifetime");
    assertThat(run.out()).contains("2 made").contains("3 failed");
    assertThat(clients.resolve("jane/kubeconfig")).exists();
    assertThat(clients.resolve("joe")).doesNotExist();
  }

  @Test
  void jsonLinesFromStandardInputAreIssued() {
    Run run =
        fromInput(
            "{\"user\":\"jane\",\"groups\":[\"a,b\",\"c\"],\"uid\":\"u-1\",\"ttl\":\"8h\"}\n"
                + "{\"user\":\"joe\",\"grups\":[]}\nnot json\n",
            "-o",
            "json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("\"made\": 1").contains("\"failed\": 2");
    assertThat(run.err())
        .contains("line 2: an unknown field \"grups\"")
        .contains("line 3: not JSON");
    assertThat(certificateOf("jane").subject().values(dev.certwright.x509.Oids.ORGANIZATION))
        .isEqualTo(List.of("a,b", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Name,Groups",
        "user;groups",
        "User\tGroups",
        "user,team",
        "groups,ttl",
        "username",
        "user,user",
        "jane,group",
        "E-Mail,x"
      })
  void headerThatIsNotUnderstoodIsNobodyAndNobodyAfterItIsSigned(String header) {
    Run run = fromInput(header + "\njane,devs\n");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("line 1 looks like a header").contains("user,groups");
    assertThat(clients).doesNotExist();
  }

  @Test
  void headerIsUnderstoodInAnyOrderAndCase() {
    Run run = fromInput("Groups,TTL,User\n\"devs,ops\",8h,jane\n");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(certificateOf("jane").subject().toString()).isEqualTo("O=devs, O=ops, CN=jane");
  }

  @Test
  void lineWithSemicolonsForCommasIsRefusedAndNoUserOfThatName() {
    Run run = fromInput("jane;devs\njoe,devs\n\"a;b\"\n");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("line 1: \"jane;devs\" has semicolons");
    assertThat(run.out()).contains("2 made");
    assertThat(certificateOf("a;b").subject().toString()).isEqualTo("CN=a;b");
  }

  @Test
  void everybodyIsShownBeforeAnythingIsSigned() {
    Run dry = fromInput("jane,devs,8h\njoe,joe\n", "--dry-run");

    assertThat(dry.exitCode()).as(dry.err()).isZero();
    assertThat(dry.out())
        .contains("kube-apiserver will see")
        .containsPattern("jane +devs \\(plus system:authenticated\\) +until 20")
        .contains("2 would be made; nothing was");
    assertThat(dry.err()).contains("line 2: the user \"joe\" is also the name of a group");
    assertThat(clients).doesNotExist();
    assertThat(fromInput("jane,devs,8h\n").out())
        .containsSubsequence("kube-apiserver will see", "jane", "1 made");
  }

  @Test
  void ofLongListsOnlyTheFirstTwentyAreShownUnlessNothingIsMade() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      list.append("u").append(i).append(",devs\n");
    }

    assertThat(fromInput(list.toString(), "--dry-run").out()).contains("u24");
    assertThat(fromInput(list.toString()).out())
        .contains("u19")
        .doesNotContain("u20 ")
        .contains("and 5 more (--dry-run shows all of them)")
        .contains("25 made");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void documentsTellOfEverybodyWhatIsInTheCertificate(String format) {
    String list = "jane,devs,8h\njoe\nsue,system:masters\n";
    YamlMapping dry = document(fromInput(list, "--dry-run", "-o", format));
    YamlMapping real = document(fromInput(list, "-o", format));
    YamlMapping again = document(fromInput(list, "-o", format));

    assertThat(people(dry)).hasSize(2);
    assertThat(text(people(dry).get(0), "user")).isEqualTo("jane");
    Certificate jane = certificateOf("jane");
    for (YamlMapping run : List.of(real, again)) {
      assertThat(people(run)).hasSize(2);
      YamlValue first = people(run).get(0);
      assertThat(text(first, "subject")).isEqualTo("O=devs, CN=jane");
      assertThat(text(first, "credentialId")).isEqualTo(jane.credentialId().value());
      assertThat(text(first, "fingerprint"))
          .isEqualTo(HexFormat.of().formatHex(jane.fingerprint()));
      assertThat(text(first, "serialNumber")).isEqualTo(jane.serialNumber().toString());
      assertThat(text(first, "folder")).isEqualTo(clients.resolve("jane").toString());
      assertThat(run.get("failures")).isEqualTo(dry.get("failures"));
    }
    assertThat(((YamlMapping) people(again).get(0)).get("skipped"))
        .isEqualTo(dev.certwright.yaml.YamlBoolean.of(true));
    assertThat(document(fromInput("sue,system:masters\n", "-o", format)).get("people"))
        .isEqualTo(YamlSequence.of(List.of()));
  }

  private static YamlMapping document(Run run) {
    return (YamlMapping) YamlReader.strict().read("output", run.out());
  }

  private static List<YamlValue> people(YamlMapping document) {
    YamlValue people = document.get("people");
    assertThat(people).isInstanceOf(YamlSequence.class);
    return people instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  private static String text(YamlValue person, String field) {
    YamlValue value = ((YamlMapping) person).get(field);
    return value instanceof dev.certwright.yaml.YamlString string ? string.value() : value + "";
  }

  @Test
  void deviceThatNeverEndsIsRefusedAtItsFirstBytes() {
    Run run = issue("--from", "/dev/zero");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("NUL");
  }

  @Test
  void fileOfNulsIsRefusedAtItsFirstByte() throws IOException {
    Path list = folder.resolve("nuls");
    Files.write(list, new byte[100]);
    Run run = issue("--from", list.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("line 1 holds a NUL character");
  }

  @Test
  void textWithoutLineEndsIsNoList() {
    Run run = fromInput("x".repeat(3 << 20));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("more than a million characters");
  }

  @Test
  void folderThatOthersMayChangeIsWarnedAbout() throws IOException {
    Files.createDirectory(clients);
    Files.setPosixFilePermissions(
        clients, java.nio.file.attribute.PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(fromInput("jane\n").err()).contains("can be changed by other users");
  }
}
