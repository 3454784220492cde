package org.fettle.driver.job;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Plain data as YAML for people. */
final class YamlText {

  private YamlText() {}

  static String of(Map<String, ?> data) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.BLOCK)
            .setIndent(2)
            .setWidth(100)
            .setSplitLines(false)
            .build();
    return new Dump(settings).dumpToString(data);
  }
}
