package dev.certwright.authority.file;

import dev.certwright.identity.local.FileOwnership;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A folder that only who runs this may write, made or found. */
final class OwnFolder {
  private OwnFolder() {}

  /**
   * Makes a folder, mode 0700, or takes the one that is there.
   *
   * @throws IOException if what is there is a link or no folder, is another's, or may be written by
   *     others: they could lead what is written and removed in it elsewhere
   */
  static void createIfAbsent(Path folder) throws IOException {
    try {
      PrivateFiles.createFolder(folder);
    } catch (FileAlreadyExistsException there) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException(folder + " is no folder; links are not followed here", there);
      }
      FileOwnership ownership = FileOwnership.of(folder, LinkOption.NOFOLLOW_LINKS);
      if (!ownership.isOnesOwn()) {
        throw new IOException(
            folder
                + " belongs to another user ("
                + Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName()
                + "), expected one's own; run this as that user, or move it away",
            there);
      }
      if (ownership.isWritableByOthers()) {
        throw new IOException(
            folder
                + " can be written by others than its owner, expected mode 0700; after a look at"
                + " what is in it: chmod 0700 "
                + folder,
            there);
      }
    }
  }
}
