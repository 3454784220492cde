package org.fettle.driver.job;

/**
 * Where a value of a job was written: on a line of the file or on the command line.
 *
 * @param line from 1; 0 for the file as a whole, and past every line for the command line
 * @param text as messages show it, empty for the file as a whole
 */
public record Place(int line, String text) {

  static final Place FILE = new Place(0, "");

  static Place line(int line) {
    return new Place(line, "line " + line);
  }

  static Place override(String argument) {
    return new Place(Integer.MAX_VALUE, "--set " + argument);
  }
}
