package dev.certwright.authentication.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TokenFileTest {
  private static final String SECRET = "s3cret-t0ken";

  @TempDir Path folder;
  private final Logger logger = Logger.getLogger(TokenFile.class.getName());
  private final List<String> log = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          log.add(new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private long nanos;
  private Path file;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("tokens.csv");
    write(SECRET + ",jane,7,\"devs,ops\"\n");
    logger.setUseParentHandlers(false);
    logger.addHandler(handler);
  }

  @AfterEach
  void close() {
    logger.removeHandler(handler);
    assertThat(log).noneMatch(line -> line.contains(SECRET));
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
    mode("rw-------");
  }

  private void mode(String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  private static String name(TokenAuthenticator tokens, String token) {
    return tokens.authenticate(token) instanceof Authentication.Authenticated known
        ? known.identity().name()
        : "";
  }

  private static StaticTokens read(String text) {
    return StaticTokens.read("f", text.getBytes(UTF_8));
  }

  @Test
  void token_is_its_user_with_uid_and_groups_T_06() {
    assertThat(read("t,jane,7,\"dev, ops,\",more\n").authenticate("t"))
        .isEqualTo(
            new Authentication.Authenticated(
                new Identity("jane", "7", List.of("dev", " ops", ""), Map.of())));
    assertThat(read("t,jane,7\n").authenticate("T")).isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void of_a_repeated_token_the_last_row_counts_and_an_empty_one_never_does_T_04_T_05() {
    StaticTokens tokens = read("\n,nobody,1\nt,a,1,g\n\nt,b,2\n");
    assertThat(tokens.authenticate("t"))
        .isEqualTo(new Authentication.Authenticated(new Identity("b", "2", List.of(), Map.of())));
    assertThat(name(tokens, "")).isEmpty();
    assertThat(tokens.warnings())
        .containsExactly(
            "empty token has been found in token file 'f', record number '1'",
            "duplicate token has been found in token file 'f', record number '3'");
  }

  @Test
  void file_that_upstream_refuses_is_refused_in_its_words_without_the_secret_T_02_T_03() {
    assertThatThrownBy(() -> read(SECRET + ",jane\n"))
        .isInstanceOf(CredentialFileException.class)
        .hasMessage(
            "token file 'f' must have at least 3 columns (token, user name, user uid), found 2");
    assertThatThrownBy(() -> read("a,b,c\n" + SECRET + ",\"x\n"))
        .hasMessage("parse error on line 2, column 17: extraneous or missing \" in quoted-field")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> read(SECRET + "\",x,y\n"))
        .hasMessage("parse error on line 1, column 13: bare \" in non-quoted-field");
  }

  @Test
  void nothing_of_a_token_is_in_a_text() throws IOException {
    assertThat(TokenFile.open(file, true).toString()).isEqualTo("1 token");
    write("a,joe,8\nb,joe,8\n");
    assertThat(TokenFile.open(file, true).toString()).isEqualTo("2 tokens");
  }

  @Test
  void changed_file_is_in_force_at_the_next_look_unless_that_is_switched_off() throws IOException {
    TokenFile again = TokenFile.open(file, () -> nanos);
    TokenFile once = TokenFile.open(file, false);
    write("other,joe,8\n");
    nanos += Duration.ofSeconds(1).toNanos();

    assertThat(name(again, SECRET)).isEmpty();
    assertThat(name(again, "other")).isEqualTo("joe");
    assertThat(name(once, SECRET)).isEqualTo("jane");
  }

  @Test
  void broken_replacement_keeps_the_tokens_before_it() throws IOException {
    TokenFile tokens = TokenFile.open(file, () -> nanos);
    write(SECRET + ",\"");
    nanos += Duration.ofSeconds(1).toNanos();

    assertThat(name(tokens, SECRET)).isEqualTo("jane");
    assertThat(log).singleElement().asString().contains("stays in force");
  }

  @Test
  void file_that_others_may_write_is_refused_and_one_that_they_may_read_is_warned_of()
      throws IOException {
    mode("rw-rw----");
    assertThatThrownBy(() -> TokenFile.open(file, true))
        .isInstanceOf(CredentialFileException.class)
        .hasMessageContaining("can be written by its group");
    mode("rw-r--r--");
    assertThat(name(TokenFile.open(file, true), SECRET)).isEqualTo("jane");
    assertThat(log).singleElement().asString().contains("can be read by everybody");
  }
}
