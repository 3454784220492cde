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
import java.util.stream.Collectors;
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

  /** Runs in one slot, which end together, after as long as the longest of them takes. */
  private record Task(List<Run> runs) {
    Duration duration() {
      return runs.stream()
          .map(run -> run.simulated().duration())
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }

    boolean has(int trial) {
      return runs.stream().anyMatch(run -> run.trial() == trial);
    }
  }

  private record Running(Instant end, int sequence, Task task) {}

  private record Due(Instant at, int sequence, Runnable action) {}

  private record Said(Instant at, int sequence, Run by, Report report) {}

  private int slots;
  private final Function<TrialTask, Simulated> simulation;
  private final Deque<Task> waiting = new ArrayDeque<>();
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

  /**
   * What was asked, with the clock: "0 submit 3 ×2" of two tasks in a row, "0 submit 3/0 3/1 4/0"
   * of runs in one, "60 cancel 3".
   */
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
  public void submit(String description, List<TrialTask> runs, Results results) {
    List<Run> begun = new ArrayList<>();
    for (TrialTask run : runs) {
      inFlight.add(run.trial());
      begun.add(new Run(run.trial(), begun.size(), simulation.apply(run), results));
    }
    mostInFlight = Math.max(mostInFlight, inFlight.size());
    log(runs);
    waiting.add(new Task(begun));
    fill();
  }

  private void log(List<TrialTask> runs) {
    String submit = now.getEpochSecond() + " submit ";
    if (runs.size() > 1) {
      log.add(
          runs.stream()
              .map(run -> run.trial() + "/" + Simulation.fold(run))
              .collect(Collectors.joining(" ", submit, "")));
      return;
    }
    String one = submit + runs.get(0).trial() + " ×";
    int last = log.size() - 1;
    if (last >= 0 && log.get(last).startsWith(one)) {
      log.set(last, one + (Integer.parseInt(log.get(last).substring(one.length())) + 1));
    } else {
      log.add(one + 1);
    }
  }

  private void fill() {
    while (running.size() < slots && !waiting.isEmpty()) {
      Task task = waiting.remove();
      running.add(new Running(now.plus(task.duration()), begun++, task));
      lastStart = now;
      workedUntilLastStart = worked;
      for (Run run : task.runs()) {
        run.results().runBegan(run.run());
        if (live && run.simulated().result() instanceof TaskResult.Scored scored) {
          say(run, scored.reports());
        }
      }
    }
  }

  private void say(Run run, List<Report> reports) {
    Duration each = run.simulated().duration().dividedBy(reports.size() + 1);
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
        .forEach(each -> cancelled.addAll(taken(each.task(), trial)));
    waiting.forEach(each -> cancelled.addAll(taken(each, trial)));
    running.removeIf(each -> each.task().runs().isEmpty());
    waiting.removeIf(each -> each.runs().isEmpty());
    saying.removeIf(each -> each.by().trial() == trial);
    inFlight.remove(trial);
    fill();
    TaskResult result = new TaskResult.Failed(FailureCode.CANCELLED, "Cancelled", "");
    cancelled.forEach(each -> each.results().runEnded(each.run(), result));
  }

  private static List<Run> taken(Task task, int trial) {
    List<Run> taken = task.runs().stream().filter(run -> run.trial() == trial).toList();
    task.runs().removeAll(taken);
    return taken;
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
      next.by().results().reported(next.by().trial(), next.report());
      return;
    }
    if (running.isEmpty()) {
      throw new IllegalStateException("Nothing runs, and the loop waits");
    }
    beforeEach.run();
    passTo(running.peek().end());
    Running ended = running.remove();
    fill();
    for (Run run : ended.task().runs()) {
      if (running.stream().noneMatch(each -> each.task().has(run.trial()))
          && waiting.stream().noneMatch(each -> each.has(run.trial()))) {
        inFlight.remove(run.trial());
      }
    }
    List.copyOf(ended.task().runs())
        .forEach(run -> run.results().runEnded(run.run(), run.simulated().result()));
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
