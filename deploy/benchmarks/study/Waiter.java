import java.util.concurrent.CountDownLatch;
import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Gets no better, and goes on until it is pruned; the first trial is what others fall behind. */
public final class Waiter implements Objective {
  @Override
  public Measurement evaluate(TrialContext trial) throws InterruptedException {
    double loss = Math.min(1, trial.trial());
    for (int step = 1; step <= 3; step++) {
      trial.report(step, Measurement.of("loss", loss));
    }
    if (trial.trial() == 0) {
      return Measurement.of("loss", loss);
    }
    new CountDownLatch(1).await();
    throw new AssertionError("must have been pruned");
  }
}
