package org.fettle.optimizers.metric;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.fettle.optimizers.data.Task;
import org.fettle.optimizers.metric.Metric.Better;

/** Metrics of the classes that rows were taken for. A part of nothing is 0. */
final class ConfusionMetrics {

  /** The class that a metric of two classes is about. */
  private static final int POSITIVE = 1;

  private static final String WITHOUT_SUFFIX =
      "; of two classes, for the positive one (data.positive), of more the mean of the classes";

  /** What a metric is of a single class. */
  private interface OfClass {
    double value(ConfusionMatrix matrix, int each);
  }

  private enum Average {
    MACRO("mean over the classes"),
    MICRO("over all rows and classes together"),
    WEIGHTED("mean over the classes, weighted by their rows");

    private final String doc;

    Average(String doc) {
      this.doc = doc;
    }
  }

  static final List<PredictionMetric> STANDARD =
      List.of(
          metric(
              "accuracy",
              "part of the rows whose most probable class is right; of equals the first counts",
              matrix -> part(matrix.right(), matrix.rows())),
          metric(
              "balanced-accuracy",
              "mean over the classes that there are of the part of their rows that is right",
              ConfusionMetrics::balancedAccuracy),
          metric(
              "precision",
              "part of the rows taken for a class that are of it" + WITHOUT_SUFFIX,
              plain(ConfusionMetrics::precision)),
          metric(
              "recall",
              "part of a class's rows that were taken for it" + WITHOUT_SUFFIX,
              plain(ConfusionMetrics::recall)),
          metric(
              "f1",
              "harmonic mean of precision and recall of a class" + WITHOUT_SUFFIX,
              plain(ConfusionMetrics::f1)),
          metric(
              "matthews-corrcoef",
              "correlation of actual and predicted classes, from −1 to 1; 0 where all are one class",
              ConfusionMetrics::matthews),
          metric(
              "cohen-kappa",
              "agreement beyond chance, at most 1; none where all rows are and were taken for one"
                  + " class",
              ConfusionMetrics::kappa));

  static final List<PredictionMetric> AVERAGED = averaged();

  private ConfusionMetrics() {}

  private static List<PredictionMetric> averaged() {
    List<PredictionMetric> metrics = new ArrayList<>();
    for (Average average : Average.values()) {
      metrics.add(averaged("precision", average, ConfusionMetrics::precision));
      metrics.add(averaged("recall", average, ConfusionMetrics::recall));
      metrics.add(averaged("f1", average, ConfusionMetrics::f1));
    }
    return List.copyOf(metrics);
  }

  private static PredictionMetric averaged(String name, Average average, OfClass ofClass) {
    ToDoubleFunction<ConfusionMatrix> kernel =
        switch (average) {
          case MACRO -> matrix -> macro(matrix, ofClass);
          // Each row is taken for one class, so that what one class gains another loses.
          case MICRO -> matrix -> part(matrix.right(), matrix.rows());
          case WEIGHTED -> matrix -> weighted(matrix, ofClass);
        };
    String suffix = average.name().toLowerCase(Locale.ROOT);
    return metric(name + "-" + suffix, name + ", " + average.doc, kernel).whenAsked();
  }

  private static PredictionMetric metric(
      String name, String doc, ToDoubleFunction<ConfusionMatrix> kernel) {
    return new PredictionMetric(
        name,
        doc,
        Better.HIGHER,
        Task.Classification.class,
        true,
        (predictions, targets) -> kernel.applyAsDouble(ConfusionMatrix.of(predictions, targets)));
  }

  private static ToDoubleFunction<ConfusionMatrix> plain(OfClass ofClass) {
    return matrix ->
        matrix.classes() == 2 ? ofClass.value(matrix, POSITIVE) : macro(matrix, ofClass);
  }

  /** Over the classes that some row is of or was taken for. */
  private static double macro(ConfusionMatrix matrix, OfClass ofClass) {
    return classes(matrix)
        .filter(each -> matrix.actual(each) + matrix.predicted(each) > 0)
        .mapToDouble(each -> ofClass.value(matrix, each))
        .average()
        .orElseThrow();
  }

  private static double weighted(ConfusionMatrix matrix, OfClass ofClass) {
    return classes(matrix)
            .mapToDouble(each -> ofClass.value(matrix, each) * matrix.actual(each))
            .sum()
        / matrix.rows();
  }

  private static double precision(ConfusionMatrix matrix, int each) {
    return part(matrix.count(each, each), matrix.predicted(each));
  }

  private static double recall(ConfusionMatrix matrix, int each) {
    return part(matrix.count(each, each), matrix.actual(each));
  }

  private static double f1(ConfusionMatrix matrix, int each) {
    return part(2 * matrix.count(each, each), matrix.actual(each) + matrix.predicted(each));
  }

  private static double balancedAccuracy(ConfusionMatrix matrix) {
    return classes(matrix)
        .filter(each -> matrix.actual(each) > 0)
        .mapToDouble(each -> recall(matrix, each))
        .average()
        .orElseThrow();
  }

  /** For several classes: Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006. */
  private static double matthews(ConfusionMatrix matrix) {
    double rows = matrix.rows();
    double actual = 0;
    double predicted = 0;
    for (int each = 0; each < matrix.classes(); each++) {
      actual += (double) matrix.actual(each) * matrix.actual(each);
      predicted += (double) matrix.predicted(each) * matrix.predicted(each);
    }
    double spread = (rows * rows - actual) * (rows * rows - predicted);
    return spread == 0 ? 0 : (matrix.right() * rows - chance(matrix)) / Math.sqrt(spread);
  }

  private static double kappa(ConfusionMatrix matrix) {
    double rows = matrix.rows();
    double wrongByChance = rows * rows - chance(matrix);
    return wrongByChance == 0 ? Double.NaN : 1 - (rows - matrix.right()) * rows / wrongByChance;
  }

  /** Rows times the number that would be right by chance. */
  private static double chance(ConfusionMatrix matrix) {
    return classes(matrix)
        .mapToDouble(each -> (double) matrix.actual(each) * matrix.predicted(each))
        .sum();
  }

  private static IntStream classes(ConfusionMatrix matrix) {
    return IntStream.range(0, matrix.classes());
  }

  private static double part(long some, long all) {
    return all == 0 ? 0 : (double) some / all;
  }
}
