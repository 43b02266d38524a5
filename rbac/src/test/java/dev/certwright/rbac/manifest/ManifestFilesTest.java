package dev.certwright.rbac.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.certwright.rbac.RbacException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectories(folder.resolve("sub/deeper"));
    for (String name :
        List.of("b.yaml", "a.yml", "c.json", "notes.txt", "sub/d.yaml", "sub/deeper/e.yaml")) {
      Files.writeString(folder.resolve(name), "kind: Thing\n");
    }
  }

  private List<String> found(String argument, boolean recursive) throws IOException {
    return ManifestFiles.find(argument, recursive).stream()
        .map(path -> folder.relativize(path).toString())
        .toList();
  }

  @Test
  void a_folder_is_its_manifests_by_name_and_those_below_it_when_asked() throws IOException {
    assertThat(found(folder.toString(), false)).containsExactly("a.yml", "b.yaml", "c.json");
    assertThat(found(folder.toString(), true))
        .containsExactly("a.yml", "b.yaml", "c.json", "sub/d.yaml", "sub/deeper/e.yaml");
  }

  @Test
  void a_pattern_is_what_it_matches() throws IOException {
    assertThat(found(folder + "/*.yaml", false)).containsExactly("b.yaml");
    assertThat(found(folder + "/**.yaml", false))
        .containsExactly("b.yaml", "sub/d.yaml", "sub/deeper/e.yaml");
    assertThat(found(folder + "/*/[d-e].yaml", false)).containsExactly("sub/d.yaml");
    assertThat(found(folder + "/{a,c}.*", false)).containsExactly("a.yml", "c.json");
  }

  @Test
  void a_file_is_taken_whatever_it_is_called() throws IOException {
    assertThat(found(folder + "/notes.txt", false)).containsExactly("notes.txt");
  }

  @Test
  void what_is_not_there_is_said() {
    for (String argument :
        List.of(folder + "/none.yaml", folder + "/*.none", folder + "/none/*.yaml", "\0")) {
      assertThatExceptionOfType(RbacException.class)
          .isThrownBy(() -> ManifestFiles.find(argument, false));
    }
  }

  @Test
  void standard_input_and_files_are_read_into_one_manifest() throws IOException {
    ManifestLoader loader = ManifestLoader.strict();
    InputStream in = new ByteArrayInputStream("kind: Other\n".getBytes(StandardCharsets.UTF_8));
    ManifestFiles.read(loader, "-", false, in);
    ManifestFiles.read(loader, folder.toString(), true, in);
    assertThat(loader.manifest().otherKinds()).containsEntry("Other", 1).containsEntry("Thing", 5);
  }
}
