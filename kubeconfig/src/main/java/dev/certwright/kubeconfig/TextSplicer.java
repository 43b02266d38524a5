package dev.certwright.kubeconfig;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.SyntaxNode;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link TargetEdit} into a text by splicing, in the style that is there: block or flow,
 * indentation, line ends.
 *
 * <p>It only finds places; whether the result means what it should is for the caller to check.
 */
final class TextSplicer {
  private final KubeconfigText target;
  private final String text;
  private final String lineEnd;
  private final TargetEdit edit;
  private final TextEdits edits;

  private TextSplicer(KubeconfigText target, TargetEdit edit) {
    this.target = target;
    this.text = target.text();
    this.lineEnd = target.lineEnd();
    this.edit = edit;
    this.edits = new TextEdits(text);
  }

  static String splice(KubeconfigText target, TargetEdit edit) {
    TextSplicer splicer = new TextSplicer(target, edit);
    if (target.root() instanceof SyntaxNode.Mapping root && !root.pairs().isEmpty()) {
      splicer.spliceInto(root);
    } else {
      splicer.writeWhole();
    }
    return splicer.edits.apply();
  }

  /** The document holds nothing: an empty text, comments, {@code null}, {@code {}}. */
  private void writeWhole() {
    SyntaxNode root = target.root();
    YamlMapping whole = edit.expected(target.value());
    if (root instanceof SyntaxNode.Mapping mapping) {
      String json = JsonWriter.pretty(whole).strip().replace("\n", lineEnd);
      edits.replace(mapping.start(), mapping.end(), json);
      return;
    }
    StringBuilder block = new StringBuilder();
    YamlWriter.append(block, whole, 0, lineEnd);
    if (root == null) {
      edits.insertLinesBehind(text.length(), block.toString(), lineEnd);
    } else {
      edits.replace(root.start(), root.end(), "");
      edits.insertLinesBehind(root.end(), block.toString(), lineEnd);
    }
  }

  private void spliceInto(SyntaxNode.Mapping root) {
    YamlMapping.Builder missing = YamlMapping.builder();
    for (EntryKind kind : EntryKind.values()) {
      if (edit.added(kind).isEmpty() && edit.replaced(kind).isEmpty()) {
        continue;
      }
      SyntaxNode.Pair section = find(root, kind.list());
      if (section == null) {
        missing.put(kind.list(), YamlSequence.of(edit.entries(target.value(), kind)));
      } else if (section.value() instanceof SyntaxNode.Sequence list && !list.items().isEmpty()) {
        replaceItems(list, edit.replaced(kind));
        addItems(list, edit.added(kind));
      } else {
        writeList(root, section, edit.entries(target.value(), kind));
      }
    }
    String context = edit.currentContext();
    if (context != null) {
      SyntaxNode.Pair pair = find(root, "current-context");
      if (pair == null) {
        missing.put("current-context", context);
      } else {
        replaceScalar(root, pair.value(), context);
      }
    }
    addFields(root, missing.build());
  }

  /** The pair of a key; of equal keys the last counts, as it does for the reader. */
  private static SyntaxNode.@Nullable Pair find(SyntaxNode.Mapping root, String key) {
    SyntaxNode.Pair found = null;
    for (SyntaxNode.Pair pair : root.pairs()) {
      if (pair.key() instanceof SyntaxNode.Scalar scalar && scalar.value().equals(key)) {
        found = pair;
      }
    }
    return found;
  }

  private void replaceItems(SyntaxNode.Sequence list, Map<String, YamlMapping> replaced) {
    for (SyntaxNode item : list.items()) {
      String name = name(item);
      YamlMapping replacement = name == null ? null : replaced.get(name);
      if (replacement == null) {
        continue;
      }
      if (list.flow()) {
        edits.replace(item.start(), item.end(), json(replacement, ownLine(item.start())));
      } else {
        StringBuilder block = new StringBuilder();
        YamlWriter.append(block, replacement, item.position().column() - 1, lineEnd);
        block.setLength(block.length() - lineEnd.length());
        edits.replace(item.start(), withoutLineEnds(item), block.toString());
      }
    }
  }

  private static @Nullable String name(SyntaxNode item) {
    SyntaxNode node = item;
    if (node instanceof SyntaxNode.Alias alias) {
      node = alias.target().node();
    }
    if (!(node instanceof SyntaxNode.Mapping mapping)) {
      return null;
    }
    SyntaxNode.Pair pair = find(mapping, "name");
    return pair != null && pair.value() instanceof SyntaxNode.Scalar scalar ? scalar.value() : null;
  }

  /** A block scalar at the end of an item reaches to the next line; that line end stays. */
  private int withoutLineEnds(SyntaxNode item) {
    int end = item.end();
    while (end > item.start() && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return end;
  }

  private void addItems(SyntaxNode.Sequence list, List<YamlMapping> added) {
    if (added.isEmpty()) {
      return;
    }
    SyntaxNode last = list.items().get(list.items().size() - 1);
    if (!list.flow()) {
      edits.insertLinesBehind(list.end(), blockItems(added, list.indent()), lineEnd);
      return;
    }
    String indent = ownLine(last.start());
    StringBuilder items = new StringBuilder();
    for (YamlMapping entry : added) {
      items.append(indent == null ? ", " : "," + lineEnd + indent).append(json(entry, indent));
    }
    insertBehindInFlow(last.end(), items);
  }

  /** Behind the last element of a flow collection, or behind the comma that follows it. */
  private void insertBehindInFlow(int end, StringBuilder elements) {
    int next = end;
    while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    if (next < text.length() && text.charAt(next) == ',') {
      edits.insert(next + 1, elements.substring(1));
    } else {
      edits.insert(end, elements.toString());
    }
  }

  private String blockItems(List<? extends YamlValue> entries, int indent) {
    StringBuilder block = new StringBuilder();
    for (YamlValue entry : entries) {
      block.append(" ".repeat(indent)).append("- ");
      YamlWriter.append(block, entry, indent + 2, lineEnd);
    }
    return block.toString();
  }

  /** Gives a list that was empty, null or an alias all its entries anew. */
  private void writeList(
      SyntaxNode.Mapping root, SyntaxNode.Pair section, List<YamlValue> entries) {
    SyntaxNode value = section.value();
    if (root.flow()) {
      String json = json(YamlSequence.of(entries), ownLine(section.key().start()));
      edits.replace(value.start(), value.end(), value.start() == value.end() ? " " + json : json);
      return;
    }
    int start = value.start();
    while (text.charAt(start - 1) == ' ') {
      start--;
    }
    edits.replace(start, value.end(), "");
    edits.insertLinesBehind(value.end(), blockItems(entries, indent(root)), lineEnd);
  }

  private static int indent(SyntaxNode.Mapping root) {
    return root.pairs().get(0).key().position().column() - 1;
  }

  private void replaceScalar(SyntaxNode.Mapping root, SyntaxNode value, String scalar) {
    StringBuilder replacement = new StringBuilder(value.start() == value.end() ? " " : "");
    if (root.flow()) {
      JsonWriter.appendString(replacement, scalar);
    } else {
      YamlWriter.appendString(replacement, scalar);
    }
    edits.replace(value.start(), withoutLineEnds(value), replacement.toString());
  }

  private void addFields(SyntaxNode.Mapping root, YamlMapping fields) {
    if (fields.size() == 0) {
      return;
    }
    if (!root.flow()) {
      int indent = indent(root);
      StringBuilder block = new StringBuilder(" ".repeat(indent));
      YamlWriter.append(block, fields, indent, lineEnd);
      edits.insertLinesBehind(root.end(), block.toString(), lineEnd);
      return;
    }
    SyntaxNode.Pair last = root.pairs().get(root.pairs().size() - 1);
    String indent = ownLine(last.key().start());
    StringBuilder added = new StringBuilder();
    for (YamlMapping.Entry field : fields.entries()) {
      added.append(indent == null ? ", " : "," + lineEnd + indent);
      JsonWriter.appendString(added, field.key());
      added.append(": ").append(json(field.value(), indent));
    }
    insertBehindInFlow(Math.max(last.key().end(), last.value().end()), added);
  }

  /** The blanks before a place if nothing else is before it on its line, else null. */
  private @Nullable String ownLine(int place) {
    int start = place;
    while (start > 0 && (text.charAt(start - 1) == ' ' || text.charAt(start - 1) == '\t')) {
      start--;
    }
    boolean own = start > 0 && (text.charAt(start - 1) == '\n' || text.charAt(start - 1) == '\r');
    return own ? text.substring(start, place) : null;
  }

  /** On one line, or on lines of its own that begin with an indentation. */
  private String json(YamlValue value, @Nullable String indent) {
    if (indent == null || value instanceof YamlString) {
      return JsonWriter.compact(value);
    }
    return JsonWriter.pretty(value).strip().replace("\n", lineEnd + indent);
  }
}
