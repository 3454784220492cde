package org.fettle.optimizers.training;

import java.util.List;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** What training lowers: the mean over a batch's rows. */
public sealed interface Loss {

  /** The setting of a job file that chooses a loss; left out, the task's own holds. */
  static Setting setting() {
    return Kind.setting(
            "loss",
            Kinds.ALL,
            "what training lowers: by default cross-entropy for classes, else mse")
        .orNone();
  }

  /** The loss of a chosen kind. */
  static Loss from(Settings.Kind kind) {
    return Kind.create(Kinds.ALL, kind);
  }

  /** The usual loss of a task. */
  static Loss of(Task task) {
    return task instanceof Task.Classification ? new CrossEntropy() : new MeanSquaredError();
  }

  /** Whether the loss is one for this task. */
  boolean suits(Task task);

  /**
   * Checks that a network of so many outputs can learn the targets.
   *
   * @throws IllegalArgumentException where it cannot
   */
  void check(int outputs, float[] targets);

  /** −ln of the softmax probability of the row's class. */
  record CrossEntropy() implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Classification;
    }

    @Override
    public void check(int outputs, float[] targets) {
      if (outputs < 2) {
        throw new IllegalArgumentException(
            "Outputs must be at least 2 for cross-entropy, but were " + outputs);
      }
      for (int row = 0; row < targets.length; row++) {
        float target = targets[row];
        if (!(target >= 0 && target < outputs && target == (int) target)) {
          throw new IllegalArgumentException(
              "Target of row %d must be a class from 0 to %d, but was %s"
                  .formatted(row, outputs - 1, target));
        }
      }
    }
  }

  /** (prediction − target)², without a factor ½. */
  record MeanSquaredError() implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Regression;
    }

    @Override
    public void check(int outputs, float[] targets) {
      if (outputs != 1) {
        throw new IllegalArgumentException("Outputs must be 1 for mse, but were " + outputs);
      }
      for (int row = 0; row < targets.length; row++) {
        if (!Float.isFinite(targets[row])) {
          throw new IllegalArgumentException(
              "Target of row %d must be finite, but was %s".formatted(row, targets[row]));
        }
      }
    }
  }

  /** Every kind that a job file can name. */
  final class Kinds {
    private static final List<Kind<Loss>> ALL =
        List.of(
            new Kind<>("cross-entropy", List.of(), settings -> new CrossEntropy()),
            new Kind<>("mse", List.of(), settings -> new MeanSquaredError()));

    private Kinds() {}
  }
}
