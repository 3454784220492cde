import org.fettle.executor.run.Objective;
import org.fettle.executor.run.TrialContext;
import org.fettle.search.study.Measurement;

/** Reports at a pace, and measures what a report costs the one who makes it. */
public final class Chatter implements Objective {
  @Override
  public Measurement evaluate(TrialContext trial) {
    int reports = (int) trial.integer("reports");
    long paceNanos = 1_000_000_000L / trial.integer("each-second");
    long spent = 0;
    long longest = 0;
    long next = System.nanoTime();
    for (int step = 1; step <= reports; step++) {
      while (System.nanoTime() < next) {
        Thread.onSpinWait();
      }
      next += paceNanos;
      long start = System.nanoTime();
      trial.report(step, Measurement.of("loss", trial.number("x") + 1.0 / step));
      long took = System.nanoTime() - start;
      spent += took;
      longest = Math.max(longest, took);
    }
    return Measurement.of("loss", trial.number("x"))
        .and("micros-a-report", spent / 1e3 / reports)
        .and("longest-millis", longest / 1e6);
  }
}
