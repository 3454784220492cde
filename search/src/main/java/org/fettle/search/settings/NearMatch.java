package org.fettle.search.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that a misspelt one was meant to be. */
public final class NearMatch {

  private NearMatch() {}

  /**
   * Returns the candidate nearest to a word, of equals the first, if it is near enough: a letter in
   * three may be wrong, missing, too much or swapped with its neighbour. Case, hyphens and
   * underscores do not count.
   */
  public static Optional<String> of(String word, Collection<String> candidates) {
    String plain = plain(word);
    int least = Math.max(1, plain.length() / 3) + 1;
    String nearest = null;
    for (String candidate : candidates) {
      int distance = distance(plain, plain(candidate));
      if (distance < Math.min(least, Math.max(plain.length(), 1))) {
        least = distance;
        nearest = candidate;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /** "did you mean adam?", or empty. */
  public static String hint(String word, Collection<String> candidates) {
    return of(word, candidates).map(near -> "did you mean " + near + "?").orElse("");
  }

  /** "did you mean adam? (known: sgd, adam)", or only what is known. */
  public static String hintAndKnown(String word, Collection<String> candidates) {
    String known = "known: " + String.join(", ", candidates);
    return of(word, candidates)
        .map(near -> "did you mean " + near + "? (" + known + ")")
        .orElse(known);
  }

  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
  }

  /** Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours. */
  static int distance(String a, String b) {
    int[][] distance = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          distance[i][j] = i + j;
          continue;
        }
        int other = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        best = Math.min(best, distance[i - 1][j - 1] + other);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          best = Math.min(best, distance[i - 2][j - 2] + 1);
        }
        distance[i][j] = best;
      }
    }
    return distance[a.length()][b.length()];
  }
}
