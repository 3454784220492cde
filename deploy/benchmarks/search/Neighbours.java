import java.util.Arrays;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Scale;
import org.fettle.search.space.SearchSpace;

/** Nearest neighbours on diabetes, each other row's neighbour: the mean squared error, left out. */
final class Neighbours {

  private static final SearchSpace SPACE =
      SearchSpace.of(
          IntegerParameter.of("neighbours", 1, 60, Scale.LOG),
          DoubleParameter.of("power", .5, 6, Scale.LOG),
          CategoricalParameter.of("weights", "equal", "inverse", "ranked"),
          DoubleParameter.of("shrink", 0, 1, Scale.LINEAR),
          DoubleParameter.of("age", 0, 2, Scale.LINEAR),
          DoubleParameter.of("body", 0, 2, Scale.LINEAR),
          DoubleParameter.of("serum", 0, 2, Scale.LINEAR),
          DoubleParameter.of("sugar", 0, 2, Scale.LINEAR));

  private static final String[] GROUPS = {
    "age", "age", "body", "body", "serum", "serum", "serum", "serum", "serum", "sugar"
  };

  private final Table table;

  private Neighbours(Table table) {
    this.table = table;
  }

  static Problem problem(Table table) {
    return Problem.of("neighbours", Double.NaN, SPACE, new Neighbours(table)::loss);
  }

  private double loss(Assignment at) {
    int rows = table.targets().length;
    double[] scales = Arrays.stream(GROUPS).mapToDouble(at::number).toArray();
    double error = 0;
    for (int i = 0; i < rows; i++) {
      error += Classics.square(foretold(at, scales, i) - table.targets()[i]) / rows;
    }
    return error;
  }

  private double foretold(Assignment at, double[] scales, int row) {
    double power = at.number("power");
    int most = (int) at.integer("neighbours");
    double[] distances = new double[most];
    double[] values = new double[most];
    int found = 0;
    for (int i = 0; i < table.targets().length; i++) {
      if (i == row) {
        continue;
      }
      double distance = distance(power, scales, table.inputs()[row], table.inputs()[i]);
      int place = Math.min(found, most - 1);
      if (found >= most && distance >= distances[place]) {
        continue;
      }
      for (; place > 0 && distances[place - 1] > distance; place--) {
        distances[place] = distances[place - 1];
        values[place] = values[place - 1];
      }
      distances[place] = distance;
      values[place] = table.targets()[i];
      found = Math.min(most, found + 1);
    }
    double sum = 0;
    double total = 0;
    for (int k = 0; k < found; k++) {
      double weight =
          switch (at.text("weights")) {
            case "equal" -> 1;
            case "inverse" -> 1 / (1e-3 + distances[k]);
            default -> found - k;
          };
      sum += weight * values[k];
      total += weight;
    }
    return (1 - at.number("shrink")) * sum / total;
  }

  private static double distance(double power, double[] scales, double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      double apart = Math.abs(x[j] - y[j]) * scales[j];
      sum += apart == 0 ? 0 : Math.exp(power * Math.log(apart));
    }
    return Math.pow(sum, 1 / power);
  }
}
