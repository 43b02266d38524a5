package dev.certwright.cli.people;

import dev.certwright.authority.Lifetime;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.key.KeyType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * CSV (RFC 4180, a record a line). With a header of {@code user}, {@code group} or {@code groups},
 * {@code uid}, {@code ttl} and {@code key-type} in any order; without one: user, groups, then
 * perhaps a lifetime, then perhaps a key type. Several groups stand in several cells, or in one
 * with commas or semicolons between.
 */
final class CsvPersonParser implements PersonParser {
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;
  private static final Set<String> COLUMNS =
      Set.of("user", "group", "groups", "uid", "ttl", "key-type");
  private static final Set<String> USUAL_NAMES_OF_USER =
      Set.of("name", "username", "user name", "user-name", "users", "login", "email", "e-mail");
  private static final int SHOWN = 100;

  private @Nullable List<String> header;

  /**
   * A header that is not understood must not be taken for a person, nor the lines after it for
   * lines without one.
   */
  @Override
  public boolean isHeader(String text, long line) throws IOException {
    List<String> names = new ArrayList<>();
    int known = 0;
    for (String cell : cells(text, line)) {
      String name = cell.strip().toLowerCase(Locale.ROOT);
      names.add(name);
      known += COLUMNS.contains(name) ? 1 : 0;
    }
    if (known == 0 && !USUAL_NAMES_OF_USER.contains(names.get(0)) && !isSeparatedOtherwise(text)) {
      return false;
    }
    if (known < names.size()
        || !names.contains("user")
        || new HashSet<>(names).size() < names.size()) {
      throw new IOException(
          "line "
              + line
              + " looks like a header and is not understood: \""
              + SafeText.of(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
              + "\"; its columns are user and perhaps groups, uid, ttl, key-type, in any order, with"
              + " commas between, each once. If it is a person, put the line user,groups before it");
    }
    header = names;
    return true;
  }

  private static boolean isSeparatedOtherwise(String text) {
    int known = 0;
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || ";\t|".indexOf(text.charAt(i)) >= 0) {
        known += COLUMNS.contains(text.substring(from, i).strip().toLowerCase(Locale.ROOT)) ? 1 : 0;
        from = i + 1;
      }
    }
    return known > 0;
  }

  @Override
  public Person parse(String text, long line) throws IOException {
    char first = text.stripLeading().charAt(0);
    if (first == '{' || first == '[' || first == '}' || first == ']') {
      throw new LineException(
          line,
          "\""
              + SafeText.of(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text)
              + "\" looks like JSON in a list of CSV; a user of such a name goes in quotes");
    }
    List<String> cells = cells(text, line);
    if (cells.size() == 1 && text.indexOf('"') < 0 && text.indexOf(';') >= 0) {
      throw new LineException(
          line,
          "\""
              + SafeText.of(text)
              + "\" has semicolons where commas are expected; a user name with one goes in quotes");
    }
    List<String> names = header;
    return names == null ? positional(cells, line) : named(cells, names, line);
  }

  private static Person named(List<String> cells, List<String> names, long line) {
    if (cells.size() > names.size()) {
      throw new LineException(
          line, cells.size() + " cells, where the header names " + names.size());
    }
    String user = "";
    String uid = "";
    String ttl = null;
    String keyType = null;
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      switch (names.get(i)) {
        case "user" -> user = cell;
        case "uid" -> uid = cell;
        case "ttl" -> ttl = cell.isBlank() ? null : cell.strip();
        case "key-type" -> keyType = cell.isBlank() ? null : cell.strip();
        default -> addGroups(groups, cell);
      }
    }
    return new Person(line, user, groups, uid, ttl, keyType);
  }

  private static Person positional(List<String> cells, long line) {
    int end = cells.size();
    while (end > 1 && cells.get(end - 1).isBlank()) {
      end--;
    }
    String keyType = null;
    if (end > 1 && KeyType.ofFlag(cells.get(end - 1).strip()) != null) {
      keyType = cells.get(--end).strip();
    }
    String ttl = null;
    if (end > 1 && isLifetime(cells.get(end - 1).strip())) {
      ttl = cells.get(--end).strip();
    }
    List<String> groups = new ArrayList<>();
    for (int i = 1; i < end; i++) {
      addGroups(groups, cells.get(i));
    }
    for (String group : groups) {
      if (looksLikeLifetimeOrKey(group)) {
        throw new LineException(
            line,
            "\""
                + SafeText.of(group)
                + "\" stands among the groups and looks like a lifetime or key type; correct it, or"
                + " add a header line: user,groups,ttl,key-type");
      }
    }
    return new Person(line, cells.get(0), groups, "", ttl, keyType);
  }

  private static void addGroups(List<String> groups, String cell) {
    int from = 0;
    for (int i = 0; i <= cell.length(); i++) {
      if (i == cell.length() || cell.charAt(i) == ',' || cell.charAt(i) == ';') {
        String group = cell.substring(from, i).strip();
        if (!group.isEmpty()) {
          groups.add(group);
        }
        from = i + 1;
      }
    }
  }

  private static boolean isLifetime(String text) {
    return Lifetime.find(text) != null;
  }

  private static boolean looksLikeLifetimeOrKey(String group) {
    String lower = group.toLowerCase(Locale.ROOT);
    return isLifetime(lower)
        || lower.startsWith("rsa-")
        || lower.startsWith("p-") && lower.length() <= 6
        || lower.equals("ed25519")
        || !lower.isEmpty()
            && Character.isDigit(lower.charAt(0))
            && lower.length() <= 6
            && "smhdwy".indexOf(lower.charAt(lower.length() - 1)) >= 0;
  }

  private static List<String> cells(String text, long line) throws IOException {
    if (text.indexOf('"') < 0) {
      return plainCells(text);
    }
    checkQuotes(text, line);
    return quotedCells(text, line);
  }

  /**
   * RFC 4180 section 2: a cell with a quote begins and ends with one, and doubles those in it. A
   * cell may go over several lines by it; here it may not, and then it cannot be told where a line
   * of somebody else begins.
   */
  private static void checkQuotes(String text, long line) throws IOException {
    int at = 0;
    while (at < text.length()) {
      int end = text.charAt(at) == '"' ? afterQuoted(text, at, line) : at;
      int comma = text.indexOf(',', end);
      int next = comma < 0 ? text.length() : comma;
      for (int i = end; i < next; i++) {
        if (text.charAt(i) == '"' || end > at && text.charAt(i) != ' ') {
          throw new LineException(
              line,
              "not CSV: a quote stands inside a cell; a cell with one begins and ends with a quote,"
                  + " without blanks before it, and has those inside twice: \"a\"\"b\"");
        }
      }
      at = next + 1;
    }
  }

  /** Behind the quote that closes the cell which begins here. */
  private static int afterQuoted(String text, int begin, long line) throws IOException {
    int quote = text.indexOf('"', begin + 1);
    while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
      quote = text.indexOf('"', quote + 2);
    }
    if (quote < 0) {
      throw new IOException(
          "a quote is not closed in line "
              + line
              + ", so that it cannot be told who stands in the lines after it; each person stands"
              + " in one line, also where a cell is in quotes");
    }
    return quote + 1;
  }

  /** Nearly every line, and a parser of its own for each would cost more than the signature. */
  private static List<String> plainCells(String text) {
    List<String> cells = new ArrayList<>();
    int from = 0;
    for (int comma = text.indexOf(','); comma >= 0; comma = text.indexOf(',', from)) {
      cells.add(text.substring(from, comma));
      from = comma + 1;
    }
    cells.add(text.substring(from));
    return cells;
  }

  private static List<String> quotedCells(String text, long line) {
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      List<String> cells = new ArrayList<>();
      for (CSVRecord record : parser) {
        for (String cell : record) {
          cells.add(cell);
        }
      }
      if (cells.isEmpty()) {
        cells.add("");
      }
      return cells;
    } catch (IOException | UncheckedIOException | IllegalStateException malformed) {
      throw new LineException(line, "not CSV: a quote stands in a wrong place");
    }
  }
}
