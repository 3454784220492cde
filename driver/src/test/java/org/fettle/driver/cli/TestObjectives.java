package org.fettle.driver.cli;

import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Objectives of the tests' jobs. */
public final class TestObjectives {

  private TestObjectives() {}

  /** A bowl; its floor is rough by the seed. */
  public static final class Bowl implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      double x = trial.number("x");
      double rough = (trial.seed() % 1000) / 1e6;
      double depth = trial.text("kind").equals("deep, \"dark\"") ? 1 : 0;
      return Measurement.of("loss", x * x + rough - depth).and("depth", depth);
    }
  }

  /** Breaks. */
  public static final class Broken implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new IllegalStateException("the sensor is unplugged");
    }
  }

  /** Tells secrets. */
  public static final class Blabbing implements Objective {
    @Override
    public Measurement evaluate(TrialContext trial) {
      throw new IllegalStateException(
          "Cannot read s3a://AKIA:hunter2@bucket/x with fs.s3a.secret.key=hunter2");
    }
  }

  /** No objective. */
  public static final class Unrelated {}
}
