package org.fettle.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The schemas of Kubernetes' API that its Java model comes with, read strictly: a field that a
 * schema does not have is a mistake, as it is to an API server.
 */
final class KubernetesSchema {
  private static final String FILE = "schema/validation-schema.json";
  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "v1",
          Pod.class,
          "batch/v1",
          Job.class,
          "rbac.authorization.k8s.io/v1",
          Role.class,
          "networking.k8s.io/v1",
          NetworkPolicy.class);

  private final Map<String, JsonNode> schemas = new HashMap<>();

  KubernetesSchema() throws IOException {
    for (Map.Entry<String, Class<?>> module : MODULES.entrySet()) {
      // Each jar of the model has a file of that name.
      String jar = module.getValue().getProtectionDomain().getCodeSource().getLocation().toString();
      try (InputStream in = new java.net.URL("jar:" + jar + "!/" + FILE).openStream()) {
        schemas.put(module.getKey(), new ObjectMapper().readTree(in));
      }
    }
  }

  /** What is wrong with an object, by place; empty if nothing is. */
  List<String> problems(JsonNode object) {
    List<String> problems = new ArrayList<>();
    String version = object.path("apiVersion").asText();
    String kind = object.path("kind").asText();
    JsonNode module = schemas.get(version);
    JsonNode schema =
        module == null ? null : module.path("resources").get(kind.toLowerCase(Locale.ROOT));
    if (schema == null) {
      return List.of("Object must be of a known kind, but was " + version + " " + kind);
    }
    check(kind, object, schema, module, problems);
    return problems;
  }

  private static void check(
      String place, JsonNode value, JsonNode given, JsonNode module, List<String> problems) {
    JsonNode schema = given;
    if (given.has("$ref")) {
      String name = given.get("$ref").asText();
      schema = module.path("definitions").path(name.substring(name.lastIndexOf('/') + 1));
    }
    String type = schema.path("type").asText("object");
    if (!isOf(type, value, given.path("$ref").asText())) {
      problems.add(place + " must be of type " + type + ", but was " + value);
      return;
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(place + "[" + i + "]", value.get(i), schema.path("items"), module, problems);
      }
    } else if (value.isObject() && schema.has("properties")) {
      for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        JsonNode property = schema.path("properties").get(name);
        if (property == null) {
          problems.add(place + " must have no field " + name);
        } else {
          check(place + "." + name, value.get(name), property, module, problems);
        }
      }
      JsonNode fields = schema.path("properties");
      for (Iterator<String> names = fields.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (fields.get(name).path("required").asBoolean(false) && !value.has(name)) {
          problems.add(place + " must have a field " + name);
        }
      }
    } else if (value.isObject() && schema.path("additionalProperties").isObject()) {
      for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        check(
            place + "." + name,
            value.get(name),
            schema.get("additionalProperties"),
            module,
            problems);
      }
    }
  }

  /** Amounts and ports are texts or numbers. */
  private static boolean isOf(String type, JsonNode value, String reference) {
    if (reference.endsWith("_Quantity") || reference.endsWith("_IntOrString")) {
      return value.isValueNode();
    }
    return switch (type) {
      case "string" -> value.isTextual();
      case "integer", "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      default -> value.isObject();
    };
  }
}
