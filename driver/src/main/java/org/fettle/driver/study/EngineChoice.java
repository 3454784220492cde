package org.fettle.driver.study;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** The engine that trains all trials of a study, and why this one. */
public record EngineChoice(String engine, String reason) {

  public EngineChoice {
    requireNonNull(engine, "engine is null");
    requireNonNull(reason, "reason is null");
  }

  /** As plain data. */
  public Map<String, Object> describe() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", engine);
    described.put("reason", reason);
    return described;
  }

  @Override
  public String toString() {
    return "Engine " + engine + ": " + reason;
  }
}
