package org.fettle.optimizers.training;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/**
 * By what a run multiplies its learning rate as it goes on: a function of the step and of nothing
 * else, but for {@link Plateau}. Below, p is the part of all steps that is done, from 0 to before
 * 1, e the epochs done with their fraction, and ⌊e⌋ those done whole.
 */
public sealed interface Schedule {

  /**
   * The factor of a step.
   *
   * @param step from 0
   */
  double factor(long step, Span span);

  /** Whether it changes by what the validation rows say. */
  default boolean watchesValidation() {
    return false;
  }

  /**
   * How long a run is.
   *
   * @param steps as many as the run is to have; it may end before
   */
  record Span(long stepsPerEpoch, long steps) {
    public Span {
      Require.atLeastOne("Steps per epoch", stepsPerEpoch);
      Require.atLeastOne("Steps", steps);
    }

    double part(long step) {
      return (double) step / steps;
    }

    double epochs(long step) {
      return (double) step / stepsPerEpoch;
    }
  }

  /** The setting of a job file that chooses a schedule. */
  static Setting setting() {
    return Kind.setting(
            "schedule", ScheduleKinds.ALL, "how the learning rate changes from step to step")
        .or("fixed");
  }

  /** One line for each kind. */
  static Map<String, String> docs() {
    return Kind.docs(ScheduleKinds.ALL);
  }

  /** The schedule of a chosen kind. */
  static Schedule from(Settings.Kind kind) {
    return Kind.create(ScheduleKinds.ALL, kind);
  }

  /** 1. */
  record Fixed() implements Schedule {
    @Override
    public double factor(long step, Span span) {
      return 1;
    }
  }

  /** factor^⌊e⌋: changes once an epoch. */
  record Exponential(double factor) implements Schedule {
    public Exponential {
      Require.positive("Factor", factor);
      Require.part("Factor", factor);
    }

    @Override
    public double factor(long step, Span span) {
      long changes = step / span.stepsPerEpoch();
      return Math.pow(factor, (double) changes);
    }
  }

  /** factor^⌊⌊e⌋ / every⌋: changes once in so many epochs. */
  record Step(int every, double factor) implements Schedule {
    public Step {
      Require.atLeastOne("Every", every);
      Require.positive("Factor", factor);
      Require.part("Factor", factor);
    }

    @Override
    public double factor(long step, Span span) {
      long changes = step / (span.stepsPerEpoch() * every);
      return Math.pow(factor, (double) changes);
    }
  }

  /** end + (1 − end) · (1 − p)^power: changes with every step. */
  record Polynomial(double power, double end) implements Schedule {
    public Polynomial {
      Require.positive("Power", power);
      Require.part("End", end);
    }

    @Override
    public double factor(long step, Span span) {
      return end + (1 - end) * Math.pow(1 - span.part(step), power);
    }
  }

  /** 1 / (1 + decay · e): changes with every step. */
  record Inverse(double decay) implements Schedule {
    public Inverse {
      Require.notNegative("Decay", decay);
    }

    @Override
    public double factor(long step, Span span) {
      return 1 / (1 + decay * span.epochs(step));
    }
  }

  /**
   * end + (1 − end) · ½ · (1 + cos(π·q)), where q is the part of the current cycle that is done:
   * changes with every step. There are {@code restarts} + 1 cycles, each {@code stretch} times as
   * long as the one before, and the last one ends with the run. Loshchilov and Hutter 2017,
   * arXiv:1608.03983.
   */
  record Cosine(int restarts, int stretch, double end) implements Schedule {
    public Cosine {
      Require.notNegative("Restarts", restarts);
      Require.atLeastOne("Stretch", stretch);
      Require.part("End", end);
      if (Double.isInfinite(Math.pow(stretch, restarts + 1.0))) {
        throw new IllegalArgumentException(
            "Cycles must be of finite length, but there were %d restarts with a stretch of %d"
                .formatted(restarts, stretch));
      }
    }

    @Override
    public double factor(long step, Span span) {
      double cycles =
          stretch == 1 ? restarts + 1 : (Math.pow(stretch, restarts + 1) - 1) / (stretch - 1);
      double done = span.part(step) * cycles;
      double length = 1;
      // Rounding must not make a cycle's first step the last one's end.
      while (done >= length * (1 - 1e-12)) {
        done = Math.max(0, done - length);
        length *= stretch;
      }
      return end + (1 - end) * 0.5 * (1 + Math.cos(Math.PI * done / length));
    }
  }

  /**
   * From {@code start} up to 1 within the part {@code rise} of all steps, then down to {@code end},
   * each along half a cosine: changes with every step. Smith and Topin 2018, arXiv:1708.07120, in
   * PyTorch's form with two phases; momenta stay as they are.
   */
  record OneCycle(double rise, double start, double end) implements Schedule {
    public OneCycle {
      Require.part("Rise", rise);
      Require.part("Start", start);
      Require.part("End", end);
    }

    @Override
    public double factor(long step, Span span) {
      double top = Math.max(0, rise * span.steps() - 1);
      double last = span.steps() - 1;
      if (step < top) {
        return between(start, 1, step / top);
      }
      return last <= top ? 1 : between(1, end, (step - top) / (last - top));
    }

    private static double between(double from, double to, double part) {
      return to + (from - to) * 0.5 * (1 + Math.cos(Math.PI * part));
    }
  }

  /**
   * Multiplied by {@code factor} after {@code patience} epochs in a row whose watched value was not
   * below the least so far by more than {@code minDelta}; never below {@code end}. The count begins
   * anew with each change.
   */
  record Plateau(Watched watched, double factor, int patience, double minDelta, double end)
      implements Schedule {

    /** What a plateau is seen in. */
    public enum Watched {
      /** The mean training loss of an epoch. */
      TRAINING_LOSS,
      /** What early stopping watches; in a run without validation rows, the training loss. */
      VALIDATION
    }

    public Plateau {
      requireNonNull(watched, "watched is null");
      Require.fraction("Factor", factor);
      Require.atLeastOne("Patience", patience);
      Require.notNegative("Min delta", minDelta);
      Require.part("End", end);
    }

    @Override
    public boolean watchesValidation() {
      return watched == Watched.VALIDATION;
    }

    /** 1: what the plateaus so far make of it is {@link LearningRates}'s to know. */
    @Override
    public double factor(long step, Span span) {
      return 1;
    }
  }

  /**
   * Rises by equal amounts within the first so many epochs, from step to step, up to where {@code
   * then} begins: step k of n has the factor (k + 1)/n, k from 0. What comes after sees the epochs
   * that are left as all there are.
   *
   * @param epochs may have a fraction; if the run is no longer, all of it is warm-up
   */
  record WarmUp(double epochs, Schedule then) implements Schedule {
    public WarmUp {
      Require.positive("Warm-up", epochs);
      if (then instanceof WarmUp) {
        throw new IllegalArgumentException("Warm-up must not follow a warm-up, but was " + then);
      }
    }

    @Override
    public boolean watchesValidation() {
      return then.watchesValidation();
    }

    @Override
    public double factor(long step, Span span) {
      long steps = Math.max(1, Math.min(span.steps(), Math.round(epochs * span.stepsPerEpoch())));
      if (step < steps) {
        return (step + 1.0) / steps * then.factor(0, span);
      }
      return then.factor(step - steps, new Span(span.stepsPerEpoch(), span.steps() - steps));
    }
  }
}
