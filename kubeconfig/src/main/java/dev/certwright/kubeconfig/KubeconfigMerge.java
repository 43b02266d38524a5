package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Puts the entries of one kubeconfig into a user's configuration and leaves everything else as it
 * is, byte for byte.
 *
 * <p>As kubectl does, an entry that exists goes back to the file it came from and a new one to the
 * default file (KC-06). Nothing is written here: the result is a {@link MergePlan}, to be shown or
 * applied.
 */
public final class KubeconfigMerge {
  private final MergeRequest request;
  private final String sourceName;
  private final KubeconfigText source;
  private final List<KubeconfigText> targets = new ArrayList<>();
  private final Path defaultFile;
  private final Map<String, TargetEdit> edits = new LinkedHashMap<>();
  private final List<EntryChange> changes = new ArrayList<>();
  private final List<KubeconfigConflictException.Conflict> conflicts = new ArrayList<>();

  private KubeconfigMerge(MergeRequest request) {
    this.request = request;
    this.sourceName = request.file().toString();
    this.source = readSource(request.file());
    this.defaultFile = request.into().defaultFile();
    for (String name : request.into().names()) {
      readTarget(name);
    }
  }

  /**
   * Works out what a merge would do.
   *
   * @throws MalformedKubeconfigException if a file is no kubeconfig
   * @throws KubeconfigConflictException if entries are in the way and were not to be replaced
   * @throws KubeconfigAccessException if a file cannot be read, or one that would have to be
   *     changed cannot be written
   * @throws KubeconfigException if the file holds nothing to merge, is the target itself, or the
   *     target is written in a way that cannot be changed in place
   */
  public static MergePlan plan(MergeRequest request) {
    return new KubeconfigMerge(request).plan();
  }

  private static KubeconfigText readSource(Path file) {
    try {
      return KubeconfigText.of(file.toString(), KubeconfigReader.bytes(file));
    } catch (IOException e) {
      throw new KubeconfigAccessException(IoProblems.reading(file.toString(), e), e);
    }
  }

  private void readTarget(String name) {
    Path file = KubeconfigFiles.path(name);
    try {
      if (Files.exists(file) && Files.isSameFile(file, request.file())) {
        throw new KubeconfigException(sourceName + " is the configuration to merge into, itself");
      }
      targets.add(KubeconfigText.of(name, KubeconfigReader.bytes(file)));
    } catch (NoSuchFileException e) {
      // It may be created; and kubectl leaves out missing files of a list.
      return;
    } catch (IOException e) {
      throw new KubeconfigAccessException(IoProblems.reading(name, e), e);
    }
  }

  private MergePlan plan() {
    for (EntryKind kind : EntryKind.values()) {
      for (YamlMapping entry : entries(source.value(), kind)) {
        place(kind, entry);
      }
    }
    if (changes.isEmpty()) {
      throw new KubeconfigException(sourceName + " holds no clusters, users or contexts to merge");
    }
    if (!conflicts.isEmpty()) {
      throw new KubeconfigConflictException(conflicts);
    }
    String before = currentContext();
    String after = request.use() ? contextToUse() : before;
    if (!after.equals(before)) {
      edit(defaultFile.toString()).setCurrentContext(after);
    }
    List<FileChange> files = new ArrayList<>();
    edits.forEach((file, edit) -> files.add(fileChange(file, edit)));
    return new MergePlan(changes, files, before, after);
  }

  private static List<YamlMapping> entries(YamlValue root, EntryKind kind) {
    List<YamlMapping> entries = new ArrayList<>();
    if (root instanceof YamlMapping mapping
        && mapping.get(kind.list()) instanceof YamlSequence sequence) {
      for (YamlValue item : sequence.values()) {
        if (item instanceof YamlMapping entry) {
          entries.add(entry);
        }
      }
    }
    return entries;
  }

  private void place(EntryKind kind, YamlMapping entry) {
    String name = TargetEdit.name(entry);
    if (name.isEmpty()) {
      throw new MalformedKubeconfigException(
          sourceName, entry.position(), "a " + kind.field() + " without a name");
    }
    KubeconfigText owner = owner(kind, name);
    if (owner == null) {
      String file = defaultFile.toString();
      edit(file).add(kind, relocated(kind, entry, file));
      changes.add(new EntryChange(kind, name, EntryChange.Action.ADDED, defaultFile));
      return;
    }
    Path file = KubeconfigFiles.path(owner.file());
    YamlValue wanted = content(source.config(), kind, name);
    if (wanted.equals(content(owner.config(), kind, name))) {
      changes.add(new EntryChange(kind, name, EntryChange.Action.UNCHANGED, file));
    } else if (request.replace()) {
      edit(owner.file()).replace(kind, name, relocated(kind, entry, owner.file()));
      changes.add(new EntryChange(kind, name, EntryChange.Action.REPLACED, file));
    } else {
      conflicts.add(new KubeconfigConflictException.Conflict(kind, name, place(owner, kind, name)));
    }
  }

  /** The first file that defines the entry: the one that counts (KC-03). */
  private @Nullable KubeconfigText owner(EntryKind kind, String name) {
    for (KubeconfigText target : targets) {
      if (byName(target.config(), kind).containsKey(name)) {
        return target;
      }
    }
    return null;
  }

  private static Map<String, ?> byName(Kubeconfig config, EntryKind kind) {
    return switch (kind) {
      case CLUSTER -> config.clusters();
      case USER -> config.users();
      case CONTEXT -> config.contexts();
    };
  }

  /** What an entry means, wherever its file lies. */
  private static YamlValue content(Kubeconfig config, EntryKind kind, String name) {
    return switch (kind) {
      case CLUSTER ->
          KubeconfigJson.of(
              FileReferences.absolute(config.clusters().getOrDefault(name, Cluster.EMPTY)));
      case USER ->
          KubeconfigJson.of(
              FileReferences.absolute(config.users().getOrDefault(name, AuthInfo.EMPTY)));
      case CONTEXT -> KubeconfigJson.of(config.contexts().getOrDefault(name, Context.EMPTY));
    };
  }

  private static String place(KubeconfigText owner, EntryKind kind, String name) {
    for (YamlMapping entry : entries(owner.value(), kind)) {
      if (TargetEdit.name(entry).equals(name)) {
        return owner.file() + ":" + entry.position().line();
      }
    }
    return owner.file();
  }

  /** The entry as it is written into another file: its relative paths lead to the same files. */
  private YamlMapping relocated(EntryKind kind, YamlMapping entry, String into) {
    UnaryOperator<String> absolute = FileReferences.resolver(sourceName);
    String folder = GoPaths.absoluteFolder(into);
    UnaryOperator<String> path =
        value ->
            value.isEmpty() || GoPaths.isAbsolute(value)
                ? value
                : GoPaths.relativeWithoutBacksteps(absolute.apply(value), folder);
    // Relative to its folder a command could lose its separator and be looked up in PATH.
    UnaryOperator<String> command =
        value -> FileReferences.isPath(value) ? absolute.apply(value) : value;
    return switch (kind) {
      case CLUSTER -> inside(entry, "cluster", in -> text(in, "certificate-authority", path));
      case USER ->
          inside(
              entry,
              "user",
              in ->
                  inside(
                      text(
                          text(text(in, "client-certificate", path), "client-key", path),
                          "tokenFile",
                          path),
                      "exec",
                      exec -> text(exec, "command", command)));
      case CONTEXT -> entry;
    };
  }

  private static YamlMapping inside(
      YamlMapping mapping, String field, UnaryOperator<YamlMapping> change) {
    return mapping.get(field) instanceof YamlMapping inner
        ? with(mapping, field, change.apply(inner))
        : mapping;
  }

  private static YamlMapping text(YamlMapping mapping, String field, UnaryOperator<String> change) {
    return mapping.get(field) instanceof YamlString text
        ? with(mapping, field, YamlString.of(change.apply(text.value())))
        : mapping;
  }

  private static YamlMapping with(YamlMapping mapping, String field, YamlValue value) {
    YamlMapping.Builder changed = YamlMapping.builder();
    for (YamlMapping.Entry entry : mapping.entries()) {
      changed.put(entry.key(), entry.key().equals(field) ? value : entry.value());
    }
    return changed.build();
  }

  private String currentContext() {
    for (KubeconfigText target : targets) {
      if (!target.config().currentContext().isEmpty()) {
        return target.config().currentContext();
      }
    }
    return "";
  }

  private String contextToUse() {
    String current = source.config().currentContext();
    if (!current.isEmpty()) {
      return current;
    }
    if (source.config().contexts().size() == 1) {
      return source.config().contexts().keySet().iterator().next();
    }
    throw new KubeconfigException(sourceName + " has no current-context, so there is none to use");
  }

  private TargetEdit edit(String file) {
    return edits.computeIfAbsent(file, name -> new TargetEdit());
  }

  private FileChange fileChange(String file, TargetEdit edit) {
    KubeconfigText target = null;
    for (KubeconfigText known : targets) {
      if (known.file().equals(file)) {
        target = known;
      }
    }
    boolean created = target == null;
    if (target == null) {
      target = KubeconfigText.of(file, new byte[0]);
    }
    YamlMapping expected = edit.expected(target.value());
    byte[] after = target.encode(TextSplicer.splice(target, edit));
    if (!means(file, after, expected)) {
      throw new KubeconfigException(
          file
              + " is written in a way that cannot be changed in place (anchors, merge keys or an"
              + " unusual layout); rewrite it with 'kubectl config view --raw' first");
    }
    return FileChange.checked(KubeconfigFiles.path(file), created ? null : target.bytes(), after);
  }

  private static boolean means(String file, byte[] content, YamlMapping expected) {
    try {
      KubeconfigText after = KubeconfigText.of(file, content);
      return after.value().equals(expected);
    } catch (MalformedKubeconfigException e) {
      return false;
    }
  }
}
