package dev.certwright.cli.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PeopleReaderTest {

  private static List<Person> read(String text) throws IOException {
    List<Person> people = new ArrayList<>();
    try (PeopleReader reader =
        new PeopleReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      for (Person person = reader.next(); person != null; person = reader.next()) {
        people.add(person);
      }
    }
    return people;
  }

  @Test
  void positionalLinesEndInLifetimeAndKeyType() throws IOException {
    assertThat(read("jane\njoe,devs\nann,a,\"b,c\",8h\nsue,,30d,rsa-2048\nmax,x,p-384,\n"))
        .containsExactly(
            new Person(1, "jane", List.of(), "", null, null),
            new Person(2, "joe", List.of("devs"), "", null, null),
            new Person(3, "ann", List.of("a", "b", "c"), "", "8h", null),
            new Person(4, "sue", List.of(), "", "30d", "rsa-2048"),
            new Person(5, "max", List.of("x"), "", null, "p-384"));
  }

  @Test
  void headerNamesTheColumnsInAnyOrder() throws IOException {
    assertThat(read("\uFEFFuser,key-type,groups,uid,ttl\r\njane,p-256,a;b,u-1,8h\r\njoe\r\n"))
        .containsExactly(
            new Person(2, "jane", List.of("a", "b"), "u-1", "8h", "p-256"),
            new Person(3, "joe", List.of(), "", null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jane,8hh", "jane,RSA-2048", "jane,9H"})
  void typingErrorsAreNeverTakenForGroups(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(LineException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user,groups\njane,\"devs\nroot-team,ops\"\njoe,devs\n",
        "ann\njane,\"devs\nroot-team\n",
        "\"jane\njoe\"\n",
        "user,\"groups\njane\n",
        "jane,\"a\"\"\n",
      })
  void quoteThatIsNotClosedInItsLineEndsTheList(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("a quote is not closed in line ")
        .hasMessageContaining("each person stands in one line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane,devs\"x",
        "root-team,ops\"",
        "jane, \"devs,ops\"",
        "jane,\"a\"b",
        "jane,\"a\" \"b\"",
        "ja\"ne\"",
      })
  void quoteInsideACellIsRefusedAndTheNextLineIsRead(String text) throws IOException {
    try (PeopleReader reader =
        new PeopleReader(
            new ByteArrayInputStream(
                ("ann\n" + text + "\nsue\n").getBytes(StandardCharsets.UTF_8)))) {
      assertThat(reader.next()).isEqualTo(new Person(1, "ann", List.of(), "", null, null));
      assertThatThrownBy(reader::next)
          .isInstanceOf(LineException.class)
          .hasMessageContaining("a quote stands inside a cell");
      assertThat(reader.next()).isEqualTo(new Person(3, "sue", List.of(), "", null, null));
    }
  }

  @Test
  void quotedCellsAreRead() throws IOException {
    assertThat(read("\"ja\"\"ne\",\"a,b\",\"\",\"8h\"\n\"joe\" ,devs\n"))
        .containsExactly(
            new Person(1, "ja\"ne", List.of("a", "b"), "", "8h", null),
            new Person(2, "joe", List.of("devs"), "", null, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"user\":1}",
        "{\"user\":\"a\",\"user\":\"b\"}",
        "{\"user\":\"a\"} x",
        "{\"groups\":\"a\"}",
        "{\"groups\":[1]}",
        "{\"groups\":[[]]}",
        "{",
        "{\"user\":\"a\"}{}",
        "{\"x\":1}"
      })
  void malformedJsonIsRefused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(LineException.class);
  }

  @Test
  void readingGoesOnAfterABadLine() throws IOException {
    try (PeopleReader reader =
        new PeopleReader(
            new ByteArrayInputStream(
                "{\"user\":\n{\"user\":\"b\"}\n".getBytes(StandardCharsets.UTF_8)))) {
      assertThatThrownBy(reader::next)
          .isInstanceOfSatisfying(LineException.class, e -> assertThat(e.line()).isEqualTo(1));
      assertThat(reader.next()).isEqualTo(new Person(2, "b", List.of(), "", null, null));
    }
  }

  @Test
  void endlessLineIsRefusedWithoutBeingKept() {
    InputStream endless =
        new InputStream() {
          private long left = 200L << 20;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (left <= 0) {
              return -1;
            }
            java.util.Arrays.fill(buffer, offset, offset + length, (byte) 'x');
            left -= length;
            return length;
          }
        };

    assertThatThrownBy(() -> new PeopleReader(endless).next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than a million characters");
  }

  @Test
  void longLineIsPassedOverAndTheNextIsRead() throws IOException {
    PeopleReader reader =
        new PeopleReader(
            new java.io.ByteArrayInputStream(
                ("x".repeat(70_000) + "\njane\n")
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    assertThatThrownBy(reader::next)
        .isInstanceOf(LineException.class)
        .hasMessageContaining("65536 characters");
    assertThat(reader.next()).extracting(Person::user).isEqualTo("jane");
  }

  @Test
  void textThatIsNotUtf8IsAnErrorOfTheWhole() {
    assertThatThrownBy(
            () -> new PeopleReader(new ByteArrayInputStream(new byte[] {'a', (byte) 0xFF})).next())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("UTF-8");
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytes(byte[] bytes) {
    check(bytes);
  }

  @Test
  void randomLinesGiveOnlyOurOwnExceptions() {
    String[] parts = {
      "user",
      ",",
      "\"",
      "\n",
      "groups",
      ";",
      "{",
      "}",
      "[",
      "]",
      ":",
      "\"user\":\"a\"",
      "8h",
      "p-256",
      "\r",
      "#",
      "\uFEFF",
      "\\u0000",
      "null",
      "1e9",
      " ",
      "ttl",
      "key-type"
    };
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(20); n >= 0; n--) {
        text.append(parts[random.nextInt(parts.length)]);
      }
      check(text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void check(byte[] bytes) {
    PeopleReader reader = new PeopleReader(new ByteArrayInputStream(bytes));
    for (int lines = 0; lines <= bytes.length; lines++) {
      try {
        if (reader.next() == null) {
          return;
        }
      } catch (LineException refused) {
        assertThat(refused.line()).isPositive();
      } catch (IOException notUtf8) {
        return;
      }
    }
  }
}
