package dev.certwright.authentication;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file that was good once cannot be used any more, in words for the log. */
public final class UnusableFile {
  private UnusableFile() {}

  /**
   * Without the name of the file, which is said beside it, where the platform says nothing else.
   */
  public static String reason(Exception failure) {
    String message = failure.getMessage();
    if (failure instanceof NoSuchFileException) {
      return "it is gone";
    } else if (failure instanceof AccessDeniedException) {
      return "it may not be read";
    } else if (failure instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
