package dev.certwright.authentication.password;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.testing.HeaderRequest;
import dev.certwright.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules PW-01 and PW-02. */
final class BasicAuthenticatorTest {
  private static final Authentication INVALID =
      new Authentication.Failed("invalid username/password combination");

  @TempDir Path folder;

  private static HeaderRequest basic(String pair) {
    return HeaderRequest.of(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  @Test
  void user_with_the_password_is_let_in_and_everybody_else_is_refused_alike() throws IOException {
    Path file = folder.resolve("passwords.csv");
    Files.writeString(file, "p:w,jane,7,\"devs\"\n,empty,8\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    BasicAuthenticator authenticator = new BasicAuthenticator(PasswordFile.open(file, true));

    assertThat(authenticator.authenticate(basic("jane:p:w")))
        .isEqualTo(
            new Authentication.Authenticated(new Identity("jane", "7", List.of("devs"), Map.of())));
    for (String pair : List.of("jane:p", "jane:", "joe:p:w", ":", "empty:", "Jane:p:w")) {
      assertThat(authenticator.authenticate(basic(pair))).as(pair).isEqualTo(INVALID);
    }
    assertThat(authenticator.authenticate(HeaderRequest.of("Authorization", "Bearer x")))
        .isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void name_that_runs_into_the_password_is_another_pair() {
    StaticPasswords passwords = StaticPasswords.read("f", "bc,a,1\nx,ab,2\n".getBytes(UTF_8));
    assertThat(passwords.authenticate("a", "bc")).isInstanceOf(Authentication.Authenticated.class);
    for (String[] pair : new String[][] {{"ab", "c"}, {"", "abc"}, {"abc", ""}, {"1:a", "bc"}}) {
      assertThat(passwords.authenticate(pair[0], pair[1])).isEqualTo(INVALID);
    }
  }

  @Test
  void of_a_repeated_user_the_last_row_counts_also_when_it_has_no_password() {
    StaticPasswords passwords = StaticPasswords.read("f", "a,jane,1\n,jane,1\n".getBytes(UTF_8));
    assertThat(passwords.authenticate("jane", "a")).isEqualTo(INVALID);
    assertThat(passwords.authenticate("jane", "")).isEqualTo(INVALID);
    assertThat(passwords.warnings()).hasSize(2).noneMatch(warning -> warning.contains("jane"));
  }

  @Test
  void nothing_of_a_password_is_in_a_text() {
    assertThat(BasicCredentials.of("Basic amFuZTpzZWNyZXQ="))
        .hasToString("a user name and a password");
  }
}
