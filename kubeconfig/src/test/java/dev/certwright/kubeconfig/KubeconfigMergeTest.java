package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.certwright.kubeconfig.EntryChange.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a merge makes of a target's text. */
class KubeconfigMergeTest {
  private static final String SOURCE =
      """
      apiVersion: v1
      kind: Config
      clusters:
      - cluster:
          server: https://new
        name: new
      users:
      - name: jane
        user:
          token: "1"
      contexts:
      - context:
          cluster: new
          user: jane
        name: jane@new
      current-context: jane@new
      """;

  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void files() throws IOException {
    source = folder.resolve("source");
    target = folder.resolve("target");
    Files.writeString(source, SOURCE);
  }

  private MergePlan plan(boolean replace, boolean use) {
    return KubeconfigMerge.plan(
        new MergeRequest(source, KubeconfigFiles.explicit(target), replace, use));
  }

  private String merged(String before) throws IOException {
    return merged(before, false, false);
  }

  private String merged(String before, boolean replace, boolean use) throws IOException {
    Files.writeString(target, before);
    MergePlan plan = plan(replace, use);
    assertThat(plan.files()).hasSize(1);
    return new String(plan.files().get(0).after(), UTF_8);
  }

  @Test
  void newEntriesGoBehindThoseThatAreThereAndNothingElseChanges() throws IOException {
    assertThat(
            merged(
                """
                # my clusters
                apiVersion: v1
                clusters:   # all of them
                - name: old   # the old one
                  cluster:
                    server: "https://old"  # moved
                    future-field: {a: [1, 2]}

                # users follow
                users:
                    - name: bob
                      user: {token: t}
                contexts:
                - {name: old, context: {cluster: old, user: bob}}
                current-context: old # keep
                preferences: {}
                """))
        .isEqualTo(
            """
            # my clusters
            apiVersion: v1
            clusters:   # all of them
            - name: old   # the old one
              cluster:
                server: "https://old"  # moved
                future-field: {a: [1, 2]}
            - cluster:
                server: https://new
              name: new

            # users follow
            users:
                - name: bob
                  user: {token: t}
                - name: jane
                  user:
                    token: "1"
            contexts:
            - {name: old, context: {cluster: old, user: bob}}
            - context:
                cluster: new
                user: jane
              name: jane@new
            current-context: old # keep
            preferences: {}
            """);
  }

  @Test
  void listsThatAreEmptyOrNullOrMissingAreFilled() throws IOException {
    assertThat(merged("clusters: [] # none\nusers: null\ncurrent-context: \"\"\n"))
        .isEqualTo(
            """
            clusters: # none
            - cluster:
                server: https://new
              name: new
            users:
            - name: jane
              user:
                token: "1"
            current-context: ""
            contexts:
            - context:
                cluster: new
                user: jane
              name: jane@new
            """);
    assertThat(merged("clusters:\nusers: ~\ncontexts:   \n"))
        .isEqualTo(
            """
            clusters:
            - cluster:
                server: https://new
              name: new
            users:
            - name: jane
              user:
                token: "1"
            contexts:  \s
            - context:
                cluster: new
                user: jane
              name: jane@new
            """);
  }

  @Test
  void anEmptyFileGetsAWholeKubeconfigBehindItsComments() throws IOException {
    String whole =
        """
        apiVersion: v1
        kind: Config
        clusters:
        - cluster:
            server: https://new
          name: new
        users:
        - name: jane
          user:
            token: "1"
        contexts:
        - context:
            cluster: new
            user: jane
          name: jane@new
        """;
    assertThat(merged("")).isEqualTo(whole);
    assertThat(merged("# mine\n")).isEqualTo("# mine\n" + whole);
    assertThat(merged("# mine")).isEqualTo("# mine\n" + whole.stripTrailing());
    assertThat(merged("---\n# mine\n")).isEqualTo("---\n# mine\n" + whole);
    assertThat(merged("null\n")).isEqualTo("\n" + whole);
  }

  @Test
  void aFileThatIsNotThereIsCreatedWhole() {
    MergePlan plan = plan(false, true);
    assertThat(plan.files().get(0).isNew()).isTrue();
    assertThat(new String(plan.files().get(0).after(), UTF_8)).isEqualTo(SOURCE);
    assertThat(plan.currentContextBefore()).isEmpty();
    assertThat(plan.currentContextAfter()).isEqualTo("jane@new");
  }

  @Test
  void jsonStaysJsonInItsLayout() throws IOException {
    assertThat(
            merged(
                """
                {
                    "kind": "Config",
                    "clusters": [
                        {"name": "old", "cluster": {"server": "https://old"}}
                    ],
                    "users": []
                }
                """))
        .isEqualTo(
            """
            {
                "kind": "Config",
                "clusters": [
                    {"name": "old", "cluster": {"server": "https://old"}},
                    {
                      "cluster": {
                        "server": "https://new"
                      },
                      "name": "new"
                    }
                ],
                "users": [
                  {
                    "name": "jane",
                    "user": {
                      "token": "1"
                    }
                  }
                ],
                "contexts": [
                  {
                    "context": {
                      "cluster": "new",
                      "user": "jane"
                    },
                    "name": "jane@new"
                  }
                ]
            }
            """);
    assertThat(merged("{\"clusters\":[{\"name\":\"a\"},],users: , contexts: [{name: b}]}"))
        .isEqualTo(
            "{\"clusters\":[{\"name\":\"a\"}, {\"cluster\":{\"server\":\"https://new\"},\"name\":\"new\"}],"
                + "users: [{\"name\":\"jane\",\"user\":{\"token\":\"1\"}}] , contexts: [{name: b}, "
                + "{\"context\":{\"cluster\":\"new\",\"user\":\"jane\"},\"name\":\"jane@new\"}]}");
    assertThat(merged("{}")).startsWith("{\n  \"clusters\": [\n").endsWith("\n}");
  }

  @Test
  void lineEndsOfTheFileAreUsed() throws IOException {
    String after = merged("clusters:\r\n- name: a\r\nusers: []\r\n");
    assertThat(after.replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
    assertThat(after)
        .startsWith("clusters:\r\n- name: a\r\n- cluster:\r\n    server: https://new\r\n");
  }

  @Test
  void aFileWithoutALastLineEndStaysWithoutOne() throws IOException {
    assertThat(merged("contexts: []\nusers:\n- name: a"))
        .isEqualTo(
            """
            contexts:
            - context:
                cluster: new
                user: jane
              name: jane@new
            users:
            - name: a
            - name: jane
              user:
                token: "1"
            clusters:
            - cluster:
                server: https://new
              name: new""");
  }

  @Test
  void aByteOrderMarkStays() throws IOException {
    assertThat(merged("\uFEFFclusters:\n- name: a\n"))
        .startsWith("\uFEFFclusters:\n- name: a\n- cluster:");
  }

  @Test
  void whatFollowsTheFirstDocumentStays() throws IOException {
    assertThat(merged("clusters: []\n...\n--- # second\nfoo: [\n"))
        .startsWith("clusters:\n- cluster:")
        .endsWith("  name: jane@new\n...\n--- # second\nfoo: [\n");
  }

  @Test
  void blockScalarsAtTheEndOfAnEntryStayAsTheyAre() throws IOException {
    String text = "users:\n- user:\n    token: |-\n      abc\n\n  name: |-\n    bob\n\n\n# end\n";
    assertThat(merged(text))
        .startsWith(
            "users:\n- user:\n    token: |-\n      abc\n\n  name: |-\n    bob\n\n\n- name: jane\n")
        .endsWith("\n# end\n");
  }

  @Test
  void anEntryThatIsThereAlreadyIsNotTouched() throws IOException {
    Files.writeString(
        target,
        """
        clusters: [{name: new, cluster: {server: 'https://new', insecure-skip-tls-verify: no}}]
        users: [{name: jane, user: {token: !!str 1}}]
        contexts: [{name: jane@new, context: {user: jane, cluster: new, namespace: ''}}]
        """);
    MergePlan plan = plan(false, false);
    assertThat(plan.changesAnything()).isFalse();
    assertThat(plan.entries())
        .extracting(EntryChange::action)
        .containsOnly(Action.UNCHANGED)
        .hasSize(3);
  }

  @Test
  void anEntryWithOtherContentIsRefusedWithItsPlace() throws IOException {
    Files.writeString(
        target,
        "clusters:\n- name: a\n- name: new\n  cluster: {server: https://other}\nusers:\n- name: jane\n");
    assertThatExceptionOfType(KubeconfigConflictException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessage(
            "cluster \"new\" is already at "
                + target
                + ":3 with other content; user \"jane\" is already at "
                + target
                + ":6 with other content")
        .satisfies(e -> assertThat(e.conflicts()).hasSize(2));
  }

  @Test
  void onlyTheEntryItselfIsReplacedWhenThatIsAskedFor() throws IOException {
    assertThat(
            merged(
                """
                users:
                - name: bob # b
                -   user: # j
                        token: |
                          old
                    name: jane
                # c
                - name: eve
                clusters: [{name: a}, {name: new, cluster: {server: https://other}}, {name: z}]
                """,
                true,
                false))
        .isEqualTo(
            """
            users:
            - name: bob # b
            -   name: jane
                user:
                  token: "1"
            # c
            - name: eve
            clusters: [{name: a}, {"cluster":{"server":"https://new"},"name":"new"}, {name: z}]
            contexts:
            - context:
                cluster: new
                user: jane
              name: jane@new
            """);
  }

  @Test
  void theCurrentContextChangesOnlyWhenThatIsAskedFor() throws IOException {
    assertThat(merged("current-context: old # c\n", false, false))
        .startsWith("current-context: old # c\n");
    assertThat(merged("current-context: old # c\n", false, true))
        .startsWith("current-context: jane@new # c\n");
    assertThat(merged("current-context:\n", false, true)).startsWith("current-context: jane@new\n");
    assertThat(merged("current-context: |-\n  old\nusers: []\n", false, true))
        .startsWith("current-context: jane@new\nusers:\n");
    assertThat(merged("users: []\n", false, true)).endsWith("\ncurrent-context: jane@new\n");
    assertThat(merged("{current-context: old}", false, true))
        .startsWith("{current-context: \"jane@new\"");
  }

  @Test
  void anchorsThatSurviveAreKept() throws IOException {
    String anchors = "y: &u0 [{name: bob}]\nx: &base {server: https://old}\n";
    assertThat(merged(anchors + "clusters:\n- &a\n  name: a\n  cluster: *base\nusers: *u0\n"))
        .startsWith(
            anchors
                + """
                clusters:
                - &a
                  name: a
                  cluster: *base
                - cluster:
                    server: https://new
                  name: new
                users:
                - name: bob
                - name: jane
                """);
  }

  @Test
  void aMergeKeyThatBringsAListIsOverriddenByAWholeList() throws IOException {
    assertThat(merged("base: &b\n  clusters:\n  - name: old\n<<: *b\n"))
        .startsWith(
            "base: &b\n  clusters:\n  - name: old\n<<: *b\nclusters:\n- name: old\n- cluster:\n");
  }

  @Test
  void whatWouldChangeSomethingElseThroughAnAnchorIsRefused() throws IOException {
    Files.writeString(target, "clusters: &c\n- name: old\nothers: *c\n");
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessageStartingWith(target + " is written in a way that cannot be changed in place");
  }

  @Test
  void relativePathsStillLeadToTheSameFiles_KC05() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    Files.writeString(
        source,
        """
        clusters:
        - name: c
          cluster: {server: https://h, certificate-authority: pki/ca.crt}
        users:
        - name: u
          user: {client-certificate: ./u.crt, client-key: /abs/u.key, tokenFile: other/token,
            exec: {command: bin/plugin, args: [./x]}}
        - name: v
          user: {exec: {command: plugin}, client-key: ''}
        """);
    target = other.resolve("config");
    Files.writeString(target, "");
    MergePlan plan = plan(false, false);
    Kubeconfig config = KubeconfigReader.read(target.toString(), plan.files().get(0).after());
    assertThat(config.clusters().get("c"))
        .extracting(Cluster::certificateAuthority)
        .isEqualTo(folder + "/pki/ca.crt");
    assertThat(config.users().get("u"))
        .extracting(AuthInfo::clientCertificate, AuthInfo::clientKey, AuthInfo::tokenFile)
        .containsExactly(folder + "/u.crt", "/abs/u.key", "token");
    assertThat(exec(config, "u").command()).isEqualTo(folder + "/bin/plugin");
    assertThat(exec(config, "u").args()).containsExactly("./x");
    assertThat(exec(config, "v").command()).isEqualTo("plugin");
    Files.write(target, plan.files().get(0).after());
    assertThat(plan(false, false).changesAnything()).isFalse();
  }

  private static ExecConfig exec(Kubeconfig config, String user) {
    return Objects.requireNonNull(Objects.requireNonNull(config.users().get(user)).exec());
  }

  @Test
  void anEntryGoesBackToItsFileAndANewOneToTheFirst_KC06() throws IOException {
    Path first = folder.resolve("first");
    Path none = folder.resolve("none");
    Files.writeString(first, "contexts: []\n");
    Files.writeString(target, "users:\n- name: jane\ncurrent-context: old\n");
    KubeconfigFiles list =
        KubeconfigFiles.ofEnvironment(
            none + java.io.File.pathSeparator + first + java.io.File.pathSeparator + target,
            folder);
    MergePlan plan = KubeconfigMerge.plan(new MergeRequest(source, list, true, true));
    assertThat(plan.entries())
        .containsExactly(
            new EntryChange(EntryKind.CLUSTER, "new", Action.ADDED, first),
            new EntryChange(EntryKind.USER, "jane", Action.REPLACED, target),
            new EntryChange(EntryKind.CONTEXT, "jane@new", Action.ADDED, first));
    assertThat(plan.files()).extracting(FileChange::file).containsExactlyInAnyOrder(first, target);
    for (FileChange change : plan.files()) {
      Files.write(change.file(), change.after());
    }
    Kubeconfig config = list.load().config();
    assertThat(config.currentContext()).isEqualTo("jane@new");
    assertThat(EffectiveContext.problems(config, null)).isEmpty();
  }

  @Test
  void aFileIsNotMergedIntoItself() {
    target = source;
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessage(source + " is the configuration to merge into, itself");
  }

  @Test
  void aSourceThatHoldsNothingOrNoNamesIsRefused() throws IOException {
    Files.writeString(source, "kind: Config\n");
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessage(source + " holds no clusters, users or contexts to merge");
    Files.writeString(source, "users:\n- user: {}\n");
    assertThatExceptionOfType(MalformedKubeconfigException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessage(source + ":2:3: a user without a name");
  }

  @Test
  void aTargetThatIsNoKubeconfigIsRefused() throws IOException {
    Files.writeString(target, "clusters: [\n");
    assertThatExceptionOfType(MalformedKubeconfigException.class)
        .isThrownBy(() -> plan(false, false))
        .withMessageStartingWith(target + ":2:1: not YAML");
  }
}
