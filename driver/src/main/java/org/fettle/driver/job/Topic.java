package org.fettle.driver.job;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.Provider;
import org.fettle.search.settings.Setting;
import org.fettle.search.settings.SettingType;

/**
 * Something that a job file can name: a section, a setting, or a kind of component.
 *
 * @param path from the top of the file: {@code training.updater.adam}
 * @param setting for what has a type and perhaps a default
 * @param below what can be said within it
 * @param example how it stands in a job file; empty where the doc says so
 */
record Topic(
    String path, String doc, Optional<Setting> setting, List<Topic> below, Example example) {

  Topic {
    below = List.copyOf(below);
  }

  /** The last part of the path. */
  String name() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** This topic and all below it. */
  List<Topic> all() {
    List<Topic> all = new ArrayList<>(List.of(this));
    below.forEach(topic -> all.addAll(topic.all()));
    return all;
  }

  /** What stands at the top of a file with an example of its own. */
  static Topic section(String name, String doc, List<Setting> settings, String example) {
    Example whole = Example.NONE.line(name + ": " + example);
    List<Topic> below = settings(name, settings, Map.of(), Example.NONE.open(name));
    return new Topic(name, doc, Optional.empty(), below, whole);
  }

  static Topic setting(Setting setting, List<? extends Provider> providers) {
    return setting(setting.name(), setting, docs(providers), Example.NONE);
  }

  /** One line for each provider, by its name. */
  static Map<String, String> docs(List<? extends Provider> providers) {
    Map<String, String> docs = new LinkedHashMap<>();
    providers.forEach(provider -> docs.put(provider.name(), provider.doc()));
    return docs;
  }

  /**
   * A setting and its kinds.
   *
   * @param docs one line for each kind that has one, by its name
   */
  static Topic setting(String path, Setting setting, Map<String, String> docs, Example above) {
    List<Topic> kinds = new ArrayList<>();
    boolean list = setting.type() instanceof SettingType.ListOf;
    SettingType type =
        setting.type() instanceof SettingType.ListOf of ? of.element() : setting.type();
    if (type instanceof SettingType.Kinds declared) {
      for (Map.Entry<String, List<Setting>> kind : declared.kinds().entrySet()) {
        String name = kind.getKey();
        Example example = above.open(setting.name());
        example =
            list
                ? example.item(declared.key() + ": " + name)
                : example.line(declared.key() + ": " + name);
        String doc = docs.containsKey(name) ? docs.get(name) : kindDoc(setting, kind.getValue());
        kinds.add(group(path + "." + name, doc, kind.getValue(), example));
      }
    }
    if (type instanceof SettingType.Named named) {
      Example example = above.open(setting.name()).open("NAME");
      kinds.addAll(settings(path + ".NAME", named.settings(), Map.of(), example));
    }
    return new Topic(path, setting.doc(), Optional.of(setting), kinds, above.of(setting));
  }

  /** Settings that stand together, under what {@code above} says. */
  static Topic group(String path, String doc, List<Setting> settings, Example above) {
    return group(path, doc, settings, Map.of(), above);
  }

  /**
   * The same with lines for the kinds of those settings that have kinds.
   *
   * @param docs by the setting's name and the kind's
   */
  static Topic group(
      String path,
      String doc,
      List<Setting> settings,
      Map<String, Map<String, String>> docs,
      Example above) {
    List<Topic> below = settings(path, settings, docs, above);
    return new Topic(path, doc, Optional.empty(), below, above.of(settings));
  }

  private static List<Topic> settings(
      String path, List<Setting> settings, Map<String, Map<String, String>> docs, Example above) {
    List<Topic> topics = new ArrayList<>();
    for (Setting setting : settings) {
      List<Setting> others =
          settings.stream().filter(each -> each.required() && !each.equals(setting)).toList();
      Map<String, String> own = docs.getOrDefault(setting.name(), Map.of());
      topics.add(setting(path + "." + setting.name(), setting, own, above.of(others)));
    }
    return topics;
  }

  private static String kindDoc(Setting setting, List<Setting> settings) {
    String names = String.join(", ", settings.stream().map(Setting::name).toList());
    return "a kind of " + setting.name() + (names.isEmpty() ? "" : ", with " + names);
  }
}
