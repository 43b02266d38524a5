package dev.certwright.revocation.authorization;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.Ids;
import dev.certwright.revocation.UnacceptableConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishedDenylistTest {
  private static final String NEVER = "/etc/kubernetes/certwright/never-called.kubeconfig";
  private static final String CENTRAL =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
      - {type: AlwaysAllow, name: alwaysallow}
      """;
  private static final String NODE =
      """
      # this node's own
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
        - type: Node
          name: node
        - type: RBAC
          name: rbac
      """;

  private static AuthorizationConfiguration configuration(String text) {
    return AuthorizationConfiguration.read("authorization.yaml", text.getBytes(UTF_8));
  }

  private static byte[] published(Denylist denylist) {
    return configuration(CENTRAL)
        .withDenylist(
            denylist,
            "/elsewhere/never.kubeconfig",
            Origin.carried(new SourceLedger("0123456789ab", 0, "")))
        .encoded();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_250, 1_251, 27_001})
  void node_gets_the_same_bytes_from_the_published_list_as_from_the_ledger(int count) {
    Denylist denylist = Ids.denylist(count);

    PublishedDenylist read = PublishedDenylist.read("published", published(denylist));

    assertThat(read.size()).isEqualTo(count);
    assertThat(configuration(NODE).withDenylist(read, NEVER).text())
        .isEqualTo(
            configuration(NODE)
                .withDenylist(
                    denylist, NEVER, Origin.carried(new SourceLedger("0123456789ab", 0, "")))
                .text());
  }

  @Test
  void people_and_suspended_ones_are_taken_over_whatever_their_names() {
    List<String> names = List.of("jane", "o'brien\\", "\u202Ejane", "\uD83D\uDE00", "a\nb");
    Denylist denylist =
        new Denylist(
            new Denylist.Names(Ids.of(1), names, List.of("42")),
            new Denylist.Names(Ids.of(2), names, names));

    PublishedDenylist read = PublishedDenylist.read("published", published(denylist));

    assertThat(read.size()).isEqualTo(denylist.size());
    assertThat(configuration(NODE).withDenylist(read, NEVER).text())
        .isEqualTo(
            configuration(NODE)
                .withDenylist(
                    denylist, NEVER, Origin.carried(new SourceLedger("0123456789ab", 0, "")))
                .text());
  }

  private static Denylist withCanary() {
    List<String> ids = Ids.of(3);
    return new Denylist(
        new Denylist.Names(ids, List.of(), List.of()), Denylist.EMPTY.revoked(), ids.subList(1, 2));
  }

  @Test
  void node_gets_the_canary_too_and_it_tells_the_same_mark() {
    PublishedDenylist read = PublishedDenylist.read("published", published(withCanary()));

    String node = configuration(NODE).withDenylist(read, NEVER).text();
    assertThat(node)
        .isEqualTo(
            configuration(NODE)
                .withDenylist(
                    withCanary(), NEVER, Origin.carried(new SourceLedger("0123456789ab", 0, "")))
                .text());
    assertThat(read.size()).isEqualTo(3);
    assertThat(ListMark.in(node))
        .hasSize(32)
        .isEqualTo(ListMark.in(new String(published(withCanary()), UTF_8)));
  }

  @Test
  void mark_is_made_anew_and_not_believed() {
    String text = new String(published(withCanary()), UTF_8);
    String mark = ListMark.in(text);
    String changed = text.replace(mark, "f".repeat(32));

    PublishedDenylist read = PublishedDenylist.read("published", changed.getBytes(UTF_8));

    assertThat(ListMark.in(configuration(NODE).withDenylist(read, NEVER).text())).isEqualTo(mark);
  }

  @Test
  void mark_differs_with_every_list_and_comes_back_with_it() {
    String before = new String(published(withCanary()), UTF_8);
    Denylist more =
        new Denylist(
            withCanary().revoked(),
            new Denylist.Names(List.of(), List.of("jane"), List.of()),
            withCanary().canaries());

    assertThat(ListMark.in(new String(published(more), UTF_8)))
        .hasSize(32)
        .isNotEqualTo(ListMark.in(before));
    assertThat(ListMark.in(new String(published(Ids.denylist(3)), UTF_8))).isEmpty();
  }

  @Test
  void nothing_but_the_lists_is_taken_over() {
    AuthorizationConfiguration taken =
        configuration(NODE)
            .withDenylist(PublishedDenylist.read("published", published(Ids.denylist(3))), NEVER);

    assertThat(taken.names()).containsExactly("revoked-client-certificates", "node", "rbac");
    assertThat(taken.text()).doesNotContain("AlwaysAllow", "/elsewhere/");
  }

  @Test
  void changed_list_is_refused() {
    String text = new String(published(Ids.denylist(3)), UTF_8);
    for (String[] change :
        new String[][] {
          {".exists(v, v in [", ".all(v, v in ["},
          {"request.extra &&", "request.extra ||"},
          {"X509SHA256=", "X509SHA1="},
          {"' in request.extra &&", "' in request.extra && false &&"},
          {"'])", "']) || true"},
          {"'])", "'] + ['x'])"},
          {"',\n", "', \n"},
        }) {
      String changed = text.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(text);
      assertThatThrownBy(() -> PublishedDenylist.read("published", changed.getBytes(UTF_8)))
          .as(change[1])
          .isInstanceOf(UnacceptableConfigurationException.class)
          .hasMessageContaining("is not as certwright writes it");
    }
  }

  @Test
  void file_without_a_list_is_refused() {
    assertThatThrownBy(() -> PublishedDenylist.read("published", NODE.getBytes(UTF_8)))
        .hasMessageContaining("no list of revoked certificates");
  }

  @Test
  void list_of_another_ledger_does_not_take_the_place_of_this_ones() {
    AuthorizationConfiguration node =
        configuration(NODE)
            .withDenylist(
                Ids.denylist(1), NEVER, Origin.carried(new SourceLedger("ffffffffffff", 0, "")));
    PublishedDenylist read = PublishedDenylist.read("published", published(Ids.denylist(0)));

    assertThatThrownBy(() -> node.withDenylist(read, NEVER))
        .hasMessageContaining("published from the ledger ffffffffffff");
  }
}
