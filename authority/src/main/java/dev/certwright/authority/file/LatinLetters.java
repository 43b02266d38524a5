package dev.certwright.authority.file;

import java.text.Normalizer;

/**
 * Other letters in Latin ones, roughly, so that a person finds a folder again. Nothing depends on
 * the result but its looks: names that become alike here differ by their hash.
 */
final class LatinLetters {
  private static final String CYRILLIC =
      "а a б b в v г g д d е e ж zh з z и i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts"
          + " ч ch ш sh щ shch ы y э e ю yu я ya є ye і i ґ g ђ dj ј j љ lj њ nj ћ c џ dz";
  private static final String GREEK =
      "α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f"
          + " χ ch ψ ps ω o";
  private static final String LATIN = "ß ss æ ae œ oe ø o đ d ð d þ th ł l ħ h ı i ŋ ng";
  private static final String SILENT = "ьъ";
  private static final String[] PAIRS = (CYRILLIC + " " + GREEK + " " + LATIN).split(" ", -1);

  private static final int LOOKED_AT = 200;

  private LatinLetters() {}

  /** The first 200 characters in lower case, without accents; what has no Latin letters stays. */
  static String of(String text) {
    String start = text.length() > LOOKED_AT ? text.substring(0, LOOKED_AT) : text;
    String plain =
        Normalizer.normalize(start.toLowerCase(java.util.Locale.ROOT), Normalizer.Form.NFKD);
    StringBuilder latin = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      if (Character.getType(c) != Character.NON_SPACING_MARK && SILENT.indexOf(c) < 0) {
        append(latin, c);
      }
    }
    return latin.toString();
  }

  private static void append(StringBuilder latin, char c) {
    if (c >= 0x80) {
      for (int i = 0; i < PAIRS.length; i += 2) {
        if (PAIRS[i].charAt(0) == c) {
          latin.append(PAIRS[i + 1]);
          return;
        }
      }
    }
    latin.append(c);
  }
}
