package org.fettle.driver.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.fettle.driver.data.NewRows;
import org.fettle.executor.model.FettleModel;
import org.fettle.search.settings.NearMatch;
import scala.collection.JavaConverters;

/**
 * New rows with what a model says of them.
 *
 * @param names of the input's own columns
 */
public record Predicted(FettleModel model, List<String> names, Dataset<Row> rows) {

  /** What becomes of the columns on the way to a file. */
  public enum Form {
    /** As they are. */
    TYPED,
    /** Texts of the columns that the model knows for numbers become numbers. */
    NUMBERS,
    /** A column for the probability of each class, as there are no maps in CSV. */
    FLAT
  }

  /** Predicts rows that {@link NewRows} has read, when they are asked for. */
  public static Predicted of(SparkModel model, Dataset<Row> rows) {
    return new Predicted(model.model(), NewRows.names(rows), model.transform(rows));
  }

  /** Whether the input had such a column. */
  public boolean has(String name) {
    return names.contains(name);
  }

  /** A line for each of the columns that the input did not have. */
  public List<String> unknown(List<String> columns) {
    return columns.stream()
        .filter(name -> !names.contains(name))
        .map(
            name ->
                "--columns must be of the input, but %s is not; %s"
                    .formatted(name, NearMatch.hintAndKnown(name, names)))
        .toList();
  }

  /** Some of the columns, in that order, and behind them what was predicted. */
  public Dataset<Row> select(List<String> columns, Form form) {
    Set<String> numbers = form == Form.NUMBERS ? model.numbers() : Set.of();
    List<Column> selected = new ArrayList<>();
    for (String name : columns) {
      Column column = column(name);
      selected.add(numbers.contains(name) ? column.cast("double").as(name) : column);
    }
    selected.add(column(Outputs.PREDICTION));
    if (!model.labels().isEmpty() && form != Form.FLAT) {
      selected.add(column(Outputs.PROBABILITY));
    } else {
      for (String label : model.labels()) {
        selected.add(
            column(Outputs.PROBABILITY).getItem(label).as(Outputs.PROBABILITY + "_" + label));
      }
    }
    return rows.select(JavaConverters.asScalaBuffer(selected));
  }

  static Column column(String name) {
    // Back-ticks, since a dot in a name would otherwise reach into a struct.
    return new Column("`" + name.replace("`", "``") + "`");
  }
}
