package dev.certwright.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What applying a plan does to files. */
class MergePlanTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:45:12.5Z");
  private static final String BEFORE = "users:\n- name: bob\n";

  @TempDir Path folder;
  private Path source;
  private Path kube;
  private Path target;

  @BeforeEach
  void files() throws IOException {
    source = folder.resolve("source");
    Files.writeString(source, "users:\n- name: jane\n  user: {token: t}\n");
    kube = Files.createDirectory(folder.resolve("kube"));
    target = kube.resolve("config");
  }

  private MergePlan plan() {
    return KubeconfigMerge.plan(
        new MergeRequest(source, KubeconfigFiles.explicit(target), false, false));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void theFileIsReplacedItsModeKeptAndABackupLeft() throws IOException {
    Files.writeString(target, BEFORE);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    List<Path> backups = plan().apply(NOW);
    assertThat(names(kube)).containsExactly("config", "config.certwright-backup-20261124T094512Z");
    assertThat(backups)
        .containsExactly(target.resolveSibling("config.certwright-backup-20261124T094512Z"));
    assertThat(backups.get(0)).hasContent(BEFORE);
    assertThat(mode(backups.get(0))).isEqualTo("rw-------");
    assertThat(mode(target)).isEqualTo("rw-r-----");
    assertThat(target).hasContent(BEFORE + "- name: jane\n  user:\n    token: t\n");
  }

  @Test
  void aSecondBackupInTheSameSecondGetsANameOfItsOwn() throws IOException {
    Files.writeString(target, BEFORE);
    plan().apply(NOW);
    Files.writeString(target, BEFORE + "# other\n");
    plan().apply(NOW);
    assertThat(names(kube))
        .containsExactly(
            "config",
            "config.certwright-backup-20261124T094512Z",
            "config.certwright-backup-20261124T094512Z-2");
  }

  @Test
  void aNewFileAndItsFolderAreTheOwnersOnly() throws IOException {
    kube = folder.resolve("new").resolve(".kube");
    target = kube.resolve("config");
    assertThat(plan().apply(NOW)).isEmpty();
    assertThat(mode(target)).isEqualTo("rw-------");
    assertThat(mode(kube)).isEqualTo("rwx------");
    assertThat(names(kube)).containsExactly("config");
  }

  @Test
  void aSymbolicLinkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path real = Files.createDirectory(folder.resolve("dotfiles")).resolve("kubeconfig");
    Files.writeString(real, BEFORE);
    Files.createSymbolicLink(target, Path.of("../dotfiles/kubeconfig"));
    plan().apply(NOW);
    assertThat(Files.isSymbolicLink(target)).isTrue();
    assertThat(Files.isRegularFile(real, LinkOption.NOFOLLOW_LINKS)).isTrue();
    assertThat(real).hasContent(BEFORE + "- name: jane\n  user:\n    token: t\n");
    assertThat(names(folder.resolve("dotfiles")))
        .containsExactly("kubeconfig", "kubeconfig.certwright-backup-20261124T094512Z");
    assertThat(names(kube)).containsExactly("config");
  }

  @Test
  void aSymbolicLinkToNothingGetsItsFile() throws IOException {
    Path real = folder.resolve("real");
    Files.createSymbolicLink(target, real);
    plan().apply(NOW);
    assertThat(Files.isSymbolicLink(target)).isTrue();
    assertThat(real).exists();
  }

  @Test
  void symbolicLinksInACircleAreRefused() throws IOException {
    Path other = target.resolveSibling("other");
    Files.createSymbolicLink(target, other);
    Files.createSymbolicLink(other, target);
    assertThatExceptionOfType(KubeconfigAccessException.class).isThrownBy(this::plan);
  }

  @Test
  void aLockThatIsThereIsRespectedAtOnce_KC06() throws IOException {
    Files.writeString(target, BEFORE);
    Path lock = target.resolveSibling("config.lock");
    Files.createFile(lock);
    MergePlan plan = plan();
    assertThatExceptionOfType(KubeconfigLockedException.class)
        .isThrownBy(() -> plan.apply(NOW))
        .withMessageStartingWith("lock file " + lock + " exists")
        .satisfies(e -> assertThat(e.lockFile()).isEqualTo(lock));
    assertThat(target).hasContent(BEFORE);
    assertThat(names(kube)).containsExactly("config", "config.lock");
  }

  @Test
  void aFileThatChangedMeanwhileIsLeftAlone() throws IOException {
    Files.writeString(target, BEFORE);
    MergePlan plan = plan();
    Files.writeString(target, BEFORE + "# theirs\n");
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> plan.apply(NOW))
        .withMessage(
            target + " was changed by someone else meanwhile; nothing was written, try again");
    assertThat(target).hasContent(BEFORE + "# theirs\n");
    assertThat(names(kube)).containsExactly("config");
  }

  @Test
  void aFileThatAppearedMeanwhileIsLeftAlone() throws IOException {
    MergePlan plan = plan();
    Files.writeString(target, "# theirs\n");
    assertThatExceptionOfType(KubeconfigException.class).isThrownBy(() -> plan.apply(NOW));
    assertThat(target).hasContent("# theirs\n");
  }

  @Test
  void aReadOnlyFileIsRefused() throws IOException {
    Files.writeString(target, BEFORE);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--------"));
    assertThatExceptionOfType(KubeconfigAccessException.class)
        .isThrownBy(this::plan)
        .withMessage(target + " is read-only; nothing was changed");
    assertThat(names(kube)).containsExactly("config");
  }

  @Test
  void aReadOnlyFolderIsRefused() throws IOException {
    Files.writeString(target, BEFORE);
    Files.setPosixFilePermissions(kube, PosixFilePermissions.fromString("r-x------"));
    assertThatExceptionOfType(KubeconfigAccessException.class)
        .isThrownBy(this::plan)
        .withMessage("folder " + kube + " is read-only; nothing was changed");
    Files.setPosixFilePermissions(kube, PosixFilePermissions.fromString("rwx------"));
    assertThat(names(kube)).containsExactly("config");
  }

  @Test
  void aFolderInPlaceOfTheFileIsRefused() throws IOException {
    Files.createDirectory(target);
    assertThatExceptionOfType(KubeconfigAccessException.class)
        .isThrownBy(this::plan)
        .withMessage("read " + target + ": is a directory");
  }

  @Test
  void applyingAgainFindsEverythingThere() throws IOException {
    Files.writeString(target, BEFORE);
    plan().apply(NOW);
    MergePlan again = plan();
    assertThat(again.changesAnything()).isFalse();
    assertThat(again.apply(NOW)).isEmpty();
    assertThat(names(kube)).hasSize(2);
  }
}
