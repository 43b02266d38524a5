package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cluster.TlsServer.Answer;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Policy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyWatchTest {
  private static final Attributes ASKED =
      Attributes.ofResource(Identity.of("jane", List.of()), "get", "", "pods").inNamespace("dev");
  private static final String ROLE =
      "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"ClusterRole\",\"metadata\":{"
          + "\"name\":\"r\",\"resourceVersion\":\"%s\"},\"rules\":[{\"verbs\":[\"get\"],"
          + "\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}]}";
  private static final String BINDING =
      "{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"RoleBinding\",\"metadata\":{"
          + "\"name\":\"b\",\"namespace\":\"dev\",\"resourceVersion\":\"%s\"},\"subjects\":[{"
          + "\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"jane\"}],"
          + "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\","
          + "\"name\":\"r\"}}";
  private static final Answer NOTHING_NEW = new Answer(200, "");

  private static PolicyWatch watch(TlsServer server) {
    ApiServer api = Contexts.server(server);
    return PolicyWatch.start(
        () -> api, () -> new ReconnectDelay(Duration.ofMillis(1), Duration.ofMillis(10)));
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
      LockSupport.parkNanos(5_000_000);
    }
  }

  private static boolean allowed(PolicyWatch watch) {
    Policy policy = watch.current();
    return policy != null && policy.decide(ASKED).isAllowed();
  }

  private static Answer list(String kind, String version, String... items) {
    return new Answer(
        200,
        "{\"kind\":\""
            + kind
            + "List\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{"
            + "\"resourceVersion\":\""
            + version
            + "\"},\"items\":["
            + String.join(",", items)
            + "]}");
  }

  private static Answer event(String type, String object) {
    return new Answer(200, "{\"type\":\"" + type + "\",\"object\":" + object + "}\n");
  }

  private static boolean isWatch(String line) {
    return line.contains("watch=true");
  }

  // One ClusterRole; the RoleBindings are a test's own, listed first and then watched.
  private static TlsServer server(Function<String, Answer> bindings) {
    return TlsServer.start(
        line -> {
          if (line.contains("/rolebindings")) {
            return bindings.apply(line);
          } else if (isWatch(line)) {
            return NOTHING_NEW;
          } else if (line.contains("/clusterroles")) {
            return list("ClusterRole", "5", ROLE.formatted("5"));
          }
          return line.contains("/roles") ? list("Role", "5") : list("ClusterRoleBinding", "5");
        });
  }

  @Test
  void there_is_no_policy_before_every_kind_was_listed() {
    AtomicReference<Answer> bindings =
        new AtomicReference<>(new Answer(403, "{\"message\":\"no\"}"));
    try (TlsServer server = server(line -> isWatch(line) ? NOTHING_NEW : bindings.get());
        PolicyWatch watch = watch(server)) {
      await(() -> watch.lists() >= 3 && watch.failures() >= 3);
      assertThat(watch.current()).isNull();
      assertThat(watch.problem())
          .isEqualTo(
              "https://127.0.0.1:" + server.port() + " does not let us list rolebindings: 403 no");
      bindings.set(list("RoleBinding", "6", BINDING.formatted("6")));
      await(() -> allowed(watch));
      await(() -> watch.problem().isEmpty());
    }
  }

  @Test
  void what_is_added_counts_and_what_is_deleted_does_not_any_more() {
    AtomicInteger last = new AtomicInteger(10);
    try (TlsServer server =
            server(
                line -> {
                  if (!isWatch(line)) {
                    return list("RoleBinding", "10");
                  } else if (line.contains("resourceVersion=10&") && last.get() > 10) {
                    return event("ADDED", BINDING.formatted("11"));
                  }
                  return line.contains("resourceVersion=11&") && last.get() == 12
                      ? event("DELETED", BINDING.formatted("12"))
                      : NOTHING_NEW;
                });
        PolicyWatch watch = watch(server)) {
      await(() -> watch.current() != null);
      assertThat(allowed(watch)).isFalse();
      last.set(11);
      await(() -> allowed(watch));
      last.set(12);
      await(() -> !allowed(watch));
      assertThat(watch.lists()).isEqualTo(4);
      await(() -> server.lines().stream().anyMatch(l -> l.contains("resourceVersion=12&")));
      assertThat(watch.failures()).isZero();
    }
  }

  @Test
  void a_bookmark_moves_the_watch_on() {
    try (TlsServer server =
            server(
                line -> {
                  if (!isWatch(line)) {
                    return list("RoleBinding", "10", BINDING.formatted("9"));
                  }
                  return line.contains("resourceVersion=10&")
                      ? event("BOOKMARK", "{\"metadata\":{\"resourceVersion\":\"90\"}}")
                      : NOTHING_NEW;
                });
        PolicyWatch watch = watch(server)) {
      await(() -> server.lines().stream().anyMatch(l -> l.contains("resourceVersion=90&")));
      assertThat(allowed(watch)).isTrue();
      assertThat(watch.lists()).isEqualTo(4);
    }
  }

  // Too old by status or by event, and all that no API server says: then all is listed anew, and
  // what is not there any more is forgotten.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "410 {\"kind\":\"Status\",\"code\":410}",
        "200 {\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":410}}\n",
        "200 {\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"code\":500}}\n",
        "500 {}",
        "200 <html>\n",
        "200 {\"type\":\"WHATEVER\",\"object\":{}}\n",
        "200 {\"type\":\"ADDED\",\"object\":7}\n",
        "200 {\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"apiVersion\":\"v1\"}}\n",
        "200 []\n"
      })
  void after_anything_but_changes_all_is_listed_anew(String said) {
    Answer answer = new Answer(Integer.parseInt(said.substring(0, 3)), said.substring(4));
    AtomicInteger lists = new AtomicInteger();
    try (TlsServer server =
            server(
                line -> {
                  if (isWatch(line)) {
                    return line.contains("resourceVersion=10&") ? answer : NOTHING_NEW;
                  }
                  return lists.getAndIncrement() == 0
                      ? list("RoleBinding", "10", BINDING.formatted("10"))
                      : list("RoleBinding", "20");
                });
        PolicyWatch watch = watch(server)) {
      await(() -> watch.lists() >= 5 && watch.current() != null && !allowed(watch));
      assertThat(watch.lists()).isEqualTo(5);
    }
  }

  @Test
  void a_server_that_is_away_takes_nothing_from_what_is_known() {
    TlsServer server =
        server(
            line -> isWatch(line) ? NOTHING_NEW : list("RoleBinding", "1", BINDING.formatted("1")));
    try (PolicyWatch watch = watch(server)) {
      await(() -> allowed(watch));
      server.close();
      await(() -> watch.failures() >= 4);
      assertThat(allowed(watch)).isTrue();
      assertThat(watch.problem()).isNotEmpty();
      assertThat(watch.silence()).isPositive();
    }
  }

  @Test
  void all_pages_count_and_a_list_without_version_does_not() {
    AtomicInteger asked = new AtomicInteger();
    try (TlsServer server =
            server(
                line -> {
                  if (isWatch(line)) {
                    return NOTHING_NEW;
                  } else if (line.contains("continue=c%2Bd")) {
                    return list("RoleBinding", "7", BINDING.formatted("7"));
                  }
                  return asked.getAndIncrement() == 0
                      ? list("RoleBinding", "")
                      : new Answer(
                          200,
                          "{\"kind\":\"RoleBindingList\",\"apiVersion\":"
                              + "\"rbac.authorization.k8s.io/v1\",\"metadata\":{\"continue\":"
                              + "\"c+d\",\"resourceVersion\":\"7\"},\"items\":[]}");
                });
        PolicyWatch watch = watch(server)) {
      await(() -> allowed(watch));
      assertThat(watch.failures()).isPositive();
    }
  }
}
