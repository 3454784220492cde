package org.fettle.driver.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;
import org.fettle.search.space.Assignment;

/** Reads parts of a job in which nothing is searched for. */
record SectionReader(Problems problems) {

  private static final Assignment NOTHING = Assignment.of();

  /** The settings of a section, or nothing where there are problems. An empty section is a map. */
  Optional<Settings> read(Node node, List<Setting> declared, String path) {
    return values(node, declared, path).map(values -> Settings.of(declared, values));
  }

  /** The same as plain data. */
  Optional<Map<String, Object>> values(Node node, List<Setting> declared, String path) {
    boolean empty = node instanceof Node.Scalar scalar && scalar.value() == null;
    Node map = empty ? new Node.Fields(Map.of(), node.place()) : node;
    Problems own = problems.within();
    Spot spot = Spot.of(path, Spot.Search.REFUSED);
    Map<String, Object> values = new ValueReader(own).group(map, declared, spot).resolve(NOTHING);
    problems.addAll(own);
    return own.isEmpty() ? Optional.of(values) : Optional.empty();
  }
}
