package org.fettle.executor.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows that a model cannot take: everything that is wrong with them, with place, value and cure.
 */
public final class InvalidRowsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private static final int MOST_SHOWN = 20;

  private final ArrayList<String> problems;

  /** Problems of rows, one line for each; the message has the first {@value #MOST_SHOWN}. */
  public InvalidRowsException(List<String> problems) {
    this(problems, "");
  }

  private InvalidRowsException(List<String> problems, String where) {
    super(message(problems, where));
    this.problems = new ArrayList<>(problems);
  }

  /** The same, saying of what the rows are counted. */
  public InvalidRowsException within(String where) {
    return new InvalidRowsException(problems, " in " + where);
  }

  private static String message(List<String> problems, String where) {
    StringBuilder message = new StringBuilder("Cannot predict: ");
    message.append(problems.size()).append(problems.size() == 1 ? " problem" : " problems");
    message.append(where);
    problems.stream().limit(MOST_SHOWN).forEach(each -> message.append("\n  ").append(each));
    if (problems.size() > MOST_SHOWN) {
      message.append("\n  and ").append(problems.size() - MOST_SHOWN).append(" more");
    }
    return message.toString();
  }
}
