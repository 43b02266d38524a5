package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.RecordingProcess;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** SQLite, where its library cannot be loaded. */
final class UnloadableDriverTest extends IndexFixture {
  @Test
  void driverThatCannotBeLoadedIsOneClearErrorAndEntriesAreRecordedAllTheSame() throws Exception {
    record(1, 2);
    List<String> words =
        new ArrayList<>(RecordingProcess.java("dev.certwright.ledger.AskingProcess"));
    words.addAll(
        1, List.of("-Dorg.sqlite.lib.path=" + folder, "-Dorg.sqlite.tmpdir=" + folder + "/absent"));
    words.add(folder.toString());

    Process process = new ProcessBuilder(words).redirectError(Redirect.DISCARD).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(output.lines().toList()).as(output).hasSize(2);
    assertThat(output)
        .startsWith("SQLite, by which questions to the ledger are answered, cannot be loaded: ")
        .contains(
            "see that there is room in " + folder + "/absent and that it is not mounted noexec")
        .contains("ledger verify --entries-only")
        .endsWith("\n2\n");
  }
}
