package dev.certwright.revocation.outlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.Ids;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.x509.key.PasswordSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutletsFileTest {
  private static final String OWN =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
      - {type: RBAC, name: rbac}
      """;

  @TempDir Path folder;

  private List<Outlet> read(String text) throws IOException {
    return OutletsFile.read(
            Files.writeString(folder.resolve("outlets.yaml"), text),
            (key, passwordFile) -> PasswordSource.NONE)
        .outlets();
  }

  private static Standing standing(int count) {
    return new Standing(Ids.denylist(count), List.of(), Instant.EPOCH, Origin.NONE);
  }

  @Test
  void fileThatSetupWritesIsRead() throws IOException {
    assertThat(read(OutletsFile.of("cp", "/a/authorization.yaml", "/a/never.kubeconfig")))
        .containsExactly(
            new AuthorizationFileOutlet(
                "cp",
                Path.of("/a/authorization.yaml"),
                "/a/never.kubeconfig",
                null,
                List.of(),
                List.of()));
  }

  @Test
  void withoutFileThereIsNoOutlet() {
    assertThat(OutletsFile.read(folder.resolve("none"), (key, file) -> PasswordSource.NONE))
        .isEqualTo(Outlets.NONE);
  }

  @Test
  void everyProblemIsNamedWithItsLine() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    apiVersion: v1
                    kind: RevocationOutlets
                    outlets:
                    - name: a
                      authorizationFile: {path: x, kubeConfigFile: relative, mode: 1}
                    - name: a
                      admissionPolicy: {path: p, recipients: [{name: c, command: kubectl}]}
                    - name: b
                    """))
        .isInstanceOfSatisfying(
            UnacceptableConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .containsExactly(
                        "line 1: apiVersion must be certwright.dev/v1alpha1",
                        "line 5: outlets[0].authorizationFile: kubeConfigFile must be an absolute"
                            + " path, as the API server sees it",
                        "line 5: unknown field outlets[0].authorizationFile.mode",
                        "line 7: outlets[1].admissionPolicy.recipients[0]: command must be a list"
                            + " of a program and its arguments",
                        "line 6: outlets[1]: the name a is there already",
                        "line 8: outlets[2]: one of authorizationFile, admissionPolicy and"
                            + " revocationList is needed"));
  }

  @Test
  void fileThatAnybodyMayWriteIsRefused() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("outlets.yaml"), OutletsFile.of("cp", "/a/a.yaml", "/a/never"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatThrownBy(() -> OutletsFile.read(file, (key, password) -> PasswordSource.NONE))
        .isInstanceOf(UnacceptableConfigurationException.class)
        .hasMessageContaining("anybody may write it");

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(OutletsFile.read(file, (key, password) -> PasswordSource.NONE).outlets()).hasSize(1);
  }

  @Test
  void file_of_a_group_or_in_a_folder_of_all_is_refused() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Path file = Files.writeString(open.resolve("outlets.yaml"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThatThrownBy(() -> OutletsFile.read(file, (key, password) -> PasswordSource.NONE))
        .hasMessageContaining("its group may write it");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThatThrownBy(() -> OutletsFile.read(file, (key, password) -> PasswordSource.NONE))
        .hasMessageContaining("anybody may replace it, by the mode of its folder");
  }

  @Test
  void authorizersOfAnotherFileAreTakenAndEachRecipientGetsTheWholeResult() throws IOException {
    Files.writeString(folder.resolve("own.yaml"), OWN);
    Outlet outlet =
        read("""
                apiVersion: certwright.dev/v1alpha1
                kind: RevocationOutlets
                outlets:
                - name: cp
                  authorizationFile:
                    path: out.yaml
                    base: own.yaml
                    kubeConfigFile: /n
                    recipients:
                    - {name: one, command: [sh, -c, 'cat >"$0"', %1$s/one]}
                    - {name: two, command: [sh, -c, 'echo no such host >&2; exit 7']}
                    - {name: three, command: [tee, %1$s/three]}
                    - {name: four, command: [/no/such/program]}
                """
                .formatted(folder))
            .get(0);

    Publication publication = Publication.plan(outlet, standing(2));
    assertThat(publication.write()).isEqualTo(new Publication.Written(true, "", ""));
    List<String> problems = new ArrayList<>();
    for (Recipient recipient : outlet.recipients()) {
      problems.add(publication.deliver(recipient));
    }

    String expected =
        AuthorizationConfiguration.read("own.yaml", OWN.getBytes(StandardCharsets.UTF_8))
            .withDenylist(Ids.denylist(2), "/n", Origin.NONE)
            .text();
    assertThat(folder.resolve("out.yaml")).hasContent(expected);
    assertThat(folder.resolve("one")).hasContent(expected);
    assertThat(folder.resolve("three")).hasContent(expected);
    assertThat(problems)
        .satisfiesExactly(
            one -> assertThat(one).isEmpty(),
            two -> assertThat(two).isEqualTo("sh ended with 7: no such host"),
            three -> assertThat(three).isEmpty(),
            four -> assertThat(four).startsWith("/no/such/program cannot be run"));
  }

  @Test
  void whatTheApiServerWouldRefuseIsNeverWritten() throws IOException {
    Outlet outlet = read(OutletsFile.of("cp", folder + "/a.yaml", "/never")).get(0);
    String broken = OWN.replace("RBAC", "Rbac");
    Path file = Files.writeString(folder.resolve("a.yaml"), broken);

    Publication.Written result = Publication.plan(outlet, standing(1)).write();

    assertThat(result.problem()).contains("type must be one of");
    assertThat(file).hasContent(broken);
    Files.delete(file);
    assertThat(Publication.plan(outlet, standing(1)).write().problem()).contains("does not exist");
    assertThat(file).doesNotExist();
  }

  @Test
  void admissionPoliciesAreTheSameForTheSameDenylist() throws IOException {
    Outlet outlet = new AdmissionPolicyOutlet("objects", folder.resolve("policy.yaml"), List.of());

    Publication.plan(outlet, standing(3)).write();

    String text = Files.readString(folder.resolve("policy.yaml"));
    assertThat(text)
        .contains("name: revoked-client-certificates.certwright.dev", Ids.of(3).get(2))
        .contains("validationActions: [Deny]", "failurePolicy: Fail", "reason: Forbidden");
    assertThat(outlet.isUpToDate(standing(3), text.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(
            outlet.isUpToDate(
                new Standing(Denylist.EMPTY, List.of(), Instant.EPOCH, Origin.NONE),
                text.getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  private static Map<String, Set<String>> idsByObject(byte[] content) {
    Map<String, Set<String>> ids = new HashMap<>();
    Pattern id = Pattern.compile("'(?:X509SHA256=)?([0-9a-f]{16})[0-9a-f]*'");
    for (String object : new String(content, StandardCharsets.UTF_8).split("\n---\n", -1)) {
      Matcher name = Pattern.compile("\n  name: (\\S+)").matcher(object);
      if (object.contains("kind: ValidatingAdmissionPolicy\n") && name.find()) {
        Set<String> found = ids.computeIfAbsent(name.group(1), unused -> new HashSet<>());
        id.matcher(object).results().forEach(match -> found.add(match.group(1)));
      }
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"3,1250", "1250,1251", "1251,3", "2700,2701", "5000,5001", "5001,2", "27000,27001"})
  void noCertificateGoesFromOnePolicyIntoAnotherThatKeepsItsName(int count, int next) {
    Outlet outlet = new AdmissionPolicyOutlet("objects", folder.resolve("p.yaml"), List.of());
    List<String> ids = Ids.of(Math.max(count, next));
    Map<String, Set<String>> before = idsByObject(outlet.content(standing(ids, count), null));
    Map<String, Set<String>> after = idsByObject(outlet.content(standing(ids, next), null));
    Set<String> all = new HashSet<>();
    after.values().forEach(all::addAll);

    assertThat(all).hasSize(next);
    before.forEach(
        (name, refused) -> {
          if (after.containsKey(name)) {
            Set<String> gone = new HashSet<>(refused);
            gone.removeAll(Objects.requireNonNull(after.get(name)));
            assertThat(gone).as(name).doesNotContainAnyElementsOf(all);
          }
        });
  }

  private static Standing standing(List<String> ids, int count) {
    return new Standing(
        new Denylist(
            new Denylist.Names(ids.subList(0, count), List.of(), List.of()),
            Denylist.EMPTY.revoked()),
        List.of(),
        Instant.EPOCH,
        Origin.NONE);
  }

  @Test
  void hashOfTheLoadedFileIsReadFromMetrics() {
    String metric = "apiserver_authorization_config_controller_last_config_info";
    assertThat(
            MetricsText.loadedHash(
                "# HELP x\n"
                    + metric
                    + "{apiserver_id_hash=\"sha256:aa\",hash=\"sha256:bb\"} 0\n"
                    + metric
                    + "{apiserver_id_hash=\"sha256:aa\",hash=\"sha256:cc\"} 1\nother 1\n"))
        .isEqualTo("sha256:cc");
    assertThat(MetricsText.loadedHash("other{hash=\"sha256:aa\"} 1\n")).isEmpty();
  }

  @Test
  void relative_paths_start_and_programs_run_in_the_folder_of_the_file() throws IOException {
    Outlets outlets =
        OutletsFile.read(
            Files.writeString(
                folder.resolve("outlets.yaml"),
                """
                apiVersion: certwright.dev/v1alpha1
                kind: RevocationOutlets
                outlets:
                - name: cp
                  authorizationFile:
                    path: a.yaml
                    kubeConfigFile: /n
                    recipients: [{name: one, command: [sh, -c, cat >here]}]
                    apiServers: [{name: cp-1, kubeconfig: k/monitor}, {name: cp-2}]
                - name: objects
                  admissionPolicy: {path: p.yaml, clusters: [{name: prod, kubeconfig: /k/admin}]}
                servers: [{name: webhook, kubeconfig: monitor}]
                """),
            (key, password) -> PasswordSource.NONE);

    AuthorizationFileOutlet file = (AuthorizationFileOutlet) outlets.outlets().get(0);
    assertThat(file.apiServers())
        .extracting(ApiServer::kubeconfig)
        .containsExactly(folder.resolve("k/monitor").toString(), "");
    assertThat(((AdmissionPolicyOutlet) outlets.outlets().get(1)).clusters())
        .extracting(PolicyCluster::kubeconfig)
        .containsExactly("/k/admin");
    assertThat(outlets.servers().get(0).address().kubeconfig())
        .isEqualTo(folder.resolve("monitor").toString());
    assertThat(file.recipients().get(0).send(new byte[] {'x'}, Origin.NONE)).isEmpty();
    assertThat(folder.resolve("here")).hasContent("x");
  }
}
