package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else puts a link in the place of a folder while it is being removed. */
final class TreeRemovalTest {
  @TempDir Path temporary;

  private Path elsewhere;
  private Path area;

  @BeforeEach
  void makeFolders() throws IOException {
    elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "precious");
    area = Files.createDirectory(temporary.resolve("area"));
    Files.createDirectories(area.resolve("x/1"));
    Files.writeString(area.resolve("x/1/client.key"), "secret");
    Files.writeString(area.resolve("x/precious"), "of the same name");
    Files.createSymbolicLink(area.resolve("x/link"), elsewhere);
    Files.createSymbolicLink(area.resolve("x/dangling"), temporary.resolve("nowhere"));
  }

  private void swap() throws IOException {
    Files.move(area.resolve("x"), area.resolve("moved"));
    Files.createSymbolicLink(area.resolve("x"), elsewhere);
  }

  @Test
  void treeIsRemovedAndLinksInItAreNotFollowed() throws IOException {
    TreeRemoval.remove(temporary, Path.of("area", "x"));
    TreeRemoval.remove(temporary, Path.of("area", "x"));
    TreeRemoval.remove(temporary, Path.of("nothing", "x"));

    assertThat(area).isEmptyDirectory();
    assertThat(elsewhere.resolve("precious")).hasContent("precious");
  }

  @Test
  void treeIsRemovedByItsPathsWhereFoldersDoNotStayOpen() throws IOException {
    TreeRemoval.removeByPath(area.resolve("x"));
    TreeRemoval.removeByPath(area.resolve("x"));

    assertThat(area).isEmptyDirectory();
    assertThat(elsewhere.resolve("precious")).hasContent("precious");
  }

  @Test
  void linkAboveWhatIsRemovedIsAnError() throws IOException {
    Files.createSymbolicLink(temporary.resolve("link"), elsewhere);

    assertThatThrownBy(() -> TreeRemoval.remove(temporary, Path.of("link", "precious")))
        .isInstanceOf(IOException.class);
    assertThat(elsewhere.resolve("precious")).hasContent("precious");
  }

  @Test
  void folderThatBecomesALinkAfterItWasOpenedIsRemovedFromWhereItIsNow() throws IOException {
    try (Swapped opened = new Swapped(area, () -> {}, this::swap)) {
      assertThatThrownBy(() -> TreeRemoval.remove(opened, Path.of("x")))
          .isInstanceOf(IOException.class);
    }

    assertThat(elsewhere.resolve("precious")).hasContent("precious");
    assertThat(area.resolve("moved")).isEmptyDirectory();
  }

  @Test
  void folderThatBecomesALinkBeforeItIsOpenedIsNotRead() throws IOException {
    try (Swapped opened = new Swapped(area, this::swap, () -> {})) {
      assertThatThrownBy(() -> TreeRemoval.remove(opened, Path.of("x")))
          .isInstanceOf(IOException.class);
    }

    assertThat(elsewhere.resolve("precious")).hasContent("precious");
    assertThat(area.resolve("moved/precious")).exists();
  }

  /** What is done around the opening of a folder. */
  private interface Action {
    void run() throws IOException;
  }

  /** A folder that stays open, in which something happens whenever a folder in it is opened. */
  private static final class Swapped implements SecureDirectoryStream<Path> {
    private final SecureDirectoryStream<Path> real;
    private final Action before;
    private final Action after;

    @SuppressWarnings("StreamResourceLeak") // Closed with this.
    Swapped(Path folder, Action before, Action after) throws IOException {
      this.real = (SecureDirectoryStream<Path>) Files.newDirectoryStream(folder);
      this.before = before;
      this.after = after;
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options)
        throws IOException {
      before.run();
      SecureDirectoryStream<Path> opened = real.newDirectoryStream(path, options);
      after.run();
      return opened;
    }

    @Override
    public SeekableByteChannel newByteChannel(
        Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
      return real.newByteChannel(path, options, attributes);
    }

    @Override
    public void deleteFile(Path path) throws IOException {
      real.deleteFile(path);
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
      real.deleteDirectory(path);
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> folder, Path target)
        throws IOException {
      real.move(source, folder, target);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Class<V> type) {
      return real.getFileAttributeView(type);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(
        Path path, Class<V> type, LinkOption... options) {
      return real.getFileAttributeView(path, type, options);
    }

    @Override
    public Iterator<Path> iterator() {
      return ((DirectoryStream<Path>) real).iterator();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }
}
