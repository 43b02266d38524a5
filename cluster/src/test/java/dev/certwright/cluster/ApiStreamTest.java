package dev.certwright.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ApiStreamTest {

  private static ApiStream of(String text) {
    return new ApiStream(new ByteArrayInputStream(text.getBytes(UTF_8)), () -> {});
  }

  @Test
  void lines_come_whole_whatever_their_length() throws IOException {
    String longer = "x".repeat(50_000);
    ApiStream stream = of("a\n\n" + longer + "\nb\n");
    List<Integer> lengths = new ArrayList<>();
    for (byte[] line = stream.nextLine(100_000); line != null; line = stream.nextLine(100_000)) {
      lengths.add(line.length);
    }
    assertThat(lengths).containsExactly(1, 0, 50_000, 1);
  }

  @Test
  void a_last_line_that_was_cut_is_none() throws IOException {
    ApiStream stream = of("a\n{\"type\":");
    assertThat(stream.nextLine(100)).containsExactly('a');
    assertThat(stream.nextLine(100)).isNull();
  }

  @Test
  void a_line_without_measure_ends_it() {
    assertThatThrownBy(() -> of("x".repeat(100_000)).nextLine(50_000))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer than 50000 bytes");
  }
}
