package org.fettle.executor.data;

import java.io.Serializable;

/** Rows cannot be divided as asked. */
public final class SplitException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String key;
  private final Serializable value;
  private final String rule;

  SplitException(String key, Serializable value, String rule) {
    super("%s %s, but was %s".formatted(key, rule, value));
    this.key = key;
    this.value = value;
    this.rule = rule;
  }

  /** The setting at fault, as a job file names it. */
  public String key() {
    return key;
  }

  public Serializable value() {
    return value;
  }

  /** What the value must do: "must be at most the number of groups, 3". */
  public String rule() {
    return rule;
  }
}
