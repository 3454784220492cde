package org.fettle.executor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.Splitter;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;
import org.fettle.executor.task.Work;

/** Small tables and tasks. */
public final class Samples {

  private Samples() {}

  /** Twelve rows of two classes, far apart. */
  public static StudyData classes() {
    double[] x = new double[12];
    float[] classes = new float[12];
    for (int row = 0; row < 12; row++) {
      classes[row] = row % 2;
      x[row] = 100 * classes[row] + row;
    }
    Table table =
        Table.classification(
            List.of(
                new Column.Numeric("x", x),
                new Column.Categorical(
                    "colour",
                    new String[] {"red", "blue"},
                    new int[] {0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1})),
            List.of("near", "far"),
            classes);
    return new StudyData(table, stratified(classes, 3, 1));
  }

  /** Twelve rows in two clusters; the targets of a cluster are 5 apart at most. */
  public static StudyData values() {
    double[] x = new double[12];
    float[] values = new float[12];
    for (int row = 0; row < 12; row++) {
      x[row] = row < 6 ? row : 1000 + row;
      values[row] = row < 6 ? 5000 + row : 9000 + row;
    }
    return new StudyData(
        Table.regression(List.of(new Column.Numeric("x", x)), values), shuffled(12, 3, 1));
  }

  /** Rows in random order, dealt out in turn. */
  public static Folds shuffled(int rows, int count, long seed) {
    return folds(new Splitter.KFold(count, false), new Keys(new float[rows], new int[0]), seed);
  }

  /** The same within each class. */
  public static Folds stratified(float[] classes, int count, long seed) {
    return folds(new Splitter.KFold(count, true), new Keys(classes, new int[0]), seed);
  }

  /** Every row in a fold, once. */
  public static Folds folds(Splitter splitter, Keys keys, long seed) {
    return Folds.of(splitter, keys, 1, OptionalDouble.empty(), seed);
  }

  /** A network for the fake engine. */
  public static Work.Network network(NearestEngine.Fault fault) {
    String word = fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return new Work.Network(
        "nearest", Map.of("fault", word), "mlp", Map.of("hidden", List.of(4)), Map.of("epochs", 2));
  }
}
