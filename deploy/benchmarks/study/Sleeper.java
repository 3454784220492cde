import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Takes its time without work, so that what a study of it takes beyond that is what Fettle adds. */
public final class Sleeper implements Objective {
  @Override
  public Measurement evaluate(TrialContext trial) throws InterruptedException {
    Thread.sleep(trial.integer("millis"));
    double x = trial.number("x");
    double y = trial.number("y");
    return Measurement.of("loss", (x - 0.3) * (x - 0.3) + y * y);
  }
}
