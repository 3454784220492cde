package org.fettle.driver.study;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Report;

/** Passes on what is heard of the runs of a task. */
final class RunResults implements TrialBackend.Results {

  /**
   * A run.
   *
   * @param attempt how often it was begun before
   */
  record Begun(int trial, int fold, int attempt) {}

  private final List<Begun> runs;
  private final LoopEvent.Company company;
  private final Consumer<LoopEvent> loop;
  private final AtomicInteger left;

  /**
   * Passes on, until the last run has ended.
   *
   * @param loop hears on any thread
   */
  RunResults(List<Begun> runs, Consumer<LoopEvent> loop) {
    this.runs = List.copyOf(runs);
    this.loop = loop;
    this.left = new AtomicInteger(runs.size());
    this.company =
        new LoopEvent.Company(
            runs.size(), (int) runs.stream().mapToInt(Begun::trial).distinct().count());
  }

  @Override
  public void runBegan(int run) {
    Begun begun = runs.get(run);
    loop.accept(new LoopEvent.RunBegan(begun.trial(), begun.fold(), begun.attempt(), company));
  }

  @Override
  public void reported(int trial, Report report) {
    loop.accept(new LoopEvent.Reported(trial, report));
  }

  @Override
  public void runEnded(int run, TaskResult result) {
    Begun begun = runs.get(run);
    loop.accept(new LoopEvent.RunEnded(begun.trial(), begun.fold(), begun.attempt(), result));
    if (left.decrementAndGet() == 0) {
      loop.accept(new LoopEvent.TaskEnded());
    }
  }
}
