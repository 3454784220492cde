import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of numbers, standardised, with the number or the class that is to be foretold. */
record Table(double[][] inputs, double[] targets, int classes) {

  static final int FOLDS = 3;

  /**
   * Reads every {@code step}-th line; the last column is the target, text there a class.
   *
   * @param classes how many, or 0 where the target is a number, which is standardised too
   */
  static Table read(Path file, int step, int classes) {
    List<String[]> cells = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 1; i < lines.size(); i += step) {
        cells.add(lines.get(i).split(","));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int last = cells.get(0).length - 1;
    List<String> labels = cells.stream().map(each -> each[last]).distinct().sorted().toList();
    double[][] inputs = new double[cells.size()][last];
    double[] targets = new double[cells.size()];
    for (int i = 0; i < targets.length; i++) {
      for (int j = 0; j < last; j++) {
        inputs[i][j] = Double.parseDouble(cells.get(i)[j]);
      }
      String target = cells.get(i)[last];
      targets[i] = classes > 0 ? labels.indexOf(target) : Double.parseDouble(target);
    }
    for (int j = 0; j < last; j++) {
      int column = j;
      double[] scaled =
          standard(IntStream.range(0, inputs.length).mapToDouble(i -> inputs[i][column]).toArray());
      for (int i = 0; i < scaled.length; i++) {
        inputs[i][j] = scaled[i];
      }
    }
    return new Table(inputs, classes > 0 ? targets : standard(targets), classes);
  }

  private static double[] standard(double[] values) {
    double mean =
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
    double square = 0;
    for (double each : values) {
      square += (each - mean) * (each - mean) / values.length;
    }
    double deviation = square > 0 ? Math.sqrt(square) : 1;
    return java.util.Arrays.stream(values).map(each -> (each - mean) / deviation).toArray();
  }

  /** The rows outside a fold, or those in it; rows are dealt out with a stride prime to classes. */
  int[] rows(int fold, boolean inside) {
    return IntStream.range(0, targets.length)
        .filter(i -> (i * 7919L % targets.length % FOLDS == fold) == inside)
        .toArray();
  }
}
