package dev.certwright.kubeconfig;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Stretches of a text to be replaced by others; what is not named stays as it is. */
final class TextEdits {
  private record Edit(int start, int end, String replacement) {}

  private final String text;
  private final List<Edit> edits = new ArrayList<>();

  TextEdits(String text) {
    this.text = text;
  }

  void replace(int start, int end, String replacement) {
    edits.add(new Edit(start, end, replacement));
  }

  /** Several insertions at one place stay in the order they were asked for. */
  void insert(int at, String insertion) {
    replace(at, at, insertion);
  }

  /**
   * Puts whole lines behind the line that holds a place.
   *
   * @param lines each with its line end
   */
  void insertLinesBehind(int place, String lines, String lineEnd) {
    int at = lineBehind(place);
    boolean open = at > 0 && text.charAt(at - 1) != '\n' && text.charAt(at - 1) != '\r';
    insert(at, open ? lineEnd + lines.substring(0, lines.length() - lineEnd.length()) : lines);
  }

  /** Index of the first char of the line behind a place, or of the end of the text. */
  private int lineBehind(int place) {
    // A block scalar ends where the next line begins.
    if (place > 0 && (text.charAt(place - 1) == '\n' || text.charAt(place - 1) == '\r')) {
      return place;
    }
    for (int i = place; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        return i + 1;
      }
      if (c == '\r') {
        return i + 1 < text.length() && text.charAt(i + 1) == '\n' ? i + 2 : i + 1;
      }
    }
    return text.length();
  }

  String apply() {
    List<Edit> sorted = new ArrayList<>(edits);
    sorted.sort(Comparator.comparingInt(Edit::start));
    StringBuilder changed = new StringBuilder(text.length() + 4096);
    int from = 0;
    for (Edit edit : sorted) {
      if (edit.start() < from) {
        throw new IllegalStateException("edits overlap");
      }
      changed.append(text, from, edit.start()).append(edit.replacement());
      from = edit.end();
    }
    return changed.append(text, from, text.length()).toString();
  }
}
