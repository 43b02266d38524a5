package dev.certwright.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class IdentityTest {

  @Test
  void authenticatedGroupComesLastAndKeepsDuplicatesX21() {
    Identity seen = Identity.of("jane", List.of("b", "a", "b")).withAuthenticatedGroup();

    assertThat(seen.groups()).containsExactly("b", "a", "b", "system:authenticated");
  }

  @Test
  void authenticatedGroupIsNotAddedWhenEitherSystemGroupIsThereX21() {
    assertThat(
            Identity.of("jane", List.of("system:unauthenticated"))
                .withAuthenticatedGroup()
                .groups())
        .containsExactly("system:unauthenticated");
    assertThat(
            Identity.of("jane", List.of("system:authenticated", "x"))
                .withAuthenticatedGroup()
                .groups())
        .containsExactly("system:authenticated", "x");
  }

  @Test
  void anonymousUserIsNeverAuthenticatedX22() {
    assertThat(Identity.of("system:anonymous", List.of("x")).withAuthenticatedGroup().groups())
        .containsExactly("x");
  }

  @Test
  void laterChangesOfTheArgumentsChangeNothing() {
    List<String> groups = new ArrayList<>(List.of("a"));
    List<String> values = new ArrayList<>(List.of("v"));
    Identity identity = new Identity("jane", "", groups, Map.of("k", values));

    groups.add("system:masters");
    values.add("w");

    assertThat(identity.groups()).containsExactly("a");
    assertThat(identity.extra().get("k")).containsExactly("v");
  }
}
