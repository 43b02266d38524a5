package dev.certwright.authority;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names that can be mistaken for another: letters of several scripts in one word (the "highly
 * restrictive" level of Unicode TS 39), other encodings of the same letters, and Cyrillic or Greek
 * words made only of letters that look Latin.
 */
final class LookAlikes {
  private static final String CYRILLIC_LIKE_LATIN = "аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ";
  private static final String GREEK_LIKE_LATIN = "ονικαρυΑΒΕΖΗΙΚΜΝΟΡΤΥΧ";

  /**
   * Signs that pass for one of {@code : / - . = * |}, which mean something in names of Kubernetes
   * or in paths, and letters that pass for a, g, l and an exclamation mark. As code points, because
   * nobody could read them here.
   */
  private static final String LIKE_ASCII =
      "\uA789\u02D0\u02F8\u0589\u05C3\u2236\u205A"
          + "\u2044\u2215\u2571\u29F8\u27CB\u3033"
          + "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02D7\u2043"
          + "\u2024\u0701\uA78A\u2E40\u30A0\u2217\u204E\u2223\u2758"
          + "\u0251\u0261\u01C0\u01C3";

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
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (LIKE_ASCII.indexOf(c) >= 0) {
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
        onlyLikeLatin &= CYRILLIC_LIKE_LATIN.indexOf(c) >= 0 || GREEK_LIKE_LATIN.indexOf(c) >= 0;
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
