package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import org.fettle.optimizers.data.Task;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * What training lowers: the mean over a batch's rows of a function of a row's output sums z and its
 * target: y, the index of its class or its value.
 */
public sealed interface Loss {

  /** The setting of a job file that chooses a loss; left out, the task's own holds. */
  static Setting setting() {
    return Kind.setting(
            "loss",
            LossKinds.ALL,
            "what training lowers: by default cross-entropy for classes, else mse")
        .orNone();
  }

  /** One line for each kind. */
  static Map<String, String> docs() {
    return Kind.docs(LossKinds.ALL);
  }

  /** The loss of a chosen kind. */
  static Loss from(Settings.Kind kind) {
    return Kind.create(LossKinds.ALL, kind);
  }

  /** The usual loss of a task. */
  static Loss of(Task task) {
    return task instanceof Task.Classification
        ? new CrossEntropy(ClassWeights.NONE, 0)
        : new MeanSquaredError();
  }

  /** Whether the loss is one for this task. */
  boolean suits(Task task);

  /** What makes predictions of output sums. */
  Link link();

  /**
   * Checks that a network of so many outputs can learn the targets.
   *
   * @throws IllegalArgumentException where it cannot
   */
  void check(int outputs, float[] targets);

  /**
   * The loss for a run.
   *
   * @param targets of all training rows, checked
   */
  RowLoss on(float[] targets, int outputs);

  /** What makes predictions of output sums. */
  enum Link {
    /** Probabilities: exp(zᵢ) / Σ exp(zⱼ). */
    SOFTMAX,
    /** The sum itself. */
    IDENTITY,
    /** exp(z). */
    EXP;

    /** Replaces a row's sums, which lie together, by its predictions. */
    public void apply(float[] sums, int start, int length) {
      if (this == SOFTMAX) {
        Softmax.apply(sums, start, 1, length);
      } else if (this == EXP) {
        for (int i = start; i < start + length; i++) {
          sums[i] = (float) Math.exp(sums[i]);
        }
      }
    }
  }

  /** How much the rows of each class count in the mean. */
  enum ClassWeights {
    /** One as much as the other. */
    NONE,
    /** n / (k · n of the class), for n training rows of k classes: 1 in the mean of the rows. */
    BALANCED;

    /** The weight of each class, given the targets of all training rows. */
    public float[] of(float[] targets, int classes) {
      int[] counts = new int[classes];
      for (float target : targets) {
        counts[(int) target]++;
      }
      return ofCounts(counts);
    }

    /** The same, given how many training rows each class has. */
    public float[] ofCounts(int[] counts) {
      float[] weights = new float[counts.length];
      if (this == NONE) {
        Arrays.fill(weights, 1);
        return weights;
      }
      int rows = Arrays.stream(counts).sum();
      long present = Arrays.stream(counts).filter(count -> count > 0).count();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = counts[i] == 0 ? 0 : rows / (present * (float) counts[i]);
      }
      return weights;
    }
  }

  /**
   * −Σ qᵢ · ln softmax(z)ᵢ, times the weight of the row's class, where q is 1 − s for the class
   * plus s/k for each of the k classes. Two classes are the binary cross-entropy. Smoothing s:
   * Szegedy et al. 2016, arXiv:1512.00567.
   */
  record CrossEntropy(ClassWeights classWeights, double smoothing) implements Loss {

    public CrossEntropy {
      requireNonNull(classWeights, "classWeights is null");
      Require.fraction("Label smoothing", smoothing);
    }

    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Classification;
    }

    @Override
    public Link link() {
      return Link.SOFTMAX;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.classes("cross-entropy", outputs, targets);
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return RowLosses.crossEntropy(classWeights.of(targets, outputs), smoothing);
    }
  }

  /**
   * max(0, 1 + max over i ≠ y of zᵢ − z_y), or its square: Crammer and Singer 2001. Predictions are
   * the softmax of the sums: in the right order, but no calibrated probabilities.
   */
  record Hinge(boolean squared) implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Classification;
    }

    @Override
    public Link link() {
      return Link.SOFTMAX;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.classes("hinge", outputs, targets);
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return squared ? RowLosses::squaredHinge : RowLosses::hinge;
    }
  }

  /** (z − y)², without a factor ½. */
  record MeanSquaredError() implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Regression;
    }

    @Override
    public Link link() {
      return Link.IDENTITY;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.values("mse", outputs, targets);
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return RowLosses::squaredError;
    }
  }

  /** |z − y|, with the gradient 0 at 0. */
  record MeanAbsoluteError() implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Regression;
    }

    @Override
    public Link link() {
      return Link.IDENTITY;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.values("mae", outputs, targets);
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return RowLosses::absoluteError;
    }
  }

  /**
   * ½·(z − y)² where |z − y| ≤ δ, else δ·(|z − y| − ½·δ). Huber 1964.
   *
   * @param delta in the unit of the targets, which Fettle scales to deviation 1
   */
  record Huber(double delta) implements Loss {
    public Huber {
      Require.positive("Delta", delta);
    }

    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Regression;
    }

    @Override
    public Link link() {
      return Link.IDENTITY;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.values("huber", outputs, targets);
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return RowLosses.huber(delta);
    }
  }

  /** exp(z) − y·z, of counts and other values from 0 on; the prediction is exp(z). */
  record Poisson() implements Loss {
    @Override
    public boolean suits(Task task) {
      return task instanceof Task.Regression;
    }

    @Override
    public Link link() {
      return Link.EXP;
    }

    @Override
    public void check(int outputs, float[] targets) {
      LossChecks.values("poisson", outputs, targets);
      for (int row = 0; row < targets.length; row++) {
        if (targets[row] < 0) {
          throw new IllegalArgumentException(
              "Target of row %d must be at least 0 for poisson, but was %s"
                  .formatted(row, targets[row]));
        }
      }
    }

    @Override
    public RowLoss on(float[] targets, int outputs) {
      return RowLosses::poisson;
    }
  }
}
