package org.fettle.driver.study;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.fettle.driver.job.FailureSpec;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StudyStore;
import org.fettle.driver.study.SimulatedBackend.Simulated;
import org.fettle.executor.task.Checkpointing;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.search.numeric.Seeds;
import org.fettle.search.prune.Pruner;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;
import org.fettle.search.stop.StopRule;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggesters;

/** A study of a few parameters on a {@link SimulatedBackend}. */
final class Simulation {

  static final SearchSpace SPACE =
      new SearchSpace(
          List.<Parameter>of(
              DoubleParameter.of("x", -1, 1, Scale.LINEAR),
              IntegerParameter.of("n", 1, 3, Scale.LINEAR)),
          List.of());

  Suggester suggester = Suggesters.named("random");
  Optional<Pruner> pruner = Optional.empty();
  StopRule stop = StopRule.anyOf(List.of());
  OptionalInt trials = OptionalInt.of(8);
  OptionalInt parallel = OptionalInt.of(1);
  FailureSpec failures = FailureSpec.standard();
  SearchSpace space = SPACE;
  int folds = 1;
  int slots = 100;
  int most = 1;
  int mostOfSeveralTrials = 1;
  Function<Trial, Optional<String>> fusion = trial -> Optional.empty();
  Function<TrialTask, Simulated> runs = Simulation::scored;
  MemoryStore store = new MemoryStore();
  Duration worked = Duration.ZERO;
  StudyListener listener = new StudyListener() {};

  /** x² + fold / 10 after n minutes, with a report. */
  static Simulated scored(TrialTask task) {
    double loss = x(task) * x(task) + fold(task) / 10.0;
    TaskResult result =
        new TaskResult.Scored(
            Measurement.of("loss", loss),
            List.of(new Report(0, 1, Measurement.of("loss", loss + 1))),
            60.0 * n(task));
    return new Simulated(Duration.ofMinutes(n(task)), result);
  }

  static Simulated failed(FailureCode code, String message) {
    return new Simulated(Duration.ofMinutes(1), new TaskResult.Failed(code, message, "trace"));
  }

  static double x(TrialTask task) {
    return (double) parameters(task).get("x");
  }

  static long n(TrialTask task) {
    return (long) parameters(task).getOrDefault("n", 1L);
  }

  static long fold(TrialTask task) {
    return (long) parameters(task).get("fold");
  }

  private static Map<String, Object> parameters(TrialTask task) {
    return ((Work.Evaluate) task.work()).parameters();
  }

  StudySpec spec() {
    return new StudySpec(
        space, List.of(Goal.minimize("loss")), List.of(), 7, trials, parallel.orElse(1));
  }

  SimulatedBackend backend() {
    return new SimulatedBackend(slots, task -> runs.apply(task));
  }

  /** The loop over what the journal has. */
  StudyRunner runner(SimulatedBackend backend) {
    Replay before = replay();
    return runner(backend, before.history(), store).remembering(before.broken());
  }

  StudyRunner runner(SimulatedBackend backend, History history, StudyStore journal) {
    return new StudyRunner(
        history,
        new Search(suggester, pruner, stop, parallel, failures).after(worked),
        plan(),
        backend,
        journal,
        listener,
        backend,
        backend.queue(),
        backend.aside());
  }

  private TrialPlan plan() {
    return new TrialPlan() {
      @Override
      public int runsPerTrial() {
        return folds;
      }

      @Override
      public List<TrialTask> runs(Trial trial) {
        return IntStream.range(0, folds).mapToObj(fold -> task(trial, fold)).toList();
      }

      @Override
      public Optional<String> fusion(Trial trial) {
        return fusion.apply(trial);
      }

      @Override
      public int mostTogether() {
        return most;
      }

      @Override
      public int mostOfSeveralTrials() {
        return mostOfSeveralTrials;
      }
    };
  }

  private static TrialTask task(Trial trial, int fold) {
    Map<String, Object> parameters = new LinkedHashMap<>(trial.assignment().values());
    parameters.put("fold", fold);
    Optional<String> parent = trial.lineage().map(lineage -> lineage.parent() + "/" + fold);
    return new TrialTask(
        "simulation",
        trial.number(),
        Seeds.derive(7, trial.number(), "run/" + fold),
        new Work.Evaluate("simulated", parameters),
        Optional.of(new Checkpointing(trial.number() + "/" + fold, 0, 0, 1, parent)));
  }

  /** What the journal tells. */
  Replay replay() {
    return Replay.of(spec(), store.read());
  }

  /** The kinds of the journal's events with the trial's number: "started 0". */
  List<String> events() {
    return store.read().stream().map(Simulation::text).toList();
  }

  private static String text(JournalEvent event) {
    if (event instanceof JournalEvent.TrialStarted started) {
      return "started " + started.trial();
    }
    if (event instanceof JournalEvent.Reported reported) {
      return "reported %d/%d/%d"
          .formatted(reported.trial(), reported.report().fold(), reported.report().step());
    }
    if (event instanceof JournalEvent.FoldEnded fold) {
      return "fold " + fold.trial() + "/" + fold.fold();
    }
    if (event instanceof JournalEvent.RunFailed run) {
      return "failed %d/%d %s".formatted(run.trial(), run.fold(), run.code());
    }
    if (event instanceof JournalEvent.TrialEnded ended) {
      return "ended " + ended.trial() + " " + ended.outcome().state();
    }
    if (event instanceof JournalEvent.StudyEnded ended) {
      return ended.status().name();
    }
    if (event instanceof JournalEvent.StudyResumed resumed) {
      return "resumed " + resumed.session();
    }
    throw new AssertionError(event);
  }
}
