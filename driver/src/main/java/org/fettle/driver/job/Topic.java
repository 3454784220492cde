package org.fettle.driver.job;

import java.util.ArrayList;
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
    List<Topic> below = settings(name, settings, Example.NONE.open(name));
    return new Topic(name, doc, Optional.empty(), below, whole);
  }

  static Topic setting(Setting setting, List<? extends Provider> providers) {
    return setting(setting.name(), setting, providers, Example.NONE);
  }

  static Topic setting(
      String path, Setting setting, List<? extends Provider> providers, Example above) {
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
        String doc =
            providers.stream()
                .filter(provider -> provider.name().equals(name))
                .map(Provider::doc)
                .findFirst()
                .orElseGet(() -> kindDoc(setting, kind.getValue()));
        kinds.add(group(path + "." + name, doc, kind.getValue(), example));
      }
    }
    return new Topic(path, setting.doc(), Optional.of(setting), kinds, above.of(setting));
  }

  /** Settings that stand together, under what {@code above} says. */
  static Topic group(String path, String doc, List<Setting> settings, Example above) {
    List<Topic> below = settings(path, settings, above);
    return new Topic(path, doc, Optional.empty(), below, above.of(settings));
  }

  private static List<Topic> settings(String path, List<Setting> settings, Example above) {
    List<Topic> topics = new ArrayList<>();
    for (Setting setting : settings) {
      List<Setting> others =
          settings.stream().filter(each -> each.required() && !each.equals(setting)).toList();
      topics.add(setting(path + "." + setting.name(), setting, List.of(), above.of(others)));
    }
    return topics;
  }

  private static String kindDoc(Setting setting, List<Setting> settings) {
    String names = String.join(", ", settings.stream().map(Setting::name).toList());
    return "a kind of " + setting.name() + (names.isEmpty() ? "" : ", with " + names);
  }
}
