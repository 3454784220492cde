package org.fettle.driver.dashboard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.apache.spark.scheduler.SparkListenerEvent;

/**
 * What happened in a study, as Spark's event log keeps it. The class's name and its properties are
 * in event logs: add, never rename. A history server without Fettle passes it over.
 */
public final class StudyHappened implements SparkListenerEvent {

  private final List<String> lines;

  /**
   * What happened.
   *
   * @param lines events as the journal has them
   */
  @JsonCreator
  public StudyHappened(@JsonProperty("lines") List<String> lines) {
    this.lines = List.copyOf(lines);
  }

  @JsonProperty("lines")
  public List<String> lines() {
    return lines;
  }
}
