import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Returns at once, so that what a study of it takes is what Fettle adds. */
public final class AtOnce implements Objective {
  @Override
  public Measurement evaluate(TrialContext trial) {
    double x = trial.number("x");
    return Measurement.of("loss", x * x);
  }
}
