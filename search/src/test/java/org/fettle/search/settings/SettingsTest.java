package org.fettle.search.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.fettle.search.settings.SettingType.NumberRange.End;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private enum Liar {
    CL_MIN,
    CL_MAX
  }

  private static final List<Setting> DECLARED =
      List.of(
          Setting.integer("count", 1, "how many"),
          Setting.number("share", 0, End.EXCLUDED, 1, End.INCLUDED, "part of all").or(0.25),
          Setting.numberFrom("weight", 0, "weight").orNone(),
          Setting.integer("limit", 0, 9, "limit").orNone(),
          Setting.flag("warm", "start warm").or(true),
          Setting.text("file", "where").or("here"),
          Setting.word("liar", Liar.class, "lie").or("cl-min"),
          Setting.list("sizes", new SettingType.IntegerRange(1, 99), "sizes").or(List.of(1, 2)),
          Setting.kinds(
                  "updater",
                  Map.of(
                      "adam", List.of(Setting.numberAbove("rate", 0, "rate").or(0.1)),
                      "none", List.of()),
                  "updater")
              .or("adam"));

  @Test
  void fillsInDefaults() {
    Settings settings = Settings.of(DECLARED, Map.of("count", 3));
    assertThat(settings.integer("count")).isEqualTo(3);
    assertThat(settings.number("share")).isEqualTo(0.25);
    assertThat(settings.optionalNumber("weight")).isEmpty();
    assertThat(settings.has("weight")).isFalse();
    assertThat(settings.optionalInteger("limit")).isEmpty();
    assertThat(settings.flag("warm")).isTrue();
    assertThat(settings.text("file")).isEqualTo("here");
    assertThat(settings.word("liar", Liar.class)).isEqualTo(Liar.CL_MIN);
    assertThat(settings.list("sizes")).containsExactly(1, 2);
    assertThat(settings.kind("updater").name()).isEqualTo("adam");
    assertThat(settings.kind("updater").settings().number("rate")).isEqualTo(0.1);
  }

  @Test
  void takesWhatIsGiven() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("count", 3L);
    given.put("share", 1);
    given.put("weight", 0.5);
    given.put("limit", 9);
    given.put("warm", false);
    given.put("liar", "cl-max");
    given.put("sizes", List.of(7));
    given.put("updater", Map.of("type", "adam", "rate", 1));
    Settings settings = Settings.of(DECLARED, given);
    assertThat(settings.number("share")).isEqualTo(1);
    assertThat(settings.optionalNumber("weight")).hasValue(0.5);
    assertThat(settings.optionalInteger("limit")).hasValue(9L);
    assertThat(settings.flag("warm")).isFalse();
    assertThat(settings.word("liar", Liar.class)).isEqualTo(Liar.CL_MAX);
    assertThat(settings.list("sizes")).containsExactly(7);
    assertThat(settings.kind("updater").settings().number("rate")).isEqualTo(1);
    assertThat(Settings.of(DECLARED, Map.of("count", 1, "updater", "none")).kind("updater").name())
        .isEqualTo("none");
  }

  @Test
  void saysWhatIsWrongWithEachValue() {
    refused("count", 0, "count must be an integer ≥ 1, but was 0");
    refused("count", 1.5, "count must be an integer ≥ 1, but was 1.5");
    refused("count", null, "count must be an integer ≥ 1, but was null");
    refused("limit", 10, "limit must be an integer from 0 to 9, but was 10");
    refused("share", 0, "share must be a number > 0.0 and ≤ 1.0, but was 0");
    refused("share", Double.NaN, "share must be a number > 0.0 and ≤ 1.0, but was NaN");
    refused("weight", -1, "weight must be a number ≥ 0.0, but was -1");
    refused("weight", Double.POSITIVE_INFINITY, "weight must be a number ≥ 0.0, but was Infinity");
    refused("warm", "yes", "warm must be true or false, but was yes");
    refused("file", " ", "file must be text, but was  ");
    refused("liar", "CL_MIN", "liar must be one of cl-min, cl-max, but was CL_MIN");
    refused("sizes", 3, "sizes must be a list of integer from 1 to 99, but was 3");
    refused("sizes", List.of(1, 0), "sizes[1] must be an integer from 1 to 99, but was 0");
    refused(
        "sizes", Arrays.asList(1, null), "sizes[1] must be an integer from 1 to 99, but was null");
    refused(
        "updater",
        Map.of("type", "adam", "rate", 0),
        "updater.rate must be a number > 0.0, but was 0");
    refused("updater", Map.of("type", "none", "rate", 1), "updater.rate is not a setting");
    refused("updater", Map.of("type", "none", 3, 1), "updater.3 is not a setting");
    refused("size", 3, "size is not a setting");
  }

  @Test
  void namesTheKindsOfAGroup() {
    Setting kinds =
        Setting.kinds(
            "updater", new java.util.TreeMap<>(Map.of("a", List.of(), "b", List.of())), "u");
    refused(
        () -> Settings.of(List.of(kinds), Map.of("updater", Map.of("rate", 1))),
        "updater must be one of a, b, but was {rate=1}");
    refused(
        () -> Settings.of(List.of(kinds), Map.of("updater", "c")),
        "updater must be one of a, b, but was c");
  }

  @Test
  void reportsAllProblemsTogether() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("warm", 1);
    given.put("other", 1);
    refused(
        () -> Settings.of(DECLARED, given),
        "count must be given; warm must be true or false, but was 1; other is not a setting");
    refused(() -> Settings.defaults(DECLARED), "count must be given");
  }

  @Test
  void saysWhichSettingHasNoValue() {
    assertThatThrownBy(() -> Settings.of(DECLARED, Map.of("count", 1)).number("weight"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Setting weight has no value; known: {count=1, share=0.25");
  }

  @Test
  void checksDeclarationsToo() {
    assertThatThrownBy(() -> Setting.flag("Warm", "x"))
        .hasMessage("Setting name must be kebab-case, but was Warm");
    assertThatThrownBy(() -> Setting.integer("count", 1, "x").or(0))
        .hasMessage("Default of count must be an integer ≥ 1, but was 0");
    assertThat(Setting.integer("count", 1, "x").required()).isTrue();
    assertThat(Setting.integer("count", 1, "x").or(1).required()).isFalse();
    assertThat(Setting.integer("count", 1, "x").orNone().required()).isFalse();
  }

  @Test
  void summarisesTypesInAFewWords() {
    assertThat(new SettingType.IntegerRange(Long.MIN_VALUE, Long.MAX_VALUE).summary())
        .isEqualTo("integer");
    assertThat(new SettingType.IntegerRange(Long.MIN_VALUE, 5).summary()).isEqualTo("integer ≤ 5");
    assertThat(
            new SettingType.NumberRange(
                    Double.NEGATIVE_INFINITY, End.EXCLUDED, Double.POSITIVE_INFINITY, End.EXCLUDED)
                .summary())
        .isEqualTo("number");
    assertThat(
            new SettingType.NumberRange(Double.NEGATIVE_INFINITY, End.EXCLUDED, 1, End.EXCLUDED)
                .summary())
        .isEqualTo("number < 1.0");
    assertThat(new SettingType.Word(List.of("only")).summary()).isEqualTo("only");
    assertThat(new SettingType.ListOf(new SettingType.Flag()).summary())
        .isEqualTo("list of true or false");
  }

  private static void refused(String name, Object value, String message) {
    Map<String, Object> given = new HashMap<>(Map.of("count", 1));
    given.put(name, value);
    refused(() -> Settings.of(DECLARED, given), message);
  }

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
