package org.fettle.executor.model;

import java.io.IOException;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.fettle.executor.data.Column;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.data.FloatMatrix;
import org.fettle.search.settings.NearMatch;
import org.jspecify.annotations.Nullable;

/**
 * The final model of a study, from raw rows to labels or values, without Spark. Rows are prepared
 * as the training rows were and predicted as by the trained model: the rows of one call get the
 * bits that the trained model gives them together; in other company the last ones may differ.
 *
 * <p>A row has a value for each of {@link #features()}, by name; others are passed over. Null, NaN
 * and what marks a missing value in data files (an empty text, "NA", "?" and the like) are missing.
 * Numbers may be texts. A category that training did not see counts as missing.
 *
 * <p>For any number of threads at once, each of which costs the memory of a network. {@link #close}
 * frees that; so does the garbage collector, later.
 */
public final class FettleModel implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Schema schema;
  private final List<RowReader> readers;
  private final Predictors predictors;
  private final Cleaner.Cleanable cleanable;

  private FettleModel(Schema schema, Predictors predictors) {
    this.schema = schema;
    this.readers = RowReader.of(schema);
    this.predictors = predictors;
    this.cleanable = CLEANER.register(this, predictors);
  }

  /**
   * Loads a model from a local folder: a study's, or the {@code model} in it.
   *
   * @throws IOException where there is no model, or none that this release can read
   */
  public static FettleModel load(Path folder) throws IOException {
    return of(ModelFiles.local(folder));
  }

  /**
   * Loads a model from any Hadoop file system, with the configuration on the class path: a study's
   * folder, the {@code model} in it or its {@code result.json}.
   *
   * @throws IOException where there is no model, or none that this release can read
   */
  public static FettleModel load(String uri) throws IOException {
    return of(ModelFiles.anywhere(uri, new org.apache.hadoop.conf.Configuration()));
  }

  /** The model of files that were read before. */
  public static FettleModel of(ModelFiles files) throws IOException {
    Schema schema = files.schema();
    return new FettleModel(schema, new Predictors(schema, files.reader(), files.files()));
  }

  /** The columns that a row must have, in the order of the training data. */
  public List<String> features() {
    return readers.stream().map(RowReader::name).toList();
  }

  /** Those of the features that are numbers; the others are categories. */
  public Set<String> numbers() {
    Set<String> numbers = new LinkedHashSet<>();
    readers.stream().filter(RowReader::numeric).forEach(each -> numbers.add(each.name()));
    return numbers;
  }

  /** The classes, in the order of their probabilities; none for a regression. */
  public List<String> labels() {
    return schema.labels();
  }

  /** The column that the model predicts; empty where the data had no names, as libsvm. */
  public Optional<String> target() {
    return schema.target();
  }

  /**
   * Predicts one row.
   *
   * @throws InvalidRowsException saying all that is wrong with it
   */
  public Prediction predict(Map<String, ?> row) {
    return predict(List.of(row)).get(0);
  }

  /**
   * Predicts rows, which is faster than one by one.
   *
   * @throws InvalidRowsException saying all that is wrong with them
   */
  public List<Prediction> predict(List<? extends Map<String, ?>> rows) {
    List<String> problems = new ArrayList<>();
    List<@Nullable Object[]> cells = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, ?> row = rows.get(i);
      for (String lack : lacks(row.keySet())) {
        problems.add("row " + (i + 1) + ": " + lack);
      }
      cells.add(readers.stream().map(reader -> row.get(reader.name())).toArray());
    }
    FloatMatrix scores = scores(cells, 0, problems);
    return IntStream.range(0, rows.size()).mapToObj(row -> prediction(scores, row)).toList();
  }

  /** A line for each feature that is not among the names, with the one that was meant. */
  public List<String> lacks(Collection<String> names) {
    List<String> lacks = new ArrayList<>();
    for (RowReader reader : readers) {
      if (!names.contains(reader.name())) {
        String hint = NearMatch.hint(reader.name(), names);
        lacks.add(
            "column %s must be there, as in training%s"
                .formatted(reader.name(), hint.isEmpty() ? "" : "; " + hint));
      }
    }
    return lacks;
  }

  /**
   * Predicts rows of cells in the order of {@link #features()}: for each row a probability for each
   * of {@link #labels()}, or one value in the target's own unit.
   *
   * @param before how many rows came before the first, for messages
   * @throws InvalidRowsException saying all that is wrong with them
   */
  public FloatMatrix scores(List<@Nullable Object[]> rows, long before) {
    return scores(rows, before, new ArrayList<>());
  }

  private FloatMatrix scores(List<@Nullable Object[]> rows, long before, List<String> problems) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < readers.size(); i++) {
      columns.add(readers.get(i).column(rows, i, before, problems));
    }
    if (!problems.isEmpty()) {
      throw new InvalidRowsException(problems);
    }
    if (rows.isEmpty()) {
      return new FloatMatrix(0, schema.network().outputs(), new float[0]);
    }
    Table table = Table.regression(columns, new float[rows.size()]);
    int[] all = IntStream.range(0, rows.size()).toArray();
    FloatMatrix features = schema.preprocessing().examples(table, all).features();
    return schema.preprocessing().unscaled(predictors.predict(features));
  }

  /** One row of {@link #scores}. */
  public Prediction prediction(FloatMatrix scores, int row) {
    if (labels().isEmpty()) {
      return new Prediction(Optional.empty(), Map.of(), OptionalDouble.of(scores.at(row, 0)));
    }
    Map<String, Double> probabilities = new LinkedHashMap<>();
    int best = 0;
    for (int i = 0; i < labels().size(); i++) {
      probabilities.put(labels().get(i), (double) scores.at(row, i));
      best = scores.at(row, i) > scores.at(row, best) ? i : best;
    }
    return new Prediction(Optional.of(labels().get(best)), probabilities, OptionalDouble.empty());
  }

  @Override
  public void close() {
    cleanable.clean();
  }
}
