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
import java.util.concurrent.TimeUnit;
import org.fettle.driver.store.StoreException;
import org.fettle.driver.store.StudyStatus;
import org.fettle.driver.store.StudyStore;
import org.fettle.executor.task.TaskResult;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.History;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.Suggestion;

/**
 * The study loop. One thread makes every change, fed by one queue: while there is room and no limit
 * is reached, suggest, write to the journal, submit; when a run ends, note it, and when it was the
 * trial's last, end the trial. There is no batch: a trial that ends makes room for the next at
 * once. Suggestions are made on another thread, so that a slow one delays nothing else.
 *
 * <p>What happened is in the journal before anyone acts on it, so the history can be made again
 * from the journal alone.
 */
public final class StudyRunner {

  /** Reports wait this long for company in a segment of the journal. */
  private static final Duration REPORTS_WAIT = Duration.ofSeconds(5);

  /** What happened waits this long for the suggestion that it led to, to be written with it. */
  private static final long SUGGESTION_WAIT_MILLIS = 2;

  /** The same of suggestions in a row, for those that may be trained together. */
  private static final long COMPANY_WAIT_NANOS = 20_000_000;

  private final Search search;
  private final TrialPlan plan;
  private final TrialBackend backend;
  private final InstantSource clock;
  private final BlockingQueue<LoopEvent> queue;
  private final Aside aside;
  private final Suggesting suggesting;
  private final TimeLimits limits;
  private final Ledger ledger;
  private final Instant begin;

  private final List<BrokenRun> broken = new ArrayList<>();
  private final Map<Integer, InFlight> inFlight = new TreeMap<>();
  private final Set<Integer> toBeJudged = new LinkedHashSet<>();
  private final Grouping grouping;
  private boolean changed;
  private boolean exhausted;
  private Optional<String> stopped = Optional.empty();
  private Duration inTrials = Duration.ZERO;
  private int trialsEnded;

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
    this(
        history,
        search,
        plan,
        backend,
        store,
        listener,
        clock,
        new LinkedBlockingQueue<>(),
        new AsideThreads());
  }

  /** A loop whose queue, and what is done aside from it, may be a simulator's. */
  StudyRunner(
      History history,
      Search search,
      TrialPlan plan,
      TrialBackend backend,
      StudyStore store,
      StudyListener listener,
      InstantSource clock,
      BlockingQueue<LoopEvent> queue,
      Aside aside) {
    this.search = search;
    this.plan = plan;
    this.backend = backend;
    this.clock = clock;
    this.begin = clock.instant();
    this.queue = queue;
    this.aside = aside;
    this.suggesting = new Suggesting(search.suggester(), aside, clock, queue::add);
    this.limits = new TimeLimits(search.failures(), aside, queue::add);
    this.ledger = new Ledger(history, store, listener, clock);
    this.grouping = new Grouping(plan.mostTogether());
  }

  /** Charges trials that run in the history with what broke of them before. To be called first. */
  public StudyRunner remembering(List<BrokenRun> before) {
    broken.addAll(before);
    return this;
  }

  /** Asks a running loop to end soon, leaving the trials in flight unfinished. Any thread. */
  public void stop() {
    queue.add(new LoopEvent.Stop());
  }

  /**
   * Asks a running loop to begin no more trials, and to end when those in flight have. Any thread.
   *
   * @param reason of several the first stays
   */
  public void finish(String reason) {
    queue.add(new LoopEvent.Finish(reason));
  }

  public History history() {
    return ledger.history();
  }

  /**
   * Runs until the trials are taken, the space is exhausted, or someone stops it. Whatever a part
   * of it throws ends the study; trials in flight are cancelled. To be called once.
   *
   * @throws InterruptedException if the thread is interrupted
   * @throws StoreException if the journal cannot be written
   */
  public StudyStatus run() throws InterruptedException {
    try (aside) {
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
      ledger.ended(status, stopped);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
    cancelAll(reason);
  }

  private void cancelAll(Exception reason) {
    try {
      inFlight.keySet().forEach(backend::cancel);
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private StudyStatus loop() throws InterruptedException {
    backend.watch(() -> queue.add(new LoopEvent.SlotsChanged()));
    history().running().forEach(this::fly);
    advance();
    commit();
    while (!inFlight.isEmpty() || (suggesting.isPending() && !stopped())) {
      boolean goesOn = hear(queue.take());
      if (goesOn) {
        advance();
        goesOn = hearSuggestion();
      }
      if (!goesOn) {
        inFlight.keySet().forEach(backend::cancel);
        ledger.ended(StudyStatus.INTERRUPTED, stopped);
        return StudyStatus.INTERRUPTED;
      }
      if (changed || ledger.isUnwrittenFor(REPORTS_WAIT)) {
        commit();
      }
    }
    ledger.ended(StudyStatus.DONE, stopped);
    return StudyStatus.DONE;
  }

  /**
   * Most suggestions are made at once: what led to one is written with it, in one segment. Those
   * that may be trained together are waited for a little longer.
   */
  private boolean hearSuggestion() throws InterruptedException {
    long begin = System.nanoTime();
    do {
      if (!changed || !suggesting.isPending()) {
        return true;
      }
      LoopEvent next = queue.poll(SUGGESTION_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null) {
        return true;
      }
      if (!hear(next)) {
        return false;
      }
      advance();
    } while (plan.mostOfSeveralTrials() > 1 && System.nanoTime() - begin < COMPANY_WAIT_NANOS);
    return true;
  }

  /** Takes in an event and all that have come since. Returns false when the loop is to stop. */
  private boolean hear(LoopEvent first) {
    List<LoopEvent> events = new ArrayList<>(List.of(first));
    queue.drainTo(events);
    for (LoopEvent event : events) {
      if (event instanceof LoopEvent.Reported reported) {
        reported(reported.trial(), reported.report());
      } else if (event instanceof LoopEvent.RunBegan began) {
        find(began.trial(), began.fold(), began.attempt())
            .ifPresent(trial -> limits.began(trial, began.fold(), began.company()));
      } else if (event instanceof LoopEvent.RunEnded run) {
        // A trial may have ended when another of its runs failed, or a run been begun again.
        find(run.trial(), run.fold(), run.attempt())
            .ifPresent(trial -> runEnded(trial, run.fold(), run.result()));
      } else if (event instanceof LoopEvent.TaskEnded) {
        grouping.taskEnded();
        changed = true;
      } else if (event instanceof LoopEvent.TimeUp late) {
        find(late.trial(), late.fold(), late.attempt())
            .ifPresent(trial -> timeUp(trial, late.fold(), late.limit()));
      } else if (event instanceof LoopEvent.Suggested suggested) {
        exhausted |= !suggesting.made(suggested.made()) && suggesting.knowsEndsOf(history());
        changed = true;
      } else if (event instanceof LoopEvent.SlotsChanged) {
        changed = true;
      } else if (event instanceof LoopEvent.SuggesterThrew threw) {
        throw threw.exception();
      } else if (event instanceof LoopEvent.Finish finish) {
        stopped = stopped.isPresent() ? stopped : Optional.of(finish.reason());
      } else if (event instanceof LoopEvent.Stop) {
        return false;
      } else {
        throw new AssertionError(event);
      }
    }
    return true;
  }

  /** The trial in flight, if that attempt at the fold, or the whole trial, is what runs now. */
  private Optional<InFlight> find(int trial, int fold, int attempt) {
    return Optional.ofNullable(inFlight.get(trial)).filter(found -> found.attempt(fold) == attempt);
  }

  private void reported(int number, Report report) {
    InFlight trial = inFlight.get(number);
    if (trial != null && trial.runs(report.fold()) && trial.isNew(report)) {
      ledger.reported(number, report);
      toBeJudged.add(number);
    }
  }

  private void runEnded(InFlight trial, int fold, TaskResult result) {
    if (result instanceof TaskResult.Scored scored) {
      scored(trial, fold, scored);
    } else if (result instanceof TaskResult.Failed failed) {
      failed(trial, fold, failed);
    } else {
      throw new AssertionError(result);
    }
  }

  private void scored(InFlight trial, int fold, TaskResult.Scored scored) {
    List<Report> reports =
        scored.reports().stream()
            .map(report -> new Report(fold, report.step(), report.measurement()))
            .filter(trial::isNew)
            .toList();
    ledger.foldEnded(trial.number(), fold, scored, reports);
    changed = true;
    trial.ended(fold);
    if (trial.isDone()) {
      end(trial, TrialEnds.completed(ledger.trial(trial.number()), history().spec()));
    } else {
      toBeJudged.add(trial.number());
    }
  }

  /** Begins a run again as often as its kind of failure may be, or ends the trial. */
  private void failed(InFlight trial, int fold, TaskResult.Failed failed) {
    if (isGivenUp(trial, fold, failed)) {
      return;
    }
    trial.again(fold);
    grouping.add(trial, List.of(fold));
  }

  /** The same for time: a limit is the trial's, or the run is not known to be slow alone. */
  private void timeUp(InFlight trial, int fold, String limit) {
    int seen = fold == InFlight.WHOLE ? trial.left().get(0) : fold;
    if (isGivenUp(trial, seen, new TaskResult.Failed(FailureCode.TIMED_OUT, limit, ""))) {
      return;
    }
    backend.cancel(trial.number());
    trial.restart();
    grouping.remove(trial);
    grouping.add(trial, trial.left());
  }

  private boolean isGivenUp(InFlight trial, int fold, TaskResult.Failed failed) {
    changed = true;
    if (trial.failed(fold, failed.code()) > search.failures().retries(failed.code())) {
      backend.cancel(trial.number());
      end(trial, Outcome.of(failed.code(), failed.message()));
      return true;
    }
    ledger.runFailed(trial.number(), fold, failed);
    return false;
  }

  /** Judges, starts as many trials as there is room for and suggestions, and asks for more. */
  private void advance() {
    toBeJudged.forEach(this::judge);
    toBeJudged.clear();
    while (room() > 0 && suggesting.isReady() && !stopped()) {
      start(suggesting.take());
    }
    suggesting.forgetOutdated(history());
    int wanted = Math.min(room() + (isAheadWorthIt() ? 1 : 0), left());
    if (wanted > 0 && suggesting.isIdle() && !exhausted && !stopped()) {
      suggesting.ask(history(), ledger.events(), wanted);
    }
  }

  private boolean stopped() {
    if (stopped.isEmpty()) {
      Duration elapsed = Duration.between(begin, clock.instant());
      stopped = search.stop().reason(history(), elapsed);
    }
    return stopped.isPresent();
  }

  private int left() {
    return history().spec().trials().orElse(Integer.MAX_VALUE) - history().size();
  }

  private int room() {
    return Math.min(parallel() - inFlight.size(), left());
  }

  private int parallel() {
    return search.inFlight(backend.slots(), plan);
  }

  /** One suggestion ahead of the slots leaves out the result of the trial that frees one. */
  private boolean isAheadWorthIt() {
    return trialsEnded > 0
        && parallel() > 1
        && suggesting.isSlowFor(inTrials.dividedBy(trialsEnded));
  }

  private void judge(int number) {
    InFlight trial = inFlight.get(number);
    if (trial != null) {
      TrialEnds.pruned(search.pruner(), history(), number)
          .ifPresent(
              pruned -> {
                backend.cancel(number);
                end(trial, pruned);
              });
    }
  }

  private void start(Suggestion suggestion) {
    fly(ledger.started(suggestion, suggesting.knownEvents()));
  }

  private void fly(Trial trial) {
    InFlight flying = new InFlight(trial, plan, clock.instant());
    broken.stream()
        .filter(run -> run.trial() == trial.number())
        .forEach(run -> flying.failed(run.fold(), run.code()));
    inFlight.put(trial.number(), flying);
    changed = true;
    if (flying.isDone()) {
      end(flying, TrialEnds.completed(trial, history().spec()));
      return;
    }
    if (!flying.isWhole()) {
      judge(trial.number());
    }
    if (inFlight.containsKey(trial.number())) {
      grouping.add(flying, flying.left());
    }
  }

  private void end(InFlight trial, Outcome outcome) {
    inFlight.remove(trial.number());
    grouping.remove(trial);
    exhausted = false; // A suggester may have waited for it.
    ledger.ended(trial.number(), outcome);
    changed = true;
    inTrials = inTrials.plus(Duration.between(trial.submitted(), clock.instant()));
    trialsEnded++;
  }

  /** Writes all that has happened, and acts on it. */
  private void commit() {
    changed = false;
    ledger.write();
    grouping.next(backend.slots()).forEach(this::submit);
    ledger.tell();
  }

  private void submit(List<Grouping.Ready> together) {
    backend.submit(
        InFlight.description(together.stream().map(Grouping.Ready::trial).toList()),
        together.stream().map(run -> run.trial().task(run.fold())).toList(),
        new RunResults(
            together.stream()
                .map(
                    run ->
                        new RunResults.Begun(
                            run.trial().number(), run.fold(), run.trial().attempt(run.fold())))
                .toList(),
            queue::add));
  }
}
