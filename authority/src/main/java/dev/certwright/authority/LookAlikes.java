package dev.certwright.authority;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that can be mistaken for another: letters of several scripts in one word (the "highly
 * restrictive" level of Unicode TS 39), other encodings of the same letters, and words of another
 * script made only of letters that look Latin.
 */
final class LookAlikes {
  private static final Set<UnicodeScript> JAPANESE =
      EnumSet.of(
          UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);
  private static final Set<UnicodeScript> CHINESE =
      EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO);
  private static final Set<UnicodeScript> KOREAN =
      EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL);

  private LookAlikes() {}

  static @Nullable Finding find(String what, String text) {
    return isAscii(text) ? null : findBeyondAscii(what, text);
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7E) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Finding findBeyondAscii(String what, String text) {
    String advice = "write it in one script and in usual letters, or say --allow-look-alikes";
    if (!Normalizer.isNormalized(text, Normalizer.Form.NFKC)) {
      return Finding.forbidden(
          "name-look-alike",
          "the "
              + what
              + " "
              + NameRules.quoted(text)
              + " has characters that only look like the usual ones (it would normally be written "
              + NameRules.quoted(Normalizer.normalize(text, Normalizer.Form.NFKC))
              + ")",
          advice);
    }
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (LookAlikeCharacters.ALWAYS.get(c)) {
        return Finding.forbidden(
            "name-look-alike",
            "the "
                + what
                + " "
                + NameRules.quoted(text)
                + " has the character U+"
                + UnsafeCharacters.hex(c)
                + ", which looks like another",
            advice);
      }
    }
    Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
    boolean onlyLikeLatin = true;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      UnicodeScript script = UnicodeScript.of(c);
      if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
        scripts.add(script);
        onlyLikeLatin &= LookAlikeCharacters.IN_WORDS.get(c);
      }
    }
    if (scripts.size() > 1
        && !JAPANESE.containsAll(scripts)
        && !CHINESE.containsAll(scripts)
        && !KOREAN.containsAll(scripts)) {
      return Finding.forbidden(
          "name-mixed-script",
          "the "
              + what
              + " "
              + NameRules.quoted(text)
              + " mixes letters of "
              + String.join(" and ", names(scripts)),
          advice);
    }
    if (onlyLikeLatin && !scripts.isEmpty()) {
      return Finding.forbidden(
          "name-look-alike",
          "the "
              + what
              + " "
              + NameRules.quoted(text)
              + " is written in "
              + String.join(" and ", names(scripts))
              + " letters that all look Latin",
          advice);
    }
    return null;
  }

  private static String[] names(Set<UnicodeScript> scripts) {
    String[] names = new String[scripts.size()];
    int at = 0;
    for (UnicodeScript script : scripts) {
      String name = script.name();
      names[at++] = name.charAt(0) + name.substring(1).toLowerCase(java.util.Locale.ROOT);
    }
    return names;
  }
}
