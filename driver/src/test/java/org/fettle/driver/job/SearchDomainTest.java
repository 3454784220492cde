package org.fettle.driver.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.fettle.search.space.Assignment;
import org.fettle.search.space.CategoricalParameter;
import org.fettle.search.space.Condition;
import org.fettle.search.space.DoubleParameter;
import org.fettle.search.space.IntegerParameter;
import org.fettle.search.space.OrdinalParameter;
import org.fettle.search.space.Parameter;
import org.fettle.search.space.Scale;
import org.junit.jupiter.api.Test;

class SearchDomainTest {

  private static List<Parameter> parameters(String value) {
    return custom(value).space().parameters();
  }

  private static JobSpec custom(String value) {
    return Jobs.job(
        "{study: s, objective: a.B, parameters: {x: " + value + "}, goal: {minimize: y}}");
  }

  private static Object resolve(String value, Object... namesAndValues) {
    return custom(value).resolve(Assignment.of(namesAndValues)).get("parameters").get("x");
  }

  @Test
  void numbers() {
    assertThat(parameters("{float: [0, 1]}"))
        .containsExactly(DoubleParameter.of("parameters.x", 0, 1, Scale.LINEAR));
    assertThat(parameters("{float: [1e-3, 1], log: true, default: 1e-2}"))
        .containsExactly(DoubleParameter.of("parameters.x", 1e-3, 1, Scale.LOG).withDefault(1e-2));
    assertThat(parameters("{float: [0, 1], step: 0.1}"))
        .containsExactly(DoubleParameter.stepped("parameters.x", 0, 1, 0.1));
    assertThat(parameters("{int: [8, 64], log: true}"))
        .containsExactly(IntegerParameter.of("parameters.x", 8, 64, Scale.LOG));
    assertThat(parameters("{int: [8, 64], step: 8, default: 16}"))
        .containsExactly(IntegerParameter.stepped("parameters.x", 8, 64, 8).withDefault(16));
  }

  @Test
  void ascendingNumbersAreOrdinal() {
    assertThat(parameters("{choice: [32, 64, 128], default: 64}"))
        .containsExactly(OrdinalParameter.of("parameters.x", 32L, 64L, 128L).withDefault(64L));
    assertThat(parameters("{choice: [0, 0.5, 1], default: 1}"))
        .containsExactly(OrdinalParameter.of("parameters.x", 0.0, 0.5, 1.0).withDefault(1.0));
  }

  @Test
  void otherChoicesAreCategorical() {
    assertThat(parameters("{choice: [a, true, 3], default: true}"))
        .containsExactly(CategoricalParameter.of("parameters.x", "a", true, 3L).withDefault(true));
    assertThat(parameters("{choice: [2, 1]}"))
        .containsExactly(CategoricalParameter.of("parameters.x", 2L, 1L));
  }

  @Test
  void listsAreCalledByTheirTextIfThatIsShort() {
    String lists = "{choice: [[], [64], [64, 32], [1000000, 2000000, 3000000], [{int: [1, 2]}]]}";
    assertThat(parameters(lists))
        .containsExactly(
            CategoricalParameter.of(
                "parameters.x", "[]", "[64]", "[64, 32]", "option-4", "option-5"),
            IntegerParameter.of("parameters.x.option-5[0]", 1, 2, Scale.LINEAR)
                .when(Condition.oneOf("parameters.x", "option-5")));
    assertThat(resolve(lists, "parameters.x", "[64, 32]")).isEqualTo(List.of(64L, 32L));
    assertThat(resolve(lists, "parameters.x", "option-5", "parameters.x.option-5[0]", 2))
        .isEqualTo(List.of(2L));
  }

  @Test
  void labelsDiffer() {
    assertThat(parameters("{choice: [{type: a, y: 1}, {type: a, y: 2}, a, {y: 1}]}"))
        .containsExactly(CategoricalParameter.of("parameters.x", "a-2", "a-3", "a", "option-4"));
  }

  @Test
  void optionsMayBeDomains() {
    String nested = "{choice: [0, {float: [0.5, 1]}, {choice: [a, {int: [1, 2]}]}]}";
    assertThat(parameters(nested))
        .extracting(Parameter::name)
        .containsExactly(
            "parameters.x", "parameters.x.float", "parameters.x.choice", "parameters.x.choice.int");
    assertThat(
            resolve(
                nested,
                "parameters.x",
                "choice",
                "parameters.x.choice",
                "int",
                "parameters.x.choice.int",
                2))
        .isEqualTo(2L);
  }

  @Test
  void repeatsCountTheirParameters() {
    String layers = "{repeat: {int: [0, 2]}, of: {units: {int: [8, 64]}, act: relu}}";
    assertThat(parameters(layers))
        .containsExactly(
            IntegerParameter.of("parameters.x.repeat", 0, 2, Scale.LINEAR),
            IntegerParameter.of("parameters.x[0].units", 8, 64, Scale.LINEAR)
                .when(Condition.atLeast("parameters.x.repeat", 1)),
            IntegerParameter.of("parameters.x[1].units", 8, 64, Scale.LINEAR)
                .when(Condition.atLeast("parameters.x.repeat", 2)));
    assertThat(resolve(layers, "parameters.x.repeat", 0)).isEqualTo(List.of());
    assertThat(resolve(layers, "parameters.x.repeat", 1, "parameters.x[0].units", 9))
        .isEqualTo(List.of(Map.of("units", 9L, "act", "relu")));
  }

  @Test
  void countsMayBeFixedOrChosen() {
    assertThat(resolve("{repeat: 2, of: 7}")).isEqualTo(List.of(7L, 7L));
    assertThat(resolve("{repeat: {choice: [1, 4]}, of: a}", "parameters.x.repeat", 4L))
        .isEqualTo(List.of("a", "a", "a", "a"));
  }

  @Test
  void namesArePaths() {
    assertThat(Jobs.job(Jobs.LETTERS).space().parameters())
        .extracting(Parameter::name)
        .containsExactly(
            "model.hidden.repeat",
            "model.hidden[0]",
            "model.hidden[1]",
            "model.hidden[2]",
            "model.activation",
            "model.dropout",
            "training.batch-size",
            "training.updater",
            "training.updater.adam.learning-rate",
            "training.updater.sgd.learning-rate",
            "training.updater.sgd.momentum",
            "training.l2",
            "training.l2.float");
  }

  @Test
  void aModelMayBeChosen() {
    JobSpec job =
        Jobs.job(
            Jobs.SHORTEST, "model={choice: [linear, {template: mlp, hidden: [{int: [8, 64]}]}]}");
    assertThat(job.resolve(Assignment.of("model", "linear")).get("model"))
        .isEqualTo(Map.of("template", "linear"));
    assertThat(job.resolve(Assignment.of("model", "mlp", "model.mlp.hidden[0]", 9)).get("model"))
        .isEqualTo(
            Map.of(
                "template",
                "mlp",
                "hidden",
                List.of(9L),
                "activation",
                "relu",
                "dropout",
                0.0,
                "batch-normalisation",
                false,
                "residual",
                false,
                "initialisation",
                "he"));
  }

  @Test
  void everyScalarOfAListOfLayersMayBeSearched() {
    JobSpec job =
        Jobs.job(
            Jobs.SHORTEST,
            "model={template: layers, layers: [{type: dense, units: {int: [8, 64]}}, flatten,"
                + " {type: residual, layers: [{type: dropout, rate: {float: [0.1, 0.5]}}]}]}");
    Assignment assignment =
        Assignment.of("model.layers[0].units", 9, "model.layers[2].layers[0].rate", 0.25);
    assertThat(job.resolve(assignment).get("model"))
        .containsEntry(
            "layers",
            List.of(
                Map.of("type", "dense", "units", 9L, "activation", "relu"),
                Map.of("type", "flatten"),
                Map.of(
                    "type",
                    "residual",
                    "layers",
                    List.of(Map.of("type", "dropout", "rate", 0.25)))));
  }

  @Test
  void anAssignmentOfAnotherSpaceIsRefused() {
    assertThatThrownBy(() -> Jobs.job(Jobs.SHORTEST).resolve(Assignment.of("x", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Assignment must use the parameters , but was [x]");
  }
}
