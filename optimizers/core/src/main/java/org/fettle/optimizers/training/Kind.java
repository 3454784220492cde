package org.fettle.optimizers.training;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.Settings;

/** One kind of a family as a job file names it: its settings, and what is made of them. */
record Kind<T>(String name, String doc, List<Setting> settings, Function<Settings, T> create) {

  static <T> Setting setting(String name, List<Kind<T>> kinds, String doc) {
    Map<String, List<Setting>> settings = new LinkedHashMap<>();
    kinds.forEach(kind -> settings.put(kind.name(), kind.settings()));
    return Setting.kinds(name, settings, doc);
  }

  static <T> T create(List<Kind<T>> kinds, Settings.Kind chosen) {
    for (Kind<T> kind : kinds) {
      if (kind.name().equals(chosen.name())) {
        return kind.create().apply(chosen.settings());
      }
    }
    throw new AssertionError(chosen.name());
  }

  /** One line for each kind, by its name. */
  static <T> Map<String, String> docs(List<Kind<T>> kinds) {
    Map<String, String> docs = new LinkedHashMap<>();
    kinds.forEach(kind -> docs.put(kind.name(), kind.doc()));
    return docs;
  }
}
