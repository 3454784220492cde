package org.fettle.driver.store;

import java.util.regex.Pattern;

/** Keeps passwords out of what is written. */
public final class Secrets {

  /** In a URI, of {@code user:password@}, all before the host; a name alone is no secret. */
  private static final Pattern PASSWORD = Pattern.compile("(?<=://)([^/\\s:@]*):[^/\\s@]+@");

  /** A setting that is named like one, with its value. */
  private static final Pattern SETTING =
      Pattern.compile(
          "(?i)([\\w.-]*(?:secret|password|passwd|access[.-]?key|session\\.token)[\\w.-]*\\s*[=:]\\s*)\\S+");

  private Secrets() {}

  /** The text with {@code ***} for each password in it. */
  public static String masked(String text) {
    String shown = text.contains("://") ? PASSWORD.matcher(text).replaceAll("$1:***@") : text;
    return SETTING.matcher(shown).replaceAll("$1***");
  }
}
