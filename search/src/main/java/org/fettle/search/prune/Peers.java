package org.fettle.search.prune;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.fettle.search.study.Goal;
import org.fettle.search.study.History;
import org.fettle.search.study.Report;
import org.fettle.search.study.Trial;
import org.jspecify.annotations.Nullable;

/**
 * What other trials had at the same step of the same fold. The losses at each step that was asked
 * about are kept in order, and follow the history from one question to the next by what changed in
 * it: else each report of each trial would be compared with by looking through all trials again.
 * Answers are those that a new object gives. Safe for several threads.
 */
final class Peers {

  private final IntPredicate counts;
  // By fold, then by step.
  private final NavigableMap<Integer, NavigableMap<Integer, Column>> columns = new TreeMap<>();
  private @Nullable History seen;

  /**
   * The peers among some trials.
   *
   * @param counts which trials are compared with, by number
   */
  Peers(IntPredicate counts) {
    this.counts = counts;
  }

  /** The losses that all others had who came to a step of a fold, in ascending order. */
  synchronized double[] losses(History history, Trial running, int fold, int step) {
    follow(history);
    Column column =
        columns
            .computeIfAbsent(fold, any -> new TreeMap<>())
            .computeIfAbsent(step, any -> column(history, fold, step));
    OptionalDouble own =
        running.number() < history.size() && counts.test(running.number())
            ? loss(history, history.trial(running.number()), fold, step)
            : OptionalDouble.empty();
    return column.without(own);
  }

  @SuppressWarnings("ReferenceEquality") // another study's history has another specification
  private void follow(History history) {
    if (seen == null || seen.spec() != history.spec() || seen.size() > history.size()) {
      columns.clear();
    } else if (!columns.isEmpty()) {
      for (int number : history.changedSince(seen)) {
        if (counts.test(number)) {
          Trial earlier = number < seen.size() ? seen.trial(number) : null;
          replace(history, earlier, history.trial(number));
        }
      }
    }
    seen = history;
  }

  private void replace(History history, @Nullable Trial earlier, Trial now) {
    if (earlier != null && !grown(earlier, now)) {
      columns.forEach((fold, steps) -> replace(history, earlier, now, fold, steps));
      return;
    }
    int known = earlier == null ? 0 : earlier.reports().size();
    Map<Integer, Integer> firstSteps = new TreeMap<>();
    for (Report report : now.reports().subList(known, now.reports().size())) {
      firstSteps.merge(report.fold(), report.step(), Math::min);
    }
    firstSteps.forEach(
        (fold, step) -> {
          // What the fold had at earlier steps than it had come to, and than the new ones, stays.
          int from = Math.min(last(earlier, fold, history.spec().goal()) + 1, step);
          NavigableMap<Integer, Column> steps = columns.getOrDefault(fold, new TreeMap<>());
          replace(history, earlier, now, fold, steps.tailMap(from, true));
        });
  }

  /** Whether a trial has but further reports than it had. */
  @SuppressWarnings("ReferenceEquality") // what two snapshots share is the same
  private static boolean grown(Trial earlier, Trial now) {
    if (Curves.comparable(earlier) != Curves.comparable(now)
        || earlier.reports().size() > now.reports().size()) {
      return false;
    }
    for (int i = 0; i < earlier.reports().size(); i++) {
      if (earlier.reports().get(i) != now.reports().get(i)) {
        return false;
      }
    }
    return true;
  }

  /** How far a fold has come; 0 if not at all. */
  private static int last(@Nullable Trial trial, int fold, Goal goal) {
    List<Report> reports = trial == null ? List.of() : trial.reports(fold);
    for (int i = reports.size() - 1; i >= 0; i--) {
      if (reports.get(i).measurement().has(goal.metric())) {
        return reports.get(i).step();
      }
    }
    return 0;
  }

  private static void replace(
      History history,
      @Nullable Trial earlier,
      Trial now,
      int fold,
      NavigableMap<Integer, Column> steps) {
    Goal goal = history.spec().goal();
    int last = Math.max(last(earlier, fold, goal), last(now, fold, goal));
    for (Map.Entry<Integer, Column> each : steps.entrySet()) {
      if (each.getKey() > last) {
        break;
      }
      OptionalDouble before =
          earlier == null ? OptionalDouble.empty() : loss(history, earlier, fold, each.getKey());
      OptionalDouble after = loss(history, now, fold, each.getKey());
      if (!before.equals(after)) {
        before.ifPresent(each.getValue()::remove);
        after.ifPresent(each.getValue()::add);
      }
    }
  }

  private static OptionalDouble loss(History history, Trial trial, int fold, int step) {
    return Curves.comparable(trial)
        ? Curves.at(trial, fold, step, history.spec().goal())
        : OptionalDouble.empty();
  }

  private Column column(History history, int fold, int step) {
    double[] losses =
        history.trials().stream()
            .filter(trial -> counts.test(trial.number()))
            .map(trial -> loss(history, trial, fold, step))
            .flatMapToDouble(OptionalDouble::stream)
            .sorted()
            .toArray();
    return new Column(losses);
  }

  /** Losses in ascending order. */
  private static final class Column {
    private double[] losses;
    private int size;

    Column(double[] losses) {
      this.losses = losses;
      size = losses.length;
    }

    void add(double loss) {
      if (size == losses.length) {
        losses = Arrays.copyOf(losses, Math.max(16, 2 * size));
      }
      int found = Arrays.binarySearch(losses, 0, size, loss);
      int place = found < 0 ? -found - 1 : found;
      System.arraycopy(losses, place, losses, place + 1, size - place);
      losses[place] = loss;
      size++;
    }

    void remove(double loss) {
      int place = Arrays.binarySearch(losses, 0, size, loss);
      size--;
      System.arraycopy(losses, place + 1, losses, place, size - place);
    }

    double[] without(OptionalDouble own) {
      if (own.isEmpty()) {
        return Arrays.copyOf(losses, size);
      }
      int place = Arrays.binarySearch(losses, 0, size, own.getAsDouble());
      double[] others = new double[size - 1];
      System.arraycopy(losses, 0, others, 0, place);
      System.arraycopy(losses, place + 1, others, place, size - 1 - place);
      return others;
    }
  }
}
