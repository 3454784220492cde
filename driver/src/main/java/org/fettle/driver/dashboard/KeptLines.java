package org.fettle.driver.dashboard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.apache.spark.util.kvstore.KVIndex;

/** Lines of a journal in the history server's store, in their order. */
public final class KeptLines {

  private final int number;
  private final List<String> lines;

  @JsonCreator
  public KeptLines(@JsonProperty("number") int number, @JsonProperty("lines") List<String> lines) {
    this.number = number;
    this.lines = List.copyOf(lines);
  }

  @KVIndex
  @JsonProperty("number")
  public int number() {
    return number;
  }

  @JsonProperty("lines")
  public List<String> lines() {
    return lines;
  }
}
