package org.fettle.driver.predict;

import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.fettle.executor.model.FettleModel;
import org.fettle.executor.model.Prediction;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;

/** The columns that a model adds to a row. */
final class Outputs {

  /** The most probable class, as text; or the value, as a double. */
  static final String PREDICTION = "prediction";

  /** From classes to their probabilities. A regression has none. */
  static final String PROBABILITY = "probability";

  private static final MapType PROBABILITIES =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false);

  private Outputs() {}

  /** A schema with those columns behind its own. */
  static StructType addTo(StructType schema, FettleModel model) {
    return model.labels().isEmpty()
        ? schema.add(PREDICTION, DataTypes.DoubleType, false)
        : schema
            .add(PREDICTION, DataTypes.StringType, false)
            .add(PROBABILITY, PROBABILITIES, false);
  }

  /** Puts them into a row's values, from an index on. */
  static void put(Prediction prediction, @Nullable Object[] values, int at) {
    if (prediction.value().isPresent()) {
      values[at] = prediction.value().getAsDouble();
      return;
    }
    values[at] = prediction.label().orElseThrow();
    values[at + 1] = JavaConverters.mapAsScalaMap(prediction.probabilities());
  }
}
