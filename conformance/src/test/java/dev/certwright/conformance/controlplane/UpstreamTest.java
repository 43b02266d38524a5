package dev.certwright.conformance.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written in two places. */
class UpstreamTest {
  @Test
  void version_that_maven_takes_for_the_newest_is_the_first_of_those_that_are_built()
      throws IOException {
    Matcher newest =
        Pattern.compile("<id>newest</id>.*?<value>([^<]*)</value>", Pattern.DOTALL)
            .matcher(Files.readString(Places.module().resolve("pom.xml")));
    assertThat(newest.find()).isTrue();
    assertThat(newest.group(1)).isEqualTo(Upstream.versions().get(0));
  }
}
