package dev.certwright.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountNameTest {
  @Test
  void a_service_account_asks_by_its_user_name_in_its_groups() {
    ServiceAccountName robot = new ServiceAccountName("ci", "robot.v2");
    assertThat(robot.userName()).isEqualTo("system:serviceaccount:ci:robot.v2");
    assertThat(robot.groups())
        .containsExactly("system:serviceaccounts", "system:serviceaccounts:ci");
    assertThat(ServiceAccountName.ofUser(robot.userName())).isEqualTo(robot);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jane",
        "system:serviceaccount:",
        "system:serviceaccount:ns",
        "system:serviceaccount::name",
        "system:serviceaccount:ns:",
        "system:serviceaccount:ns:name:more",
        "system:serviceaccount:Ns:name",
        "system:serviceaccount:ns:-name",
        "system:serviceaccount:a.b:name",
        "system:serviceaccount:ns:a..b",
        "system:serviceaccounts:ns:name"
      })
  void other_user_names_are_no_service_accounts(String userName) {
    assertThat(ServiceAccountName.ofUser(userName)).isNull();
  }

  @Test
  void a_name_that_no_service_account_can_have_is_refused() {
    assertThatThrownBy(() -> new ServiceAccountName("ns", "Robot"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServiceAccountName("n".repeat(64), "robot"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new ServiceAccountName("n".repeat(63), "r".repeat(253)).name()).hasSize(253);
  }
}
