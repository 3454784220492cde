package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * One thing that is wrong with a job.
 *
 * @param path of the value in the job file, as in {@code training.updater.choice[1].momentum};
 *     empty for the file as a whole
 * @param value what stands there, as messages show it; empty where that does not help
 * @param rule the rule it breaks: "must be an integer ≥ 1"
 * @param hint how to mend it, or empty
 */
public record Problem(Place place, String path, Optional<String> value, String rule, String hint) {

  public Problem {
    requireNonNull(place, "place is null");
    requireNonNull(path, "path is null");
    requireNonNull(value, "value is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(hint, "hint is null");
  }

  /** The rule, the value and the hint: "must be an integer ≥ 1, but was 0". */
  public String message() {
    return rule + value.map(", but was "::concat).orElse("") + (hint.isEmpty() ? "" : ": " + hint);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(place.text());
    String subject = path.isEmpty() && Character.isLowerCase(rule.charAt(0)) ? "the file" : path;
    for (String part : new String[] {subject, message()}) {
      text.append(text.isEmpty() || part.isEmpty() ? "" : "  ").append(part);
    }
    return text.toString();
  }
}
