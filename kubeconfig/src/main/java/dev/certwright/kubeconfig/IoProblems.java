package dev.certwright.kubeconfig;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why a file could not be opened, in the system's own words as Go passes them on. */
final class IoProblems {
  private IoProblems() {}

  static String opening(String name, IOException e) {
    return "open " + name + ": " + reason(e);
  }

  static String reading(String name, IOException e) {
    String reason = reason(e);
    return (reason.equals("is a directory") ? "read " : "open ") + name + ": " + reason;
  }

  static String reason(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
    return reason == null ? "input/output error" : reason.toLowerCase(Locale.ROOT);
  }
}
