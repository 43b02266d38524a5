package dev.certwright.cli.inspect;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class KubeconfigInspection {
  KubeconfigInspection(FileInspection inspection, String name, byte[] bytes, @Nullable Path file) {}

  List<Item> items() {
    return List.of();
  }
}
