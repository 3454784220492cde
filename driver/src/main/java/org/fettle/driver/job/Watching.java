package org.fettle.driver.job;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who watches a study. None of it changes what the trials are.
 *
 * @param tensorboard whether event files are written
 * @param mlflow empty where runs go to no tracking server
 * @param listeners names of the user's classes
 */
public record Watching(TensorBoard tensorboard, Optional<Mlflow> mlflow, List<String> listeners) {

  /** Whether event files are written. */
  public enum TensorBoard {
    WRITTEN,
    LEFT_OUT
  }

  /**
   * A tracking server.
   *
   * @param experiment where the study's runs go
   */
  public record Mlflow(String trackingUri, String experiment) {
    public Mlflow {
      requireNonNull(trackingUri, "trackingUri is null");
      requireNonNull(experiment, "experiment is null");
    }
  }

  public Watching {
    requireNonNull(tensorboard, "tensorboard is null");
    requireNonNull(mlflow, "mlflow is null");
    listeners = List.copyOf(listeners);
  }

  Map<String, Object> canonical() {
    Map<String, Object> canonical = new LinkedHashMap<>();
    canonical.put("tensorboard", tensorboard == TensorBoard.WRITTEN);
    Map<String, Object> server = new LinkedHashMap<>();
    mlflow.ifPresent(
        each -> {
          server.put("tracking-uri", each.trackingUri());
          server.put("experiment", each.experiment());
        });
    canonical.put("mlflow", server);
    canonical.put("listeners", listeners);
    return canonical;
  }
}
