package org.fettle.driver.predict;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Folds;
import org.fettle.executor.data.Keys;
import org.fettle.executor.data.PreparedFold;
import org.fettle.executor.data.Splitter;
import org.fettle.executor.data.StudyData;
import org.fettle.executor.data.Table;
import org.fettle.executor.report.Reporter;
import org.fettle.executor.run.TrainingPlan;
import org.fettle.executor.run.TrialRunner;
import org.fettle.executor.task.RunPlace;
import org.fettle.executor.task.TaskResult;
import org.fettle.executor.task.TrialTask;
import org.fettle.executor.task.Work;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.optimizers.engine.RunListener;
import org.fettle.optimizers.engine.RunResult;
import org.fettle.optimizers.engine.TrainedModel;
import org.fettle.optimizers.engine.TrainingJob;
import org.fettle.optimizers.engine.TrainingRun;
import org.fettle.optimizers.training.Loss;

/** Refits as a study's last task does, and the same models before they were saved. */
final class TrainedModels {

  private static final long SEED = 7;

  private TrainedModels() {}

  /** A network that learns for a moment. */
  static Work.Network network(String template, Map<String, Object> model) {
    return network(template, model, Map.of());
  }

  /** The same, of which a setting of the training is another. */
  static Work.Network network(
      String template, Map<String, Object> model, Map<String, Object> setting) {
    Map<String, Object> training = new LinkedHashMap<>(setting);
    training.put("epochs", 3);
    training.put("batch-size", 8);
    training.put("updater", Map.of("type", "adam", "learning-rate", 0.05));
    return new Work.Network("java", Map.of(), template, model, training);
  }

  private static StudyData data(Table table) {
    Keys keys = new Keys(new float[table.rows()], new int[0]);
    return new StudyData(
        table, Folds.of(new Splitter.KFold(2, false), keys, 1, OptionalDouble.empty(), 1));
  }

  /** Leaves the files of a refit in a folder. */
  static Path refit(Table table, Work.Network network, Path folder) throws IOException {
    TaskResult result =
        new TrialRunner(1, RunPlace.UNKNOWN, Reporter.SILENT)
            .run(
                new TrialTask("refit", 0, SEED, new Work.Refit(network, List.of())),
                Optional.of(data(table)));
    if (!(result instanceof TaskResult.Refitted refitted)) {
      throw new AssertionError(result);
    }
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : refitted.files().entrySet()) {
      Files.write(folder.resolve(file.getKey()), file.getValue());
    }
    new ObjectMapper().writeValue(folder.resolve("schema.json").toFile(), refitted.schema());
    return folder;
  }

  /** What the model of that refit says of its training rows, before it is saved. */
  static FloatMatrix predictions(Table table, Work.Network network) {
    PreparedFold fold = PreparedFold.ofRefit(data(table));
    TrainingPlan plan = TrainingPlan.of(network, fold.preprocessing().shape(), table.task());
    if (plan.training().loss().link() == Loss.Link.EXP) {
      fold = fold.withTargetRatios();
    }
    TrainingRun run = TrainingRun.of(plan.network(), plan.training(), fold.training(), SEED);
    RunResult result =
        plan.engine().train(new TrainingJob(List.of(run), 1), RunListener.NONE).get(0);
    try (TrainedModel model = ((RunResult.Trained) result).model()) {
      return fold.preprocessing().unscaled(model.predict(fold.training().features()));
    }
  }

  /** The rows of a table, as a user has them. */
  static List<Map<String, Object>> rows(Table table) {
    return IntStream.range(0, table.rows()).mapToObj(row -> row(table, row)).toList();
  }

  private static Map<String, Object> row(Table table, int row) {
    Map<String, Object> values = new java.util.HashMap<>();
    for (Column column : table.columns()) {
      Object value =
          column.missing(row)
              ? null
              : column instanceof Column.Numeric numeric
                  ? numeric.values()[row]
                  : ((Column.Categorical) column)
                      .categories()[((Column.Categorical) column).codes()[row]];
      values.put(column.name(), value);
    }
    return values;
  }

  /** Forty rows: a number with gaps, a constant, categories with gaps. */
  static List<Column> mixed() {
    double[] x = new double[40];
    double[] same = new double[40];
    int[] colours = new int[40];
    for (int row = 0; row < 40; row++) {
      x[row] = row % 7 == 3 ? Double.NaN : 1000 + 0.1 * row * row;
      same[row] = 0.1;
      colours[row] = row % 5 - 1;
    }
    return List.of(
        new Column.Numeric("x", x),
        new Column.Numeric("same", same),
        new Column.Categorical("colour", new String[] {"1", "2", "blue", "red"}, colours));
  }

  static Table classes(List<Column> columns) {
    float[] classes = new float[40];
    for (int row = 0; row < 40; row++) {
      classes[row] = row * 3 / 40;
    }
    return Table.classification(columns, List.of("low", "middle", "high"), classes);
  }

  static Table values(List<Column> columns) {
    float[] values = new float[40];
    for (int row = 0; row < 40; row++) {
      values[row] = 50 + row;
    }
    return Table.regression(columns, values);
  }

  /** So many columns of numbers; every third row lacks the last ones. */
  static List<Column> numbers(int count, int lacking) {
    List<Column> columns = new ArrayList<>();
    for (int column = 0; column < count; column++) {
      double[] values = new double[40];
      for (int row = 0; row < 40; row++) {
        values[row] =
            row % 3 == 1 && column >= count - lacking ? Double.NaN : Math.sin(row * 0.3 + column);
      }
      columns.add(new Column.Numeric("n" + column, values));
    }
    return columns;
  }
}
