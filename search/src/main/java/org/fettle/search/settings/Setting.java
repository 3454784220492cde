package org.fettle.search.settings;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.fettle.search.settings.SettingType.NumberRange.End;

/**
 * One setting of a component. The default stands here and nowhere else: help, validation and the
 * reference page are made from it.
 *
 * @param name as written in a job file, kebab-case
 * @param defaultValue what holds when the setting is left out; empty where it must be given, unless
 *     {@code optional}
 * @param optional whether the setting may be left out although it has no default
 * @param doc one line, with the unit of the value
 */
public record Setting(
    String name, SettingType type, Optional<Object> defaultValue, boolean optional, String doc) {

  public Setting {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(doc, "doc is null");
    if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      throw new IllegalArgumentException("Setting name must be kebab-case, but was " + name);
    }
    Optional<String> problem = defaultValue.flatMap(type::problem);
    if (problem.isPresent()) {
      throw new IllegalArgumentException(
          "Default of " + name + " " + problem.get() + ", but was " + defaultValue.get());
    }
  }

  /** A whole number of at least {@code low}. */
  public static Setting integer(String name, long low, String doc) {
    return integer(name, low, Long.MAX_VALUE, doc);
  }

  /** A whole number from {@code low} to {@code high}. */
  public static Setting integer(String name, long low, long high, String doc) {
    return required(name, new SettingType.IntegerRange(low, high), doc);
  }

  /** A number of at least {@code low}. */
  public static Setting numberFrom(String name, double low, String doc) {
    return number(name, low, End.INCLUDED, Double.POSITIVE_INFINITY, End.EXCLUDED, doc);
  }

  /** A number greater than {@code low}. */
  public static Setting numberAbove(String name, double low, String doc) {
    return number(name, low, End.EXCLUDED, Double.POSITIVE_INFINITY, End.EXCLUDED, doc);
  }

  /** A number in an interval. */
  public static Setting number(
      String name, double low, End lowEnd, double high, End highEnd, String doc) {
    return required(name, new SettingType.NumberRange(low, lowEnd, high, highEnd), doc);
  }

  /** True or false. */
  public static Setting flag(String name, String doc) {
    return required(name, new SettingType.Flag(), doc);
  }

  /** Any text. */
  public static Setting text(String name, String doc) {
    return required(name, new SettingType.Text(), doc);
  }

  /** One of the given words. */
  public static Setting word(String name, List<String> words, String doc) {
    return required(name, new SettingType.Word(words), doc);
  }

  /** One constant of an enum, written in lower case with hyphens. */
  public static <E extends Enum<E>> Setting word(String name, Class<E> words, String doc) {
    return word(name, Arrays.stream(words.getEnumConstants()).map(Setting::word).toList(), doc);
  }

  /** A list of values of one type. */
  public static Setting list(String name, SettingType element, String doc) {
    return required(name, new SettingType.ListOf(element), doc);
  }

  /** One kind of several, named by {@code type}, each with settings of its own. */
  public static Setting kinds(String name, Map<String, List<Setting>> kinds, String doc) {
    return required(name, new SettingType.Kinds("type", kinds), doc);
  }

  private static Setting required(String name, SettingType type, String doc) {
    return new Setting(name, type, Optional.empty(), false, doc);
  }

  /** The same setting with a default, so that it may be left out. */
  public Setting or(Object defaultValue) {
    return new Setting(name, type, Optional.of(defaultValue), false, doc);
  }

  /** The same setting, which may be left out without a default in its place. */
  public Setting orNone() {
    return new Setting(name, type, Optional.empty(), true, doc);
  }

  /** Whether the setting must be given. */
  public boolean required() {
    return defaultValue.isEmpty() && !optional;
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
