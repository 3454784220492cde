package org.fettle.driver.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.fettle.driver.store.JournalEvent;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.store.StudyStore;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.prune.Verdict;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggestion;

/**
 * The study loop. One thread makes every change, fed by one queue: while there is room and no limit
 * is reached, suggest, write to the journal, submit; when a run ends, note it, and when it was the
 * trial's last, end the trial. There is no batch: a trial that ends makes room for the next at
 * once.
 *
 * <p>What happened is in the journal before anyone acts on it, so the history can be made again
 * from the journal alone.
 */
public final class StudyRunner {

  private final Search search;
  private final TrialPlan plan;
  private final TrialBackend backend;
  private final StudyStore store;
  private final StudyListener listener;
  private final InstantSource clock;
  private final Instant begin;

  /** Reports wait this long for company in a segment of the journal. */
  private static final Duration REPORTS_WAIT = Duration.ofSeconds(5);

  private final BlockingQueue<Event> queue;
  private final Map<Integer, Integer> runsLeft = new TreeMap<>();
  private final List<JournalEvent> unwritten = new ArrayList<>();
  private Instant written = Instant.MIN;
  private final List<Integer> ended = new ArrayList<>();
  private History history;
  private boolean exhausted;
  private Optional<String> stopped = Optional.empty();

  /** What the loop is told. */
  sealed interface Event {
    record Reported(int trial, Report report) implements Event {}

    record RunEnded(int trial, int fold, TaskResult result) implements Event {}

    record Stop() implements Event {}

    record Finish(String reason) implements Event {}
  }

  /**
   * A loop over a history that may have trials already; of those that run there, the folds that
   * have not ended are run again.
   */
  public StudyRunner(
      History history,
      Search search,
      TrialPlan plan,
      TrialBackend backend,
      StudyStore store,
      StudyListener listener,
      InstantSource clock) {
    this(history, search, plan, backend, store, listener, clock, new LinkedBlockingQueue<>());
  }

  /** A loop fed by a queue that may be a simulator's. */
  StudyRunner(
      History history,
      Search search,
      TrialPlan plan,
      TrialBackend backend,
      StudyStore store,
      StudyListener listener,
      InstantSource clock,
      BlockingQueue<Event> queue) {
    this.history = history;
    this.search = search;
    this.plan = plan;
    this.backend = backend;
    this.store = store;
    this.listener = listener;
    this.clock = clock;
    this.begin = clock.instant();
    this.queue = queue;
  }

  /** Asks a running loop to end soon, leaving the trials in flight unfinished. Any thread. */
  public void stop() {
    queue.add(new Event.Stop());
  }

  /**
   * Asks a running loop to begin no more trials, and to end when those in flight have. Any thread.
   */
  public void finish(String reason) {
    queue.add(new Event.Finish(reason));
  }

  public History history() {
    return history;
  }

  /**
   * Runs until the trials are taken, the space is exhausted, or someone stops it. Whatever a part
   * of it throws ends the study; trials in flight are cancelled.
   *
   * @throws InterruptedException if the thread is interrupted
   * @throws StoreException if the journal cannot be written
   */
  public StudyStatus run() throws InterruptedException {
    try {
      return loop();
    } catch (StoreException e) {
      cancelAll(e);
      throw e;
    } catch (RuntimeException e) {
      abandon(StudyStatus.FAILED, e);
      throw e;
    } catch (InterruptedException e) {
      abandon(StudyStatus.INTERRUPTED, e);
      throw e;
    }
  }

  private void abandon(StudyStatus status, Exception reason) {
    try {
      ended(status);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
    cancelAll(reason);
  }

  private void cancelAll(Exception reason) {
    try {
      List.copyOf(runsLeft.keySet()).forEach(backend::cancel);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private StudyStatus loop() throws InterruptedException {
    history.running().forEach(this::submit);
    advance();
    while (!runsLeft.isEmpty()) {
      Event event = queue.take();
      do {
        if (event instanceof Event.RunEnded run) {
          runEnded(run.trial(), run.fold(), run.result());
        } else if (event instanceof Event.Reported reported) {
          reported(reported.trial(), reported.report());
        } else if (event instanceof Event.Finish finish) {
          stopped = stopped.isPresent() ? stopped : Optional.of(finish.reason());
        } else {
          return interrupted();
        }
        event = queue.poll();
      } while (event != null);
      if (!unwritten.stream().allMatch(JournalEvent.Reported.class::isInstance)
          || written.plus(REPORTS_WAIT).isBefore(clock.instant())) {
        advance();
      }
    }
    return ended(StudyStatus.DONE);
  }

  private StudyStatus interrupted() {
    List.copyOf(runsLeft.keySet()).forEach(backend::cancel);
    return ended(StudyStatus.INTERRUPTED);
  }

  private StudyStatus ended(StudyStatus status) {
    unwritten.add(new JournalEvent.StudyEnded(clock.instant(), status, stopped));
    write();
    tellEnded();
    listener.studyEnded(history, status);
    return status;
  }

  /** Starts as many trials as there is room for, writes all that has happened, and acts on it. */
  private void advance() {
    List<Trial> started = suggest(Math.min(inFlight() - runsLeft.size(), left()));
    write();
    tellEnded();
    for (Trial trial : started) {
      submit(trial);
      listener.trialStarted(history, trial);
    }
  }

  private void tellEnded() {
    ended.forEach(number -> listener.trialEnded(history, history.trial(number)));
    ended.clear();
  }

  private List<Trial> suggest(int room) {
    List<Trial> started = new ArrayList<>();
    if (room > 0 && !exhausted && !stopped()) {
      List<Suggestion> suggestions = search.suggester().suggest(history, room);
      exhausted = suggestions.size() < room;
      for (Suggestion suggestion : suggestions) {
        history = history.started(suggestion.assignment(), suggestion.origin());
        Trial trial = history.trial(history.size() - 1);
        started.add(trial);
        unwritten.add(
            new JournalEvent.TrialStarted(
                clock.instant(), trial.number(), trial.assignment(), trial.origin()));
      }
    }
    return started;
  }

  private boolean stopped() {
    if (stopped.isEmpty()) {
      Duration elapsed = Duration.between(begin, clock.instant());
      stopped = search.stop().reason(history, elapsed);
    }
    return stopped.isPresent();
  }

  private int left() {
    return history.spec().trials().orElse(Integer.MAX_VALUE) - history.size();
  }

  private int inFlight() {
    if (search.parallel().isPresent()) {
      return search.parallel().getAsInt();
    }
    int runs = plan.runsPerTrial();
    int whole = (backend.slots() + runs - 1) / runs;
    return runs == 1 ? Math.max(1, whole) : whole + 1;
  }

  private void submit(Trial trial) {
    int number = trial.number();
    List<TrialTask> runs = plan.runs(number, trial.assignment());
    List<Integer> folds =
        IntStream.range(0, runs.size())
            .filter(fold -> !trial.folds().containsKey(fold))
            .boxed()
            .toList();
    if (folds.isEmpty()) {
      end(number, completed(number));
      return;
    }
    Optional<Outcome> pruned = folds.size() < runs.size() ? pruned(number) : Optional.empty();
    if (pruned.isPresent()) {
      end(number, pruned.get());
      return;
    }
    runsLeft.put(number, folds.size());
    backend.submit(
        number,
        "trial " + number + " " + trial.assignment(),
        folds.stream().map(runs::get).toList(),
        new TrialBackend.Results() {
          @Override
          public void reported(int each, Report report) {
            queue.add(new Event.Reported(each, report));
          }

          @Override
          public void runEnded(int each, int run, TaskResult result) {
            queue.add(new Event.RunEnded(each, folds.get(run), result));
          }
        });
  }

  private void runEnded(int trial, int fold, TaskResult result) {
    Integer left = runsLeft.get(trial);
    if (left == null) {
      return; // The trial ended when another of its runs failed.
    }
    if (result instanceof TaskResult.Scored scored) {
      scored(trial, fold, scored);
      if (left == 1) {
        end(trial, completed(trial));
        return;
      }
      runsLeft.put(trial, left - 1);
      prune(trial);
    } else if (result instanceof TaskResult.Failed failed) {
      backend.cancel(trial);
      end(trial, Outcome.of(failed.code(), failed.message()));
    } else {
      throw new AssertionError(result);
    }
  }

  private void reported(int trial, Report report) {
    if (runsLeft.containsKey(trial) && isNew(trial, report)) {
      history = history.reported(trial, report);
      unwritten.add(new JournalEvent.Reported(clock.instant(), trial, report));
      prune(trial);
    }
  }

  /** A run that is run again says again what it said before. */
  private boolean isNew(int number, Report report) {
    Trial trial = history.trial(number);
    return !trial.folds().containsKey(report.fold())
        && trial.reports().stream()
            .noneMatch(each -> each.fold() == report.fold() && each.step() == report.step());
  }

  private void prune(int trial) {
    Optional<Outcome> pruned = pruned(trial);
    if (pruned.isPresent()) {
      backend.cancel(trial);
      end(trial, pruned.get());
    }
  }

  private void scored(int trial, int fold, TaskResult.Scored scored) {
    List<Report> reports =
        scored.reports().stream()
            .map(report -> new Report(fold, report.step(), report.measurement()))
            .filter(report -> isNew(trial, report))
            .toList();
    for (Report report : reports) {
      history = history.reported(trial, report);
    }
    history = history.foldEnded(trial, fold, scored.measurement());
    unwritten.add(
        new JournalEvent.FoldEnded(
            clock.instant(),
            trial,
            fold,
            scored.measurement(),
            reports,
            scored.seconds(),
            scored.confusion()));
  }

  /** The end of a trial that will not do, as far as it is known. */
  private Optional<Outcome> pruned(int number) {
    Trial trial = history.trial(number);
    Optional<Verdict> verdict = search.pruner().map(pruner -> pruner.decide(history, trial));
    return verdict.isPresent() && verdict.get() instanceof Verdict.Stop stop
        ? Optional.of(new Outcome.Pruned(Score.measurement(trial, history.spec()), stop.reason()))
        : Optional.empty();
  }

  /** The trial's scores, unless a metric that decides is not among them. */
  private Outcome completed(int trial) {
    Measurement measured = Score.measurement(history.trial(trial), history.spec());
    Set<String> missing = new LinkedHashSet<>();
    history.spec().goals().forEach(goal -> missing.add(goal.metric()));
    history.spec().constraints().forEach(constraint -> missing.add(constraint.metric()));
    missing.removeIf(measured::has);
    return missing.isEmpty()
        ? new Outcome.Completed(measured)
        : Outcome.of(
            FailureCode.USER_ERROR,
            "Trial must measure %s on every fold, but measured %s"
                .formatted(missing, measured.values().keySet()));
  }

  private void end(int trial, Outcome outcome) {
    runsLeft.remove(trial);
    history = history.ended(trial, outcome);
    unwritten.add(new JournalEvent.TrialEnded(clock.instant(), trial, outcome));
    ended.add(trial);
  }

  private void write() {
    if (!unwritten.isEmpty()) {
      store.append(unwritten);
      unwritten.clear();
      written = clock.instant();
    }
  }
}
