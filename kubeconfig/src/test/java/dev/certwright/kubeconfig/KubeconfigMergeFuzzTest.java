package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.kubeconfig.EntryChange.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a target looks like: afterwards it means what it meant and has the new entries, and its
 * text is the old one with stretches put in.
 */
class KubeconfigMergeFuzzTest {
  @TempDir static Path folder;

  @Test
  void randomLayoutsOnlyGainWhatIsMerged() throws IOException {
    int changed = 0;
    int refused = 0;
    for (long seed = 0; seed < 6000; seed++) {
      RandomKubeconfigs random = new RandomKubeconfigs(seed);
      String target = random.target();
      boolean use = random.pick("y", "n").equals("y");
      try {
        changed +=
            check("seed " + seed, random.source(), target.getBytes(UTF_8), true, use) ? 1 : 0;
      } catch (KubeconfigException e) {
        refused++;
        // A comma between nothing and nothing, which the generator may write.
        assertThat(e).as("seed %d:%n%s", seed, target).hasMessageContaining("not YAML");
      }
    }
    assertThat(changed).isGreaterThan(5000);
    assertThat(refused).isLessThan(20);
  }

  @FuzzTest(maxDuration = "10s")
  void anyTarget(byte[] target) throws IOException {
    try {
      check("fuzz", new RandomKubeconfigs(target.length).source(), target, true, true);
    } catch (KubeconfigException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void anyBytes(byte[] content) {
    try {
      Kubeconfig config = KubeconfigReader.read("f", content);
      assertThat(KubeconfigReader.of("f", config.toJson()).toJson()).isEqualTo(config.toJson());
      EffectiveContext.allProblems(config);
      EffectiveContext.problems(config, null);
    } catch (MalformedKubeconfigException e) {
      assertThat(e.getMessage()).startsWith("f");
    }
  }

  private static boolean check(
      String seed, String source, byte[] before, boolean replace, boolean use) throws IOException {
    Path from = Files.writeString(folder.resolve("source"), source);
    Path into = Files.write(folder.resolve("target"), before);
    MergePlan plan =
        KubeconfigMerge.plan(new MergeRequest(from, KubeconfigFiles.explicit(into), replace, use));
    if (!plan.changesAnything()) {
      return false;
    }
    byte[] after = plan.files().get(0).after();
    String description =
        seed + "\n" + new String(before, UTF_8) + "\n=>\n" + new String(after, UTF_8);
    Kubeconfig old = KubeconfigReader.read(into.toString(), before);
    Kubeconfig merged = KubeconfigReader.read(into.toString(), after);
    Kubeconfig wanted = KubeconfigReader.read(from.toString(), source.getBytes(UTF_8));
    assertThat(merged.toJson()).as(description).isEqualTo(expected(old, wanted, use).toJson());
    boolean onlyAdded = plan.currentContextBefore().equals(plan.currentContextAfter());
    for (EntryChange change : plan.entries()) {
      onlyAdded &= change.action() != Action.REPLACED;
    }
    if (onlyAdded) {
      Gain gain = new Gain(new String(before, UTF_8), new String(after, UTF_8));
      assertThat(gain.isOnlyInsertions()).as(description).isTrue();
    }
    Files.write(into, after);
    assertThat(
            KubeconfigMerge.plan(
                    new MergeRequest(from, KubeconfigFiles.explicit(into), replace, use))
                .changesAnything())
        .as(description)
        .isFalse();
    return true;
  }

  private static Kubeconfig expected(Kubeconfig old, Kubeconfig wanted, boolean use) {
    return new Kubeconfig(
        over(old.clusters(), wanted.clusters()),
        over(old.users(), wanted.users()),
        over(old.contexts(), wanted.contexts()),
        use ? wanted.currentContext() : old.currentContext(),
        old.preferences(),
        old.extensions());
  }

  private static <V> Map<String, V> over(Map<String, V> old, Map<String, V> wanted) {
    Map<String, V> all = new LinkedHashMap<>(old);
    all.putAll(wanted);
    return all;
  }
}
