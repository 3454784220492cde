package org.fettle.driver.study;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.search.study.FailureCode;
import org.fettle.search.study.Report;
import org.jspecify.annotations.Nullable;

/**
 * Trials on a simulated cluster of so many slots, served first in, first out, with a virtual clock:
 * a run takes the time that its simulation says, and no time passes otherwise. Deterministic; of
 * runs that end together the one begun first is heard of first. For the loop's thread.
 */
public final class SimulatedBackend implements TrialBackend, InstantSource {

  /**
   * What becomes of a run.
   *
   * @param duration from its start in a slot
   */
  public record Simulated(Duration duration, TaskResult result) {}

  private record Run(int trial, int run, Simulated simulated, Results results) {}

  private record Running(Instant end, int sequence, Run run) {}

  private record Due(Instant at, int sequence, Runnable action) {}

  private record Said(Instant at, int sequence, Running by, Report report) {}

  private int slots;
  private final Function<TrialTask, Simulated> simulation;
  private final Deque<Run> waiting = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(Comparator.comparing(Running::end).thenComparing(Running::sequence));
  private final PriorityQueue<Said> saying =
      new PriorityQueue<>(Comparator.comparing(Said::at).thenComparing(Said::sequence));
  private final PriorityQueue<Due> due =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::sequence));
  private final List<String> log = new ArrayList<>();
  private final Set<Integer> inFlight = new TreeSet<>();
  private Instant now = Instant.EPOCH;
  private Runnable watcher = () -> {};
  private Duration suggestionTime = Duration.ZERO;
  private Duration worked = Duration.ZERO;
  private Duration workedUntilLastStart = Duration.ZERO;
  private Instant lastStart = Instant.EPOCH;
  private int timed;
  private int begun;
  private int said;
  private int mostInFlight;
  private boolean deaf;
  private boolean live;
  private Runnable beforeEach = () -> {};

  public SimulatedBackend(int slots, Function<TrialTask, Simulated> simulation) {
    this.slots = slots;
    this.simulation = simulation;
  }

  /** Does not end runs that are cancelled, as code that heeds no interrupt. */
  public SimulatedBackend deaf() {
    deaf = true;
    return this;
  }

  /** Tells of reports when they are made, evenly over the run's time; else with the run's end. */
  public SimulatedBackend live() {
    live = true;
    return this;
  }

  /** Does something before each end of a run is told. */
  public SimulatedBackend beforeEach(Runnable action) {
    beforeEach = action;
    return this;
  }

  /** What was asked, with the clock: "0 submit 3 ×2", "60 cancel 3". */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** How many trials there were at once, at most, whose runs had not all ended. */
  public int mostInFlight() {
    return mostInFlight;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public int slots() {
    return slots;
  }

  @Override
  public void watch(Runnable listener) {
    watcher = listener;
  }

  /** From some time on there are so many slots. */
  public SimulatedBackend slotsFrom(Duration time, int count) {
    due.add(
        new Due(
            Instant.EPOCH.plus(time),
            timed++,
            () -> {
              slots = count;
              fill();
              watcher.run();
            }));
    return this;
  }

  @Override
  public void submit(int trial, String description, List<TrialTask> runs, Results results) {
    log.add(now.getEpochSecond() + " submit " + trial + " ×" + runs.size());
    inFlight.add(trial);
    mostInFlight = Math.max(mostInFlight, inFlight.size());
    for (int run = 0; run < runs.size(); run++) {
      waiting.add(new Run(trial, run, simulation.apply(runs.get(run)), results));
    }
    fill();
  }

  private void fill() {
    while (running.size() < slots && !waiting.isEmpty()) {
      Run run = waiting.remove();
      Running started = new Running(now.plus(run.simulated().duration()), begun++, run);
      running.add(started);
      lastStart = now;
      workedUntilLastStart = worked;
      run.results().runBegan(run.trial(), run.run());
      if (live && run.simulated().result() instanceof TaskResult.Scored scored) {
        say(started, scored.reports());
      }
    }
  }

  private void say(Running run, List<Report> reports) {
    Duration each = run.run().simulated().duration().dividedBy(reports.size() + 1);
    for (int i = 0; i < reports.size(); i++) {
      saying.add(new Said(now.plus(each.multipliedBy(i + 1)), said++, run, reports.get(i)));
    }
  }

  @Override
  public void cancel(int trial) {
    log.add(now.getEpochSecond() + " cancel " + trial);
    if (deaf) {
      return;
    }
    List<Run> cancelled = new ArrayList<>();
    running.stream()
        .sorted(Comparator.comparing(Running::sequence))
        .filter(each -> each.run().trial() == trial)
        .forEach(each -> cancelled.add(each.run()));
    waiting.stream().filter(each -> each.trial() == trial).forEach(cancelled::add);
    running.removeIf(each -> each.run().trial() == trial);
    saying.removeIf(each -> each.by().run().trial() == trial);
    waiting.removeIf(each -> each.trial() == trial);
    inFlight.remove(trial);
    fill();
    TaskResult result = new TaskResult.Failed(FailureCode.CANCELLED, "Cancelled", "");
    cancelled.forEach(each -> each.results().runEnded(trial, each.run(), result));
  }

  /** What the loop has done aside from its thread, in virtual time. */
  Aside aside() {
    return new Aside() {
      @Override
      public void compute(Runnable work) {
        if (suggestionTime.isZero()) {
          work.run();
        } else {
          after(suggestionTime, work);
        }
      }

      @Override
      public void after(Duration delay, Runnable action) {
        due.add(new Due(now.plus(delay), timed++, action));
      }

      @Override
      public void close() {
        due.clear();
      }
    };
  }

  /** Suggestions take so much time. */
  public SimulatedBackend suggestingWithin(Duration time) {
    suggestionTime = time;
    return this;
  }

  /** When the last run was begun. */
  public Duration lastStart() {
    return Duration.between(Instant.EPOCH, lastStart);
  }

  /** The slots' time at work until then. */
  public Duration workedUntilLastStart() {
    return workedUntilLastStart;
  }

  private void passTo(Instant time) {
    worked = worked.plus(Duration.between(now, time).multipliedBy(running.size()));
    now = time;
  }

  /** Lets time pass until the next run says something or ends, and tells of it. */
  public void next() {
    Due first = due.peek();
    if (first != null
        && (running.isEmpty() || !first.at().isAfter(running.peek().end()))
        && (saying.isEmpty() || !first.at().isAfter(saying.peek().at()))) {
      due.remove();
      passTo(first.at());
      first.action().run();
      return;
    }
    Said next = saying.peek();
    if (next != null && !running.isEmpty() && !next.at().isAfter(running.peek().end())) {
      saying.remove();
      passTo(next.at());
      next.by().run().results().reported(next.by().run().trial(), next.report());
      return;
    }
    if (running.isEmpty()) {
      throw new IllegalStateException("Nothing runs, and the loop waits");
    }
    beforeEach.run();
    passTo(running.peek().end());
    Running ended = running.remove();
    fill();
    Run run = ended.run();
    boolean last =
        running.stream().noneMatch(each -> each.run().trial() == run.trial())
            && waiting.stream().noneMatch(each -> each.trial() == run.trial());
    if (last) {
      inFlight.remove(run.trial());
    }
    run.results().runEnded(run.trial(), run.run(), run.simulated().result());
  }

  @Override
  public void close() {}

  /** A queue that lets the simulated time pass when the loop has nothing left to do. */
  <E> LinkedBlockingQueue<E> queue() {
    return new LinkedBlockingQueue<>() {
      private static final long serialVersionUID = 1;

      @Override
      public E take() throws InterruptedException {
        while (isEmpty()) {
          next();
        }
        return super.take();
      }

      @Override
      public @Nullable E poll(long timeout, TimeUnit unit) {
        return poll(); // A wait would take no virtual time.
      }
    };
  }
}
