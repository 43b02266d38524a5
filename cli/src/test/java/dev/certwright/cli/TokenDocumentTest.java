package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/tokens.md} says which test holds what RFC 8725 asks for: the tests are there. */
final class TokenDocumentTest {
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");

  @Test
  void every_test_that_the_document_names_exists() throws IOException {
    Matcher named = TEST.matcher(Files.readString(Path.of("..", "docs", "tokens.md")));
    List<String> found = new ArrayList<>();
    while (named.find()) {
      assertThat(source(named.group(1))).contains(" void " + named.group(2) + "(");
      found.add(named.group(2));
    }
    assertThat(found).hasSizeGreaterThan(15);
  }

  private static String source(String test) throws IOException {
    for (String module : List.of("oidc", "conformance")) {
      try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "test", "java"))) {
        for (Path file : files.filter(path -> path.endsWith(test + ".java")).toList()) {
          return Files.readString(file);
        }
      }
    }
    return "";
  }
}
