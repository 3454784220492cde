package org.fettle.optimizers.training;

import java.util.OptionalDouble;

/** The factors of a run's learning rate, step by step. For one thread. */
public final class LearningRates {

  private final Schedule schedule;
  private final Schedule.Span span;
  private long step;

  private double factor = 1;
  private double least = Double.POSITIVE_INFINITY;
  private int without;

  public LearningRates(Schedule schedule, Schedule.Span span) {
    this.schedule = schedule;
    this.span = span;
  }

  /**
   * Where a schedule is.
   *
   * @param step how many steps there have been
   * @param factor by which a plateau has multiplied the rate
   * @param least value that a plateau has seen
   * @param without how many epochs a plateau has seen no less
   */
  public record State(long step, double factor, double least, int without) {}

  public State state() {
    return new State(step, factor, least, without);
  }

  /** Goes on from there. */
  public void restore(State state) {
    step = state.step();
    factor = state.factor();
    least = state.least();
    without = state.without();
  }

  /** The factor of the next step. */
  public double next() {
    return factor * schedule.factor(step++, span);
  }

  /**
   * To be called after each epoch.
   *
   * @param watched the value of the validation rows, less being better; empty without such rows
   */
  public void epochEnded(double trainingLoss, OptionalDouble watched) {
    Schedule base = schedule instanceof Schedule.WarmUp warmUp ? warmUp.then() : schedule;
    if (base instanceof Schedule.Plateau plateau) {
      boolean training = plateau.watched() == Schedule.Plateau.Watched.TRAINING_LOSS;
      epochEnded(plateau, training ? trainingLoss : watched.orElse(trainingLoss));
    }
  }

  private void epochEnded(Schedule.Plateau plateau, double value) {
    if (value < least - plateau.minDelta() || least == Double.POSITIVE_INFINITY) {
      least = value;
      without = 0;
    } else if (++without == plateau.patience()) {
      factor = Math.max(plateau.end(), factor * plateau.factor());
      without = 0;
    }
  }
}
