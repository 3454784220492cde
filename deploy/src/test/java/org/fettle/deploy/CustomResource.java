package org.fettle.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A custom resource's schema as its definition has it, read strictly. */
final class CustomResource {
  private final JsonNode schema;

  private CustomResource(JsonNode schema) {
    this.schema = schema;
  }

  /** Reads a file of a CustomResourceDefinition. */
  static CustomResource read(Path file, String version) throws IOException {
    for (JsonNode each : Chart.objects(Files.readString(file)).get(0).at("/spec/versions")) {
      if (each.path("name").asText().equals(version)) {
        return new CustomResource(each.at("/schema/openAPIV3Schema"));
      }
    }
    throw new IOException("Definition must have version " + version + ", but was " + file);
  }

  /** The fields of an object, each with the type of its value: "spec.driver.cores number". */
  static TreeSet<String> fields(JsonNode object) {
    TreeSet<String> fields = new TreeSet<>();
    fields("", object, fields);
    return fields;
  }

  private static void fields(String place, JsonNode value, TreeSet<String> fields) {
    if (value.isArray()) {
      value.forEach(each -> fields(place + "[]", each, fields));
    } else if (value.isObject() && !place.endsWith("sparkConf")) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        fields(
            place.isEmpty() ? field.getKey() : place + "." + field.getKey(),
            field.getValue(),
            fields);
      }
    } else {
      fields.add(place + " " + value.getNodeType().name().toLowerCase(java.util.Locale.ROOT));
    }
  }

  /** What is wrong with an object, by place; empty if nothing is. */
  List<String> problems(JsonNode object) {
    List<String> problems = new ArrayList<>();
    check("", object, schema, problems);
    return problems;
  }

  private static void check(String place, JsonNode value, JsonNode given, List<String> problems) {
    if (given.path("x-kubernetes-int-or-string").asBoolean() && value.isValueNode()) {
      return;
    }
    String type = given.path("type").asText("object");
    boolean right =
        switch (type) {
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "number" -> value.isNumber();
          case "boolean" -> value.isBoolean();
          case "array" -> value.isArray();
          default -> value.isObject();
        };
    if (!right) {
      problems.add(place + " must be of type " + type + ", but was " + value);
      return;
    }
    if (given.has("minimum") && value.asDouble() < given.get("minimum").asDouble()) {
      problems.add(place + " must be at least " + given.get("minimum") + ", but was " + value);
    }
    if (given.has("enum") && !contains(given.get("enum"), value)) {
      problems.add(place + " must be one of " + given.get("enum") + ", but was " + value);
    }
    given
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                problems.add(place + " must have a field " + name.asText());
              }
            });
    int index = 0;
    for (JsonNode each : value.isArray() ? value : List.<JsonNode>of()) {
      check(place + "[" + index++ + "]", each, given.path("items"), problems);
    }
    if (value.isObject() && (given.has("properties") || given.has("additionalProperties"))) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        JsonNode schema = given.path("properties").path(field.getKey());
        schema = schema.isMissingNode() ? given.path("additionalProperties") : schema;
        if (schema.isMissingNode()) {
          problems.add(place + " must have no field " + field.getKey());
        } else {
          check(place + "." + field.getKey(), field.getValue(), schema, problems);
        }
      }
    }
  }

  private static boolean contains(JsonNode values, JsonNode value) {
    for (JsonNode each : values) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
