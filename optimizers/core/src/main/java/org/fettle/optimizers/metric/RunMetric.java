package org.fettle.optimizers.metric;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.fettle.optimizers.data.Task;

/** What a run costs, whatever it predicts; less is better. */
public record RunMetric(String name, String doc) implements Metric {

  /** Wall-clock time of the engine alone, without data and other metrics. */
  public static final RunMetric TRAINING_TIME =
      new RunMetric("training-time", "seconds of training on a fold; differs between equal runs");

  /** Of one row, as a service is asked; how it is taken is the measurer's part. */
  public static final RunMetric INFERENCE_LATENCY =
      new RunMetric(
          "inference-latency",
          "seconds to predict a single row, a median of many times; differs between equal runs");

  /** Of the network's description, whatever the engine. */
  public static final RunMetric PARAMETER_COUNT =
      new RunMetric("parameter-count", "weights and biases of the network");

  static final List<RunMetric> ALL = List.of(TRAINING_TIME, INFERENCE_LATENCY, PARAMETER_COUNT);

  public RunMetric {
    requireNonNull(name, "name is null");
    requireNonNull(doc, "doc is null");
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public boolean suits(Task task) {
    return true;
  }

  @Override
  public boolean standard() {
    return false;
  }
}
