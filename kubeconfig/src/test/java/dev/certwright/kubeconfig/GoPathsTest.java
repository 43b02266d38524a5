package dev.certwright.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoPathsTest {

  @ParameterizedTest
  @CsvSource({
    "a//b,a/b",
    "./a,a",
    "a/..,.",
    "../a,../a",
    "a/../../b,../b",
    "/..,/",
    "/../a/./b/,/a/b",
    "'',.",
    "/,/"
  })
  void pathsAreCleanedAsText(String path, String cleaned) {
    assertThat(GoPaths.clean(path)).isEqualTo(cleaned);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b/c,/a/b,c",
    "/a/b,/a/b,/a/b",
    "/a/bc,/a/b,/a/bc",
    "/a/b/../c,/a/b,/a/b/../c",
    "/c,/,c"
  })
  void aPathIsMadeRelativeOnlyInsideTheFolder_KC06(String path, String folder, String seen) {
    assertThat(GoPaths.relativeWithoutBacksteps(path, folder)).isEqualTo(seen);
  }
}
