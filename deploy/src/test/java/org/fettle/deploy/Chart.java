package org.fettle.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Helm chart, rendered by Helm. */
final class Chart {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Chart() {}

  static String render(String name, String namespace, Path... values) {
    TemplateCommand template =
        new Helm(Path.of("kubernetes/chart")).template().withName(name).withNamespace(namespace);
    for (Path file : values) {
      template = template.withValuesFile(file);
    }
    return template.call();
  }

  /** The objects of a manifest. */
  static List<JsonNode> objects(String manifest) {
    List<JsonNode> objects = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(manifest)) {
      if (document != null) {
        objects.add(JSON.valueToTree(document));
      }
    }
    return objects;
  }
}
