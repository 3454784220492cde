package org.fettle.executor.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.fettle.executor.data.Preprocessing;
import org.fettle.executor.data.PreprocessingDescription;
import org.fettle.executor.data.Table;
import org.fettle.optimizers.network.NetworkDescription;

/** What stands beside a model's files: all that predicting takes besides the weights. */
public final class ModelSchema {

  /** Of the schema and of what a model's folder holds. A greater one is not read. */
  public static final int FORMAT = 1;

  private ModelSchema() {}

  /** The schema as plain data. */
  static Map<String, Object> of(
      String engine, TrainingPlan plan, Preprocessing preprocessing, Table table) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("format", FORMAT);
    schema.put("engine", engine);
    schema.putAll(PreprocessingDescription.of(preprocessing));
    schema.put("labels", table.labels());
    schema.put("network", NetworkDescription.of(plan.network()));
    schema.put("link", plan.training().loss().link().name().toLowerCase(Locale.ROOT));
    return schema;
  }
}
