package org.fettle.driver.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fettle.driver.study.Confusion;
import org.fettle.driver.study.Replay;
import org.fettle.search.study.Aggregation;
import org.fettle.search.study.Report;

/**
 * Hints from the curves of a trial, its training and validation loss by epoch, as means over the
 * folds. With at least {@value #FEWEST} epochs followed:
 *
 * <ul>
 *   <li>the validation loss <i>rises</i> if at the end it is at least {@value #RISE} above its
 *       least value, as part of that, and the difference is at least its standard error over the
 *       folds;
 *   <li>it <i>still falls</i> if it is least at the end, and by at least {@value #FALL}, as part,
 *       of what it was after four fifths of the epochs;
 *   <li>the training loss <i>rises</i> if at the end it is at least {@value #UNSTABLE} above its
 *       least value, as part of that;
 *   <li>both losses are <i>high</i> if the validation loss is never under {@value #HIGH} of what
 *       the best constant prediction has, and the training loss at the end not under {@value #HIGH}
 *       of what it was at first.
 * </ul>
 */
public final class Diagnosis {

  private static final int FEWEST = 5;
  private static final double RISE = 0.05;
  private static final double FALL = 0.01;
  private static final double UNSTABLE = 0.2;
  private static final double HIGH = 0.9;

  private static final String TRAINING = "training-loss";
  private static final String VALIDATION = "validation-loss";

  /** A loss at the steps that every fold has, by fold. */
  private final int[] steps;

  private final double[][] training;
  private final double[][] validation;

  private Diagnosis(int[] steps, double[][] training, double[][] validation) {
    this.steps = steps;
    this.training = training;
    this.validation = validation;
  }

  /** Hints on the best trial: what its curves say of how it trains. */
  public static List<String> ofBest(Replay study) {
    return study
        .history()
        .incumbent()
        .map(best -> of(best.reports(), Optional.ofNullable(study.confusions().get(best.number()))))
        .orElse(List.of());
  }

  /** The same as lines for people; empty where there is nothing to say. */
  public static String lines(Replay study) {
    return ofBest(study).stream().map(hint -> "  hint: " + hint + "\n").collect(joining());
  }

  /**
   * Hints from a trial's reports.
   *
   * @param confusion of the trial's classes, whose proportions tell what a constant prediction has;
   *     empty for values, or where it is not known
   */
  static List<String> of(List<Report> reports, Optional<Confusion> confusion) {
    Map<Integer, Map<Integer, Report>> byFold = new TreeMap<>();
    for (Report report : reports) {
      Map<String, Double> values = report.measurement().values();
      if (values.containsKey(TRAINING) && values.containsKey(VALIDATION)) {
        byFold.computeIfAbsent(report.fold(), fold -> new TreeMap<>()).put(report.step(), report);
      }
    }
    TreeSet<Integer> common = new TreeSet<>();
    byFold.values().forEach(fold -> common.addAll(fold.keySet()));
    byFold.values().forEach(fold -> common.retainAll(fold.keySet()));
    if (common.size() < FEWEST) {
      return List.of();
    }
    int[] steps = common.stream().mapToInt(Integer::intValue).toArray();
    return new Diagnosis(steps, losses(TRAINING, byFold, steps), losses(VALIDATION, byFold, steps))
        .hints(confusion.map(Diagnosis::entropy).orElse(1.0));
  }

  private static double[][] losses(
      String name, Map<Integer, Map<Integer, Report>> byFold, int[] steps) {
    return byFold.values().stream()
        .map(
            fold -> {
              double[] losses = new double[steps.length];
              for (int i = 0; i < steps.length; i++) {
                Report report = fold.get(steps[i]);
                losses[i] = report == null ? Double.NaN : report.measurement().value(name);
              }
              return losses;
            })
        .toArray(double[][]::new);
  }

  /** The log loss of predicting each class as often as it is there. */
  private static double entropy(Confusion confusion) {
    double[] rows =
        confusion.counts().stream()
            .mapToDouble(row -> row.stream().mapToLong(Long::longValue).sum())
            .toArray();
    double all = 0;
    for (double each : rows) {
      all += each;
    }
    double entropy = 0;
    for (double each : rows) {
      entropy -= each == 0 ? 0 : each / all * Math.log(each / all);
    }
    return entropy;
  }

  /**
   * The hints.
   *
   * @param constant loss of the best constant prediction
   */
  private List<String> hints(double constant) {
    List<String> hints = new ArrayList<>();
    int end = steps.length - 1;
    double[] loss = means(validation);
    double[] trained = means(training);
    int least = least(loss);
    if (loss[end] - loss[least] >= RISE * loss[least] && clear(least, end)) {
      hints.add(
          ("Validation loss rises from epoch %d (%s, at the end %s): more regularisation, or"
                  + " fewer epochs")
              .formatted(steps[least], Numbers.number(loss[least]), Numbers.number(loss[end])));
    }
    int before = end * 4 / 5;
    if (least == end && loss[before] - loss[end] >= FALL * loss[before]) {
      hints.add(
          "Validation loss still falls at the last epoch, %d (%s, at epoch %d %s): more epochs"
              .formatted(
                  steps[end],
                  Numbers.number(loss[end]),
                  steps[before],
                  Numbers.number(loss[before])));
    }
    int lowest = least(trained);
    if (trained[end] - trained[lowest] >= UNSTABLE * trained[lowest]) {
      hints.add(
          "Training loss rises from epoch %d (%s, at the end %s): a smaller learning rate"
              .formatted(
                  steps[lowest], Numbers.number(trained[lowest]), Numbers.number(trained[end])));
    }
    if (loss[least] >= HIGH * constant && trained[end] >= HIGH * trained[0]) {
      hints.add(
          ("Training and validation loss both stay high (%s and %s; a constant prediction has %s):"
                  + " a larger network, or a larger learning rate")
              .formatted(
                  Numbers.number(trained[end]),
                  Numbers.number(loss[least]),
                  Numbers.number(constant)));
    }
    return hints;
  }

  /** Whether the validation loss differs between two steps by more than the folds do. */
  private boolean clear(int from, int to) {
    double[] differences = new double[validation.length];
    for (int fold = 0; fold < differences.length; fold++) {
      differences[fold] = validation[fold][to] - validation[fold][from];
    }
    double error = Aggregation.standardError(differences);
    return Double.isNaN(error) || Aggregation.mean(differences) >= error;
  }

  private static double[] means(double[][] folds) {
    double[] means = new double[folds[0].length];
    for (double[] fold : folds) {
      for (int i = 0; i < means.length; i++) {
        means[i] += fold[i] / folds.length;
      }
    }
    return means;
  }

  private static int least(double[] losses) {
    int least = 0;
    for (int i = 1; i < losses.length; i++) {
      least = losses[i] < losses[least] ? i : least;
    }
    return least;
  }
}
