import static org.fettle.search.space.Condition.oneOf;

import java.util.Arrays;
import org.fettle.search.numeric.CholeskyFactor;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** Kernel ridge regression of diabetes progression: the mean squared error over folds. */
final class KernelRidge {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          DoubleParameter.of("penalty", 1e-5, 1e2, Scale.LOG),
          CategoricalParameter.of("kernel", "gaussian", "laplacian", "polynomial"),
          DoubleParameter.of("gamma", 1e-4, 10, Scale.LOG)
              .when(oneOf("kernel", "gaussian", "laplacian")),
          IntegerParameter.of("degree", 1, 4, Scale.LINEAR).when(oneOf("kernel", "polynomial")),
          DoubleParameter.of("offset", 0, 4, Scale.LINEAR).when(oneOf("kernel", "polynomial")),
          DoubleParameter.of("first", 0, 2, Scale.LINEAR),
          DoubleParameter.of("serum", 0, 2, Scale.LINEAR));

  private final Table table;

  private KernelRidge(Table table) {
    this.table = table;
  }

  static Problem problem(Table table) {
    return Problem.of("kernel-ridge", Double.NaN, SPACE, new KernelRidge(table)::loss);
  }

  private double loss(Assignment at) {
    double[][] kernel = kernel(at);
    double error = 0;
    for (int fold = 0; fold < Table.FOLDS; fold++) {
      int[] train = table.rows(fold, false);
      CholeskyFactor factor = CholeskyFactor.empty();
      double[] weights = new double[train.length];
      for (int i = 0; i < train.length; i++) {
        double[] row = new double[i];
        for (int j = 0; j < i; j++) {
          row[j] = kernel[train[i]][train[j]];
        }
        factor.extend(row, kernel[train[i]][train[i]] + at.number("penalty"));
        weights[i] = table.targets()[train[i]];
      }
      factor.forward(weights);
      factor.backward(weights);
      for (int row : table.rows(fold, true)) {
        double foretold = 0;
        for (int i = 0; i < train.length; i++) {
          foretold += weights[i] * kernel[row][train[i]];
        }
        error += Classics.square(foretold - table.targets()[row]) / table.targets().length;
      }
    }
    return Math.min(error, 10);
  }

  private double[][] kernel(Assignment at) {
    double[] scales = new double[table.inputs()[0].length];
    Arrays.setAll(scales, j -> j < 4 ? at.number("first") : at.number("serum"));
    double[][] x =
        Arrays.stream(table.inputs())
            .map(
                row -> {
                  double[] scaled = row.clone();
                  Arrays.setAll(scaled, j -> row[j] * scales[j]);
                  return scaled;
                })
            .toArray(double[][]::new);
    String name = at.text("kernel");
    double[][] kernel = new double[x.length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = sum(name, x[i], x[j]);
        kernel[i][j] =
            name.equals("polynomial")
                ? Math.pow(sum + at.number("offset"), at.integer("degree"))
                : Math.exp(-at.number("gamma") * sum);
        kernel[j][i] = kernel[i][j];
      }
    }
    return kernel;
  }

  private static double sum(String kernel, double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum +=
          switch (kernel) {
            case "gaussian" -> Classics.square(x[j] - y[j]);
            case "laplacian" -> Math.abs(x[j] - y[j]);
            default -> x[j] * y[j] / x.length;
          };
    }
    return sum;
  }
}
