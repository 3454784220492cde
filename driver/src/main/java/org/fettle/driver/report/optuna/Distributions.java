package org.fettle.driver.report.optuna;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;

/** Parameters as Optuna's distributions, and values as it writes them. */
final class Distributions {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Distributions() {}

  /** The distribution as Optuna's own JSON, which stands in its journal as text. */
  static String of(Parameter parameter) {
    ObjectNode attributes = JSON.createObjectNode();
    String name;
    if (parameter instanceof DoubleParameter number) {
      name = "FloatDistribution";
      OptionalDouble step = number.step();
      if (step.isPresent()) {
        attributes.put("step", step.getAsDouble());
      } else {
        attributes.putNull("step");
      }
      attributes.put("low", number.low()).put("high", number.high());
      attributes.put("log", number.scale() == Scale.LOG);
    } else if (parameter instanceof IntegerParameter number) {
      name = "IntDistribution";
      boolean log = number.scale() == Scale.LOG;
      attributes.put("log", log).put("step", log ? 1 : number.step());
      attributes.put("low", number.low()).put("high", number.high());
    } else {
      name = "CategoricalDistribution";
      ArrayNode choices = attributes.putArray("choices");
      OptionalLong count = parameter.cardinality();
      for (long i = 0; i < count.orElse(0); i++) {
        choices.addPOJO(parameter.value(i));
      }
    }
    ObjectNode json = JSON.createObjectNode().put("name", name);
    json.set("attributes", attributes);
    return json.toString();
  }

  /** A value as Optuna writes it: a number, or the place among the choices. */
  static double internal(Parameter parameter, Object value) {
    if (parameter instanceof DoubleParameter || parameter instanceof IntegerParameter) {
      return ((Number) value).doubleValue();
    }
    return parameter.index(value);
  }
}
