package org.fettle.driver.study;

import java.util.List;
import java.util.function.Consumer;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.Report;

/**
 * Passes on what is heard of runs, by their folds.
 *
 * @param attempts how often each fold was begun before
 * @param loop hears on any thread
 */
record RunResults(List<Integer> folds, List<Integer> attempts, Consumer<LoopEvent> loop)
    implements TrialBackend.Results {

  @Override
  public void runBegan(int trial, int run) {
    loop.accept(new LoopEvent.RunBegan(trial, folds.get(run), attempts.get(run)));
  }

  @Override
  public void reported(int trial, Report report) {
    loop.accept(new LoopEvent.Reported(trial, report));
  }

  @Override
  public void runEnded(int trial, int run, TaskResult result) {
    loop.accept(new LoopEvent.RunEnded(trial, folds.get(run), attempts.get(run), result));
  }
}
