package org.fettle.driver.predict;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.InvalidRowsException;
import org.jspecify.annotations.Nullable;

/** Where the cells that a model wants stand in rows of a schema. */
final class RowCells implements Serializable {

  private static final long serialVersionUID = 1;

  /** The column of vectors, as libsvm files have one. */
  static final String VECTOR = "features";

  private final int[] places;
  private final boolean vector;

  private RowCells(int[] places, boolean vector) {
    this.places = places;
    this.vector = vector;
  }

  /**
   * Looks up a model's features among columns; without them, a column of vectors will do.
   *
   * @throws InvalidRowsException saying which are not there, or of a type that no cell has
   */
  static RowCells of(FettleModel model, StructType schema) {
    List<String> names = Arrays.asList(schema.fieldNames());
    List<String> features = model.features();
    int at = names.indexOf(VECTOR);
    if (at >= 0
        && !names.containsAll(features)
        && schema.fields()[at].dataType().equals(SQLDataTypes.VectorType())) {
      return new RowCells(new int[] {at, features.size()}, true);
    }
    List<String> problems = new ArrayList<>(model.lacks(names));
    int[] places = new int[features.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = names.indexOf(features.get(i));
      if (places[i] >= 0) {
        DataType type = schema.fields()[places[i]].dataType();
        boolean readable =
            type instanceof NumericType
                || type instanceof BooleanType
                || type instanceof StringType
                || type instanceof NullType;
        if (!readable) {
          problems.add(
              "column %s must be of numbers, text or true and false, but was of %s"
                  .formatted(features.get(i), type.simpleString()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidRowsException(problems);
    }
    return new RowCells(places, false);
  }

  @Nullable Object[] of(Row row) {
    if (vector) {
      double[] values =
          row.isNullAt(places[0]) ? new double[0] : row.<Vector>getAs(places[0]).toArray();
      if (values.length != places[1]) {
        throw new InvalidRowsException(
            List.of(
                "%s must have %d numbers, as in training, but had %d"
                    .formatted(VECTOR, places[1], values.length)));
      }
      return Arrays.stream(values).boxed().toArray();
    }
    @Nullable Object[] cells = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      cells[i] = row.get(places[i]);
    }
    return cells;
  }
}
