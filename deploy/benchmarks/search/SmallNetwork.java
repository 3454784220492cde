import java.util.Random;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** One hidden layer trained by stochastic gradient descent on wine: the log loss over folds. */
final class SmallNetwork {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          DoubleParameter.of("rate", 1e-4, 1, Scale.LOG),
          DoubleParameter.of("momentum", 0, .99, Scale.LINEAR),
          DoubleParameter.of("decay", 1e-6, 1e-1, Scale.LOG),
          IntegerParameter.of("units", 2, 24, Scale.LOG),
          IntegerParameter.of("batch", 2, 64, Scale.LOG),
          DoubleParameter.of("start", .01, 2, Scale.LOG),
          CategoricalParameter.of("activation", "tanh", "relu", "sigmoid"));

  private static final int EPOCHS = 8;

  private final Table table;

  private SmallNetwork(Table table) {
    this.table = table;
  }

  static Problem problem(Table table) {
    return Problem.of("network", Double.NaN, SPACE, new SmallNetwork(table)::loss);
  }

  private double loss(Assignment at) {
    double loss = 0;
    for (int fold = 0; fold < Table.FOLDS; fold++) {
      Training training = new Training(at, table);
      training.fit(table.rows(fold, false));
      loss += training.loss(table.rows(fold, true)) / table.targets().length;
    }
    return Double.isFinite(loss) ? Math.min(loss, 5) : 5;
  }

  /** The weights of one fold's network, the same start in each. */
  private static final class Training {
    private final Random random = new Random(1);
    private final Assignment at;
    private final Table table;
    private final int inputs;
    private final int units;
    private final double[][][] weights;
    private final double[][][] steps;
    private final double[][][] slopes;
    private final double[] hidden;
    private final double[] odds;

    Training(Assignment at, Table table) {
      this.at = at;
      this.table = table;
      inputs = table.inputs()[0].length;
      units = (int) at.integer("units");
      weights = shape();
      steps = shape();
      slopes = shape();
      hidden = new double[units];
      odds = new double[table.classes()];
      for (double[][] layer : weights) {
        for (double[] row : layer) {
          for (int i = 0; i + 1 < row.length; i++) {
            row[i] = at.number("start") * random.nextGaussian() / Math.sqrt(row.length);
          }
        }
      }
    }

    /** Weights by layer, output and input; the last input is the constant 1. */
    private double[][][] shape() {
      return new double[][][] {
        new double[units][inputs + 1], new double[table.classes()][units + 1]
      };
    }

    void fit(int[] rows) {
      int batch = (int) at.integer("batch");
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        for (int i = rows.length - 1; i > 0; i--) {
          int other = random.nextInt(i + 1);
          int row = rows[i];
          rows[i] = rows[other];
          rows[other] = row;
        }
        for (int from = 0; from < rows.length; from += batch) {
          int to = Math.min(rows.length, from + batch);
          for (int i = from; i < to; i++) {
            addSlopes(rows[i], to - from);
          }
          step();
        }
      }
    }

    private void predict(double[] x) {
      for (int u = 0; u < units; u++) {
        double sum = weights[0][u][inputs];
        for (int i = 0; i < inputs; i++) {
          sum += weights[0][u][i] * x[i];
        }
        hidden[u] =
            switch (at.text("activation")) {
              case "tanh" -> Math.tanh(sum);
              case "relu" -> Math.max(0, sum);
              default -> 1 / (1 + Math.exp(-sum));
            };
      }
      double highest = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < odds.length; c++) {
        odds[c] = weights[1][c][units];
        for (int u = 0; u < units; u++) {
          odds[c] += weights[1][c][u] * hidden[u];
        }
        highest = Math.max(highest, odds[c]);
      }
      double sum = 0;
      for (int c = 0; c < odds.length; c++) {
        odds[c] = Math.exp(odds[c] - highest);
        sum += odds[c];
      }
      for (int c = 0; c < odds.length; c++) {
        odds[c] /= sum;
      }
    }

    private double slope(double output) {
      return switch (at.text("activation")) {
        case "tanh" -> 1 - output * output;
        case "relu" -> output > 0 ? 1 : 0;
        default -> output * (1 - output);
      };
    }

    private void addSlopes(int row, int batch) {
      double[] x = table.inputs()[row];
      predict(x);
      double[] back = new double[units];
      for (int c = 0; c < odds.length; c++) {
        double error = (odds[c] - (table.targets()[row] == c ? 1 : 0)) / batch;
        for (int u = 0; u < units; u++) {
          back[u] += error * weights[1][c][u];
          slopes[1][c][u] += error * hidden[u];
        }
        slopes[1][c][units] += error;
      }
      for (int u = 0; u < units; u++) {
        double error = back[u] * slope(hidden[u]);
        for (int i = 0; i < inputs; i++) {
          slopes[0][u][i] += error * x[i];
        }
        slopes[0][u][inputs] += error;
      }
    }

    private void step() {
      for (int layer = 0; layer < 2; layer++) {
        for (int o = 0; o < weights[layer].length; o++) {
          double[] row = weights[layer][o];
          for (int i = 0; i < row.length; i++) {
            double slope = slopes[layer][o][i] + at.number("decay") * row[i];
            steps[layer][o][i] =
                at.number("momentum") * steps[layer][o][i] - at.number("rate") * slope;
            row[i] += steps[layer][o][i];
            slopes[layer][o][i] = 0;
          }
        }
      }
    }

    double loss(int[] rows) {
      double loss = 0;
      for (int row : rows) {
        predict(table.inputs()[row]);
        loss -= Math.log(Math.max(odds[(int) table.targets()[row]], 1e-12));
      }
      return loss;
    }
  }
}
