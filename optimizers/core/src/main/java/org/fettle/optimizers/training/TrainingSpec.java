package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * How a network is trained.
 *
 * @param batchSize rows per step; the last batch of an epoch takes what is left
 * @param epochs passes over the examples, in a new order each
 */
public record TrainingSpec(
    Updater updater, Regularisation regularisation, Loss loss, int batchSize, int epochs) {

  public TrainingSpec {
    requireNonNull(updater, "updater is null");
    requireNonNull(regularisation, "regularisation is null");
    requireNonNull(loss, "loss is null");
    if (batchSize < 1) {
      throw new IllegalArgumentException("Batch size must be at least 1, but was " + batchSize);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("Epochs must be at least 1, but were " + epochs);
    }
  }

  /** What a job file can say of training. */
  public static List<Setting> settings() {
    return List.of(
        Setting.integer("epochs", 1, Integer.MAX_VALUE, "passes over the training rows").or(20L),
        Setting.integer("batch-size", 1, Integer.MAX_VALUE, "rows per step").or(32L),
        Updater.setting(),
        Setting.numberFrom("l2", 0, "weight penalty: adds l2/2 · Σw², biases excepted, to the loss")
            .or(0.0),
        Loss.setting());
  }

  /**
   * The training of checked settings.
   *
   * @throws IllegalArgumentException where the loss is not one for the task
   */
  public static TrainingSpec from(Settings settings, Task task) {
    Loss loss = settings.has("loss") ? Loss.from(settings.kind("loss")) : Loss.of(task);
    if (!loss.suits(task)) {
      throw new IllegalArgumentException("Loss must suit " + task + ", but was " + loss);
    }
    return new TrainingSpec(
        Updater.from(settings.kind("updater")),
        new Regularisation(settings.number("l2")),
        loss,
        Math.toIntExact(settings.integer("batch-size")),
        Math.toIntExact(settings.integer("epochs")));
  }
}
