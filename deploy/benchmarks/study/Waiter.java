import java.util.concurrent.CountDownLatch;
import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Gets no better, and goes on until it is pruned. */
public final class Waiter implements Objective {
  @Override
  public Measurement evaluate(TrialContext trial) throws InterruptedException {
    for (int step = 1; step <= 3; step++) {
      trial.report(step, Measurement.of("loss", 1));
    }
    new CountDownLatch(1).await();
    throw new AssertionError("must have been pruned");
  }
}
