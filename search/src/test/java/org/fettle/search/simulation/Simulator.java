package org.fettle.search.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;
import org.fettle.search.prune.Pruner;
import org.fettle.search.prune.Verdict;
import org.fettle.search.stop.StopRule;
import org.fettle.search.study.History;
import org.fettle.search.study.Measurement;
import org.fettle.search.study.Outcome;
import org.fettle.search.study.Report;
import org.fettle.search.study.StudySpec;
import org.fettle.search.study.Trial;
import org.fettle.search.suggest.StartPoints;
import org.fettle.search.suggest.Suggester;
import org.fettle.search.suggest.Suggestion;

/**
 * Runs whole studies on asynchronous workers in virtual time: a suggester, a pruner, a stop rule
 * and learning curves, and no waiting. As many workers as the study's parallelism each run one
 * trial, fold after fold; whoever is free gets the next suggestion, and suggestions are made one
 * after the other, as in a driver. Deterministic: of what happens at once, what began first is
 * first.
 */
public final class Simulator {

  private final Suggester suggester;
  private final Pruner pruner;
  private final StopRule stopRule;
  private final LearningCurves curves;
  private final ToDoubleFunction<History> suggestionSeconds;

  /** Suggestions take no time, and nothing is pruned. */
  public Simulator(Suggester suggester, StopRule stopRule, LearningCurves curves) {
    this(suggester, (history, trial) -> Verdict.keep(), stopRule, curves, history -> 0);
  }

  private Simulator(
      Suggester suggester,
      Pruner pruner,
      StopRule stopRule,
      LearningCurves curves,
      ToDoubleFunction<History> suggestionSeconds) {
    this.suggester = new StartPoints(suggester);
    this.pruner = pruner;
    this.stopRule = stopRule;
    this.curves = curves;
    this.suggestionSeconds = suggestionSeconds;
  }

  /** The same with a pruner. */
  public Simulator pruning(Pruner other) {
    return new Simulator(suggester, other, stopRule, curves, suggestionSeconds);
  }

  /** The same with suggestions that take so many seconds each, by what the history is then. */
  public Simulator suggestingWithin(ToDoubleFunction<History> seconds) {
    return new Simulator(suggester, pruner, stopRule, curves, seconds);
  }

  /**
   * What came of a study.
   *
   * @param history all trials, ended
   * @param seconds from the start to the end of the last trial
   * @param steps that all trials ran
   * @param utilisation the part of their time that workers were at work, up to the last start
   */
  public record Result(History history, double seconds, long steps, double utilisation) {}

  /** Runs a study to the end of its last trial. */
  public Result run(StudySpec spec) {
    return new Run(spec).toTheEnd();
  }

  /** Something that comes to its end: a suggestion, or a step of a trial. */
  private record Event(double time, long sequence, Runnable effect) {}

  private final class Run {
    private final int workers;
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(
            Comparator.comparingDouble(Event::time).thenComparingLong(Event::sequence));
    private History history;
    private double now;
    private double worked;
    private double share = 1;
    private long sequence;
    private long steps;
    private int inFlight;
    private boolean suggesting;
    private boolean ended;

    Run(StudySpec spec) {
      workers = spec.parallelism();
      history = History.empty(spec);
    }

    Result toTheEnd() {
      suggest();
      while (!events.isEmpty()) {
        Event event = events.poll();
        worked += inFlight * (event.time() - now);
        now = event.time();
        event.effect().run();
        suggest();
      }
      return new Result(history, now, steps, share);
    }

    private void after(double seconds, Runnable effect) {
      events.add(new Event(now + seconds, sequence++, effect));
    }

    /** The driver makes one suggestion at a time, from what is known when it begins. */
    private void suggest() {
      if (ended || suggesting || inFlight == workers) {
        return;
      }
      Duration elapsed = Duration.ofNanos(Math.round(1e9 * now));
      List<Suggestion> suggestions =
          stopRule.reason(history, elapsed).isPresent() ? List.of() : suggester.suggest(history, 1);
      if (suggestions.isEmpty()) {
        ended = true;
        return;
      }
      suggesting = true;
      after(suggestionSeconds.applyAsDouble(history), () -> start(suggestions.get(0)));
    }

    private void start(Suggestion suggestion) {
      suggesting = false;
      share = now == 0 ? 1 : worked / (workers * now);
      history = suggestion.startedIn(history);
      inFlight++;
      step(history.size() - 1, 0, 1);
    }

    private void step(int number, int fold, int step) {
      double seconds = curves.seconds(history.trial(number).assignment());
      after(seconds, () -> stepped(number, fold, step));
    }

    private void stepped(int number, int fold, int step) {
      steps++;
      String metric = history.spec().goal().metric();
      Trial trial = history.trial(number);
      double value = curves.value(trial.assignment(), fold, step);
      history = history.reported(number, new Report(fold, step, Measurement.of(metric, value)));
      if (pruned(number)) {
        return;
      }
      if (step < curves.steps()) {
        step(number, fold, step + 1);
        return;
      }
      history = history.foldEnded(number, fold, Measurement.of(metric, value));
      if (fold + 1 == curves.folds()) {
        double score = curves.score(trial.assignment());
        end(number, new Outcome.Completed(Measurement.of(metric, score)));
      } else if (!pruned(number)) {
        step(number, fold + 1, 1);
      }
    }

    private void end(int number, Outcome outcome) {
      history = history.ended(number, outcome);
      inFlight--;
    }

    private boolean pruned(int number) {
      Trial trial = history.trial(number);
      if (pruner.decide(history, trial) instanceof Verdict.Stop stop) {
        Report last = trial.reports().get(trial.reports().size() - 1);
        end(number, new Outcome.Pruned(last.measurement(), stop.reason()));
        return true;
      }
      return false;
    }
  }
}
