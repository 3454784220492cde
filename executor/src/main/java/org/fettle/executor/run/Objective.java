package org.fettle.executor.run;

import org.fettle.search.study.Measurement;

/**
 * Code of a user's own to be tuned: anything on the JVM. The class has a public constructor without
 * parameters; each trial gets its own instance.
 *
 * <pre>{@code
 * public final class Branin implements Objective {
 *   public Measurement evaluate(TrialContext trial) {
 *     double x = trial.number("x");
 *     return Measurement.of("loss", x * x);
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Objective {

  /**
   * Evaluates one trial. Runs in a Spark task, beside other trials of the same executor.
   *
   * @return the value of each goal's metric, at least
   * @throws Exception to fail this trial; the study goes on
   */
  Measurement evaluate(TrialContext trial) throws Exception;
}
